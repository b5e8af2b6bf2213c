/**
 * Locks: short texts (the shares of an unlock policy) in armored age files, under a passphrase (age's scrypt
 * recipient) or to an X25519 recipient. They lie in vault.json, and `age -d` opens them.
 * The cost of the scrypt is read from the header and bounded before anything is derived.
 */
import { type Key, type Stanza, unwrap } from './age-header.js'
import { ARMORED_LIMIT_CHARACTERS, armoredBy, openArmored, parseArmored, sealArmored } from './armored.js'
import { parseRecipient } from './identity.js'
import { normalize } from './passphrase.js'

export const LOCK_LIMIT_CHARACTERS = ARMORED_LIMIT_CHARACTERS
export const LOG_N_DEFAULT = 18 // N = 2^18, r = 8: 256 MiB and about a second
export const LOG_N_LIMIT = 20 // 1 GiB: the most that opening a lock may cost

/** What the header of a lock tells without opening it. */
export type LockKind = { readonly kind: 'scrypt'; readonly logN: number } | { readonly kind: 'X25519' }

/** Locks with a passphrase, in the normal form of passphrase.ts. The result depends on fresh randomness. */
export async function lockWithPassphrase(
  content: string,
  passphrase: string,
  cost: { readonly logN: number },
): Promise<string> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(normalize(passphrase))
  encrypter.setScryptWorkFactor(cost.logN)
  return armoredBy(encrypter, content)
}

/**
 * Seals a share to an age recipient.
 * @throws CairnError `key-invalid` when the recipient is not an `age1…` of X25519.
 */
export async function lockTo(content: string, recipient: string): Promise<string> {
  return sealArmored(content, parseRecipient(recipient))
}

/** Null when it is not one armored age file in canonical form, with one stanza of a kind and cost that Cairn opens. */
export function parseLock(lock: string): LockKind | null {
  const header = parseArmored(lock)?.header
  return header === undefined || header.stanzas.length !== 1 ? null : kindOf(header.stanzas[0] as Stanza)
}

/** The text in a lock; `foreign` when the key is not the one of this lock, `damaged` when it is no whole lock. */
export async function openLock(
  lock: string,
  key: Key,
): Promise<{ readonly content: string } | 'foreign' | 'damaged'> {
  const parts = parseArmored(lock)
  if (parts === null || parseLock(lock) === null) return 'damaged'
  const fileKey = await unwrap(parts.header, normalized(key))
  if (!(fileKey instanceof Uint8Array)) return fileKey
  const content = openArmored(parts, fileKey)
  return content === null ? 'damaged' : { content }
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
