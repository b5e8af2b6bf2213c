/**
 * age X25519 identities and recipients (age v1, "The X25519 recipient type"): an identity is 32 random bytes in
 * Bech32 (BIP-173) with the prefix AGE-SECRET-KEY-, its recipient the X25519 public key with the prefix age.
 * The vault secret is such an identity. Not here: hybrid, tag and plugin recipients.
 */
import { x25519 } from '@noble/curves/ed25519.js'
import { bech32 } from '@scure/base'
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'

export const SECRET_BYTES = 32

const IDENTITY_PREFIX = 'age-secret-key-'
const RECIPIENT_PREFIX = 'age'
const TEXT_LIMIT = 90 // BIP-173: at most 90 characters; these have 74 and 62

export interface Identity {
  /** `AGE-SECRET-KEY-1…`: secret. */
  readonly identity: string
  /** `age1…`: public. */
  readonly recipient: string
}

/** A new identity of a vault. */
export function newIdentity(): Identity {
  return identityWith(random(SECRET_BYTES))
}

/** The identity with these 32 bytes as its secret. */
export function identityWith(secret: Uint8Array): Identity {
  return { identity: identityFromSecret(secret), recipient: recipientOfSecret(secret) }
}

/** The age text of 32 secret bytes, as `age-keygen` writes it. */
export function identityFromSecret(secret: Uint8Array): string {
  return bech32.encodeFromBytes(IDENTITY_PREFIX, sized(secret)).toUpperCase()
}

/**
 * The 32 bytes of an `AGE-SECRET-KEY-1…`.
 * @throws CairnError `key-invalid` when it is not an X25519 identity of age in its one canonical spelling.
 */
export function secretFromIdentity(identity: string): Uint8Array {
  const canonical = identity === identity.toUpperCase()
  return canonical ? decode(identity, IDENTITY_PREFIX, 'age X25519 identity') : invalid('age X25519 identity')
}

/** The `age1…` recipient of an identity. @throws CairnError `key-invalid`. */
export function recipientOf(identity: string): string {
  return recipientOfSecret(secretFromIdentity(identity))
}

/** Returns the recipient as it was given. @throws CairnError `key-invalid` when it is not `age1…` of X25519. */
export function parseRecipient(recipient: string): string {
  const canonical = recipient === recipient.toLowerCase()
  if (!canonical) invalid('age X25519 recipient')
  const point = decode(recipient, RECIPIENT_PREFIX, 'age X25519 recipient')
  // RFC 7748, section 6.1: points of small order give an all-zero shared secret, which everybody knows.
  if (isSmallOrder(point)) invalid('age X25519 recipient')
  return recipient
}

/** True when the 32 bytes are the secret of this recipient: the check after shares were recombined. */
export function verifySecret(secret: Uint8Array, recipient: string): boolean {
  return secret.length === SECRET_BYTES && recipientOfSecret(secret) === recipient
}

/** True for an identity with this recipient; false for another one, and for text that is none. */
export function isIdentityOf(identity: string, recipient: string): boolean {
  try {
    return recipientOf(identity) === recipient
  } catch {
    return false
  }
}

function recipientOfSecret(secret: Uint8Array): string {
  return bech32.encodeFromBytes(RECIPIENT_PREFIX, x25519.getPublicKey(sized(secret)))
}

function sized(secret: Uint8Array): Uint8Array {
  if (secret.length === SECRET_BYTES) return secret
  return fail('entropy-length', { bytes: secret.length, expected: SECRET_BYTES })
}

function decode(text: string, prefix: string, what: string): Uint8Array {
  if (text.length > TEXT_LIMIT) return invalid(what)
  const parts = bech32.decodeUnsafe(text)
  if (parts === undefined || parts.prefix !== prefix) return invalid(what)
  const bytes = bech32.fromWordsUnsafe(parts.words)
  return bytes instanceof Uint8Array && bytes.length === SECRET_BYTES ? bytes : invalid(what)
}

/**
 * The u coordinates of small order and their second encodings above p = 2^255 - 19, without the highest bit, which is
 * ignored: https://cr.yp.to/ecdh.html#validate. Computing with the point takes a process, cold, tens of milliseconds.
 */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
])

function isSmallOrder(point: Uint8Array): boolean {
  const u = Uint8Array.from(point)
  u[31] = (u[31] as number) & 0x7f
  return SMALL_ORDER.has(hex(u))
}

function invalid(what: string): never {
  return fail('key-invalid', { what })
}
