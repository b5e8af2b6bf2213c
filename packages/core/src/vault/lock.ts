/**
 * Locks: short texts (the shares of an unlock policy) in armored age files, under a passphrase (age's scrypt
 * recipient) or to an X25519 recipient. They lie in vault.json, and `age -d` opens them.
 * The cost of the scrypt is read from the header and bounded before anything is derived.
 */
import { armor, Encrypter } from 'age-encryption'
import { text as decodeText, utf8 } from '../bytes.js'
import { type Header, type Key, parseHeader, type Stanza, unwrap } from './age-header.js'
import { decryptPayload, NONCE_BYTES, payloadKey } from './age-payload.js'
import { parseRecipient } from './identity.js'
import { normalize } from './passphrase.js'
import { pure } from './primitives.js'

export const LOCK_LIMIT_CHARACTERS = 4_096
export const LOG_N_DEFAULT = 18 // N = 2^18, r = 8: 256 MiB and about a second
export const LOG_N_LIMIT = 20 // 1 GiB: the most that opening a lock may cost

/** What the header of a lock tells without opening it. */
export type LockKind = { readonly kind: 'scrypt'; readonly logN: number } | { readonly kind: 'X25519' }

/** Locks with a passphrase, in the normal form of passphrase.ts. The result depends on fresh randomness. */
export function lockWithPassphrase(
  content: string,
  passphrase: string,
  cost: { readonly logN: number },
): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(normalize(passphrase))
  encrypter.setScryptWorkFactor(cost.logN)
  return armored(encrypter, content)
}

/**
 * Seals a share to an age recipient.
 * @throws CairnError `key-invalid` when the recipient is not an `age1…` of X25519.
 */
export async function lockTo(content: string, recipient: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(parseRecipient(recipient))
  return armored(encrypter, content)
}

/** Null when it is not one armored age file in canonical form, with one stanza of a kind and cost that Cairn opens. */
export function parseLock(lock: string): LockKind | null {
  const header = parse(lock)?.header
  return header === undefined || header.stanzas.length !== 1 ? null : kindOf(header.stanzas[0] as Stanza)
}

/** The text in a lock; `foreign` when the key is not the one of this lock, `damaged` when it is no whole lock. */
export async function openLock(
  lock: string,
  key: Key,
): Promise<{ readonly content: string } | 'foreign' | 'damaged'> {
  const parts = parse(lock)
  if (parts === null || parseLock(lock) === null) return 'damaged'
  const fileKey = await unwrap(parts.header, normalized(key))
  if (!(fileKey instanceof Uint8Array)) return fileKey
  const plain = decryptPayload(parts.payload, payloadKey(fileKey, parts.nonce), pure)
  return plain === null ? 'damaged' : contentOf(plain)
}

function contentOf(plain: Uint8Array): { readonly content: string } | 'damaged' {
  try {
    return { content: decodeText(plain) }
  } catch {
    return 'damaged'
  }
}

async function armored(encrypter: Encrypter, content: string): Promise<string> {
  return armor.encode(await encrypter.encrypt(utf8(content)))
}

interface Parts {
  readonly header: Header
  readonly nonce: Uint8Array
  readonly payload: Uint8Array
}

function parse(lock: string): Parts | null {
  const bytes = lock.length <= LOCK_LIMIT_CHARACTERS ? decodeArmor(lock) : null
  const header = bytes && parseHeader(bytes)
  if (!bytes || !header || bytes.length < header.bytes.length + NONCE_BYTES) return null
  const [nonceAt, payloadAt] = [header.bytes.length, header.bytes.length + NONCE_BYTES]
  return { header, nonce: bytes.subarray(nonceAt, payloadAt), payload: bytes.subarray(payloadAt) }
}

/** Stricter than age: decoded and encoded again it must be the same text, so no white space around it. */
function decodeArmor(lock: string): Uint8Array | null {
  try {
    const bytes = armor.decode(lock)
    return armor.encode(bytes) === lock ? bytes : null
  } catch {
    return null
  }
}

function kindOf({ args }: Stanza): LockKind | null {
  const [kind, , cost] = args
  if (kind === 'X25519') return { kind }
  if (kind !== 'scrypt' || args.length !== 3 || !/^[1-9][0-9]?$/.test(cost ?? '')) return null
  return Number(cost) <= LOG_N_LIMIT ? { kind, logN: Number(cost) } : null
}

function normalized(key: Key): Key {
  return 'passphrase' in key ? { passphrase: normalize(key.passphrase) } : key
}
