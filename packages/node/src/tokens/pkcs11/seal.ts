/**
 * Sealing an identity to the public half of a key on a token, and opening it with what the token computes: RSA-OAEP
 * with SHA-1 (PKCS #1 2.2, section 7.1: tokens and SoftHSM have no other hash in common, and OAEP needs no
 * collision-resistant one), or ECDH on P-256 with HKDF-SHA256 and ChaCha20-Poly1305. Format: docs/format.md.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  publicEncrypt,
} from 'node:crypto'
import { text, utf8 } from '@cairn/core/bytes.js'
import { random } from '@cairn/core/random.js'

const POINT_BYTES = 65 // SEC 1, section 2.3.3: 04, x, y
const SCALAR_BYTES = 32
const TAG_BYTES = 16
/** Each key seals one text. */
const NONCE = new Uint8Array(12)

/** SubjectPublicKeyInfo of a key that can be sealed to; null for any other. */
export function sealableKey(spki: Uint8Array): 'rsa' | 'p-256' | null {
  const key = publicKey(spki)
  const { modulusLength = 0, namedCurve } = key?.asymmetricKeyDetails ?? {}
  if (key?.asymmetricKeyType === 'rsa') return modulusLength >= 2048 && modulusLength <= 4096 ? 'rsa' : null
  return key?.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1' ? 'p-256' : null
}

/** @param spki of a key for which `sealableKey` is not null */
export function sealToKey(spki: Uint8Array, secret: string): Uint8Array {
  const key = publicKey(spki) as KeyObject
  if (key.asymmetricKeyType === 'rsa')
    return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, utf8(secret))
  return sealToPointWith(pointOf(key), secret, random(SCALAR_BYTES))
}

/** @param scalar of the ephemeral key: 32 random bytes, of which all but some 2^-32 are one of P-256 */
export function sealToPointWith(point: Uint8Array, secret: string, scalar: Uint8Array): Uint8Array {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(scalar)
  const ephemeral = ecdh.getPublicKey()
  const cipher = createCipheriv(
    'chacha20-poly1305',
    wrapKey(ecdh.computeSecret(point), ephemeral, point),
    NONCE,
    {
      authTagLength: TAG_BYTES,
    },
  )
  const body = Buffer.concat([cipher.update(utf8(secret)), cipher.final()])
  return Buffer.concat([ephemeral, body, cipher.getAuthTag()])
}

/** The public point that the token derives with. */
export function ephemeralOf(sealed: Uint8Array): Uint8Array {
  return sealed.slice(0, POINT_BYTES)
}

/** @param shared x coordinate that the token derived; null when it does not open what was sealed */
export function openWithShared(spki: Uint8Array, sealed: Uint8Array, shared: Uint8Array): string | null {
  if (sealed.length < POINT_BYTES + TAG_BYTES) return null
  const point = pointOf(publicKey(spki) as KeyObject)
  const key = wrapKey(shared, ephemeralOf(sealed), point)
  const decipher = createDecipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(sealed.slice(-TAG_BYTES))
  try {
    return text(Buffer.concat([decipher.update(sealed.slice(POINT_BYTES, -TAG_BYTES)), decipher.final()]))
  } catch {
    return null
  }
}

function wrapKey(shared: Uint8Array, ephemeral: Uint8Array, point: Uint8Array): Uint8Array {
  const salt = Buffer.concat([ephemeral, point])
  return new Uint8Array(hkdfSync('sha256', shared, salt, 'cairn pkcs11 1', 32))
}

function publicKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

/** The 65 bytes at the end of a SubjectPublicKeyInfo of P-256 (RFC 5480). */
function pointOf(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(-POINT_BYTES)
}
