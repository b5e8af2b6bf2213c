/**
 * Ed25519 (RFC 8032) with node:crypto. Held to the same contract suite as `pureEd25519` of the core.
 * OpenSSL takes public keys that noble refuses: those of small order, under which one signature fits many messages,
 * and those not in their one canonical encoding. They are refused here first.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { hex, unhex } from '@cairn/core/bytes.js'
import type { Ed25519 } from '@cairn/core/types.js'

/** RFC 8410, section 7: what comes before the 32 bytes of a private key in PKCS #8, and of a public one (section 4). */
const PRIVATE_PREFIX = unhex('302e020100300506032b657004220420')
const PUBLIC_PREFIX = unhex('302a300506032b6570032100')

/** The y coordinates of the eight points of small order: orders 1, 2, 4 and, twice, 8. */
const SMALL_ORDER = new Set([
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '00'.repeat(32),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

export const nativeEd25519: Ed25519 = {
  publicKey: (secretKey) => {
    const der = createPublicKey(privateKey(secretKey)).export({ format: 'der', type: 'spki' })
    return new Uint8Array(der.subarray(PUBLIC_PREFIX.length))
  },
  sign: (message, secretKey) => new Uint8Array(sign(null, message, privateKey(secretKey))),
  verify: (signature, message, publicKey) => {
    if (publicKey.length !== 32 || isUnfit(publicKey)) return false
    return verify(null, message, publicKeyOf(publicKey), signature)
  },
}

/** Reading a key takes as long as a verification, and a vault has few devices with many heads each. */
const read = new Map<string, KeyObject>()
const READ_LIMIT = 64

function publicKeyOf(bytes: Uint8Array): KeyObject {
  const name = hex(bytes)
  const known = read.get(name)
  if (known) return known
  const key = createPublicKey({ key: derOf(PUBLIC_PREFIX, bytes), format: 'der', type: 'spki' })
  if (read.size >= READ_LIMIT) read.clear()
  read.set(name, key)
  return key
}

function privateKey(secretKey: Uint8Array) {
  if (secretKey.length !== 32) throw new RangeError('Ed25519: secret key of 32 bytes')
  return createPrivateKey({ key: derOf(PRIVATE_PREFIX, secretKey), format: 'der', type: 'pkcs8' })
}

function derOf(prefix: Uint8Array, key: Uint8Array): Buffer {
  return Buffer.concat([prefix, key])
}

function isUnfit(publicKey: Uint8Array): boolean {
  const y = Uint8Array.from(publicKey)
  y[31] = (y[31] as number) & 0x7f // the highest bit is the sign of x
  // p is 2^255 - 19: ed, then ff to the last byte, 7f
  const isBelowPrime =
    (y[0] as number) < 0xed || y[31] !== 0x7f || y.subarray(1, 31).some((byte) => byte !== 0xff)
  return !isBelowPrime || SMALL_ORDER.has(hex(y))
}
