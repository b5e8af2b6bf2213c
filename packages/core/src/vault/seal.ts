/**
 * Sealed objects: age v1 files (C2SP age.md) to one X25519 recipient, so that `age -d` opens every one of them.
 * The file key is wrapped by age-encryption, the payload by the primitives of the platform.
 * Not here: what is inside (packs, manifests), and padding.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import type { Primitives } from '../types.js'
import { type Header, isAuthentic, parseHeader, unwrap, type WrappedKey, wrap } from './age-header.js'
import { decryptPayload, encryptPayload, NONCE_BYTES, payloadKey, payloadLength } from './age-payload.js'
import { parseRecipient, secretFromIdentity } from './identity.js'

export const OBJECT_LIMIT_BYTES = 67_108_864

/** A sealed object and the key of this one object, for `openWithFileKey`. The key is secret: never store it. */
export interface Sealed {
  readonly bytes: Uint8Array
  readonly fileKey: Uint8Array
}

/**
 * `id`: when given, the SHA-256 of the sealed bytes is compared with it first, and it names the object in errors.
 * Leave it out only for files that are no objects of a store.
 */
interface Opening {
  readonly primitives: Primitives
  readonly id?: string
}

/** The name of an object: lower-case hex SHA-256 of the sealed bytes, as `sha256sum` prints it. */
export function objectId(sealed: Uint8Array, primitives: Primitives): string {
  return hex(primitives.sha256(sealed))
}

/**
 * Seals to the recipient (`age1…`) of the vault. Nothing secret is needed, and nothing that stays opens it again.
 * @throws CairnError `key-invalid`, `random-broken`. A RangeError when the result would pass 64 MiB: a bug.
 */
export async function seal(plain: Uint8Array, recipient: string, primitives: Primitives): Promise<Sealed> {
  const nonce = random(NONCE_BYTES) // first: it also proves the generator that the library draws from
  const wrapped = await wrap(parseRecipient(recipient))
  return { bytes: sealWith(plain, { ...wrapped, nonce }, primitives), fileKey: wrapped.fileKey }
}

/** The pure inside of `seal`: the same header, file key and nonce give the same bytes. Never reuse a nonce. */
export function sealWith(
  plain: Uint8Array,
  by: WrappedKey & { readonly nonce: Uint8Array },
  primitives: Primitives,
): Uint8Array {
  const start = by.header.length + by.nonce.length
  const length = start + payloadLength(plain.length)
  if (length > OBJECT_LIMIT_BYTES) throw new RangeError('a sealed object holds at most 64 MiB')
  const bytes = new Uint8Array(length)
  bytes.set(by.header)
  bytes.set(by.nonce, by.header.length)
  encryptPayload(plain, bytes.subarray(start), { key: payloadKey(by.fileKey, by.nonce), primitives })
  return bytes
}

/**
 * Opens an object with an age identity (`AGE-SECRET-KEY-1…`); all of it or nothing.
 * Without `id` a flipped bit in the wrapped file key looks like a foreign object; with it, like damage.
 * @throws CairnError `object-damaged`, `object-foreign`, `key-invalid`.
 */
export async function open(
  sealed: Uint8Array,
  by: Opening & { readonly identity: string },
): Promise<Uint8Array> {
  secretFromIdentity(by.identity)
  const header = checkedHeader(sealed, by)
  const fileKey = await unwrap(header, by)
  if (fileKey === 'foreign') return fail('object-foreign', { object: nameOf(by) })
  if (fileKey === 'damaged') return damaged(by, 'its header does not verify')
  return openPayload(sealed, header, { ...by, fileKey })
}

/**
 * Opens an object with its own file key: how a machine that cannot open old objects reads back the one that it
 * has just written. The MAC covers the wrapped file key, so what verifies here is what was wrapped.
 * @throws CairnError `object-damaged`.
 */
export async function openWithFileKey(
  sealed: Uint8Array,
  by: Opening & { readonly fileKey: Uint8Array },
): Promise<Uint8Array> {
  const header = checkedHeader(sealed, by)
  if (!isAuthentic(header, by.fileKey)) return damaged(by, 'its header does not verify')
  return openPayload(sealed, header, by)
}

function checkedHeader(sealed: Uint8Array, by: Opening): Header {
  if (sealed.length > OBJECT_LIMIT_BYTES) return damaged(by, 'it is larger than 64 MiB')
  if (by.id !== undefined && objectId(sealed, by.primitives) !== by.id) {
    return damaged(by, 'its bytes are not those that were written')
  }
  return parseHeader(sealed) ?? damaged(by, 'its header cannot be read')
}

function openPayload(
  sealed: Uint8Array,
  header: Header,
  by: Opening & { readonly fileKey: Uint8Array },
): Uint8Array {
  const start = header.bytes.length + NONCE_BYTES
  if (sealed.length < start) return damaged(by, 'it is cut off')
  const key = payloadKey(by.fileKey, sealed.subarray(header.bytes.length, start))
  return (
    decryptPayload(sealed.subarray(start), key, by.primitives) ?? damaged(by, 'its content does not verify')
  )
}

function damaged(by: Opening, reason: string): never {
  return fail('object-damaged', { object: nameOf(by), reason })
}

function nameOf(by: Opening): string {
  return by.id ?? '(without a name)'
}
