/**
 * SLIP-10 keys on curves other than Bitcoin's: ed25519 and curve25519, where every step of a path is hardened, and
 * nist256p1 (https://github.com/satoshilabs/slips/blob/master/slip-0010.md). Keys of secp256k1 are those of BIP-32
 * (`bip32.ts`). Private derivation only: the chains here show no extended public key. Not BIP32-Ed25519 of Cardano.
 */
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, hex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { hash160 } from './hash.js'
import { isHardened, MAX_DEPTH, type Path } from './path.js'

export type Slip10Curve = 'ed25519' | 'curve25519' | 'nist256p1'

export interface Slip10Key {
  readonly curve: Slip10Curve
  /** Fingerprint of the parent, 8 hex digits; `00000000` for a master key. */
  readonly parent: string
  /** 32 bytes each. */
  readonly chainCode: Uint8Array
  readonly privateKey: Uint8Array
}

// "Master key generation": the curve is the key of the HMAC.
const CURVE_NAMES: Readonly<Record<Slip10Curve, string>> = {
  ed25519: 'ed25519 seed',
  curve25519: 'curve25519 seed',
  nist256p1: 'Nist256p1 seed',
}

const SEED_BYTES = { least: 16, most: 64 }

/**
 * The master key of a seed of 16 to 64 bytes.
 * @throws CairnError `entropy-length`.
 */
export function slip10Master(seed: Uint8Array, curve: Slip10Curve): Slip10Key {
  if (seed.length < SEED_BYTES.least || seed.length > SEED_BYTES.most) {
    return fail('entropy-length', { bytes: seed.length, expected: '16 to 64' })
  }
  let I = hmac(sha512, utf8(CURVE_NAMES[curve]), seed)
  // "If curve is not ed25519 and I_L is 0 or >= n: set S := I and continue at step 2."
  while (curve === 'nist256p1' && !p256.utils.isValidSecretKey(left(I)))
    I = hmac(sha512, utf8(CURVE_NAMES[curve]), I)
  return { curve, parent: '00000000', chainCode: right(I), privateKey: left(I) }
}

/**
 * The descendant along a path.
 * @throws CairnError `usage` for an unhardened step on ed25519 or curve25519, `path-invalid` below depth 255.
 */
export function deriveSlip10(key: Slip10Key, path: Path): Slip10Key {
  if (path.length > MAX_DEPTH) return fail('path-invalid')
  return path.reduce(child, key)
}

/** 33 bytes, compressed, on nist256p1; 32 bytes on the others. */
export function slip10PublicKey({ curve, privateKey }: Slip10Key): Uint8Array {
  if (curve === 'nist256p1') return p256.getPublicKey(privateKey, true)
  return curve === 'ed25519' ? ed25519.getPublicKey(privateKey) : x25519.getPublicKey(privateKey)
}

/** "Private parent key -> private child key". */
function child(parent: Slip10Key, index: number): Slip10Key {
  const { curve, chainCode, privateKey } = parent
  if (curve !== 'nist256p1' && !isHardened(index)) {
    return fail('usage', { reason: `on ${curve} every step of a path is hardened` })
  }
  const head = isHardened(index) ? concat(Uint8Array.of(0), privateKey) : serializedPoint(parent)
  const I = hmac(sha512, chainCode, concat(head, uint32(index)))
  const named = { curve, parent: hex(hash160(serializedPoint(parent)).subarray(0, 4)) }
  if (curve !== 'nist256p1') return { ...named, chainCode: right(I), privateKey: left(I) }
  return { ...named, ...p256Child(parent, I, index) }
}

/** "If parse256(I_L) >= n or parse256(I_L) + k_par = 0 (mod n): let I = HMAC(c_par, 0x01 || I_R || ser32(i))". */
function p256Child(
  { chainCode, privateKey }: Slip10Key,
  first: Uint8Array,
  index: number,
): Pick<Slip10Key, 'chainCode' | 'privateKey'> {
  const { Fn } = p256.Point
  for (let I = first; ; I = hmac(sha512, chainCode, concat(Uint8Array.of(1), right(I), uint32(index)))) {
    const tweak = BigInt(`0x${hex(left(I))}`)
    const sum = Fn.add(Fn.create(tweak), Fn.fromBytes(privateKey))
    if (tweak < Fn.ORDER && !Fn.is0(sum)) return { chainCode: right(I), privateKey: Fn.toBytes(sum) }
  }
}

/** "ser_P(P)": a byte 0 before the 32 bytes of the curves that have no compressed form. */
function serializedPoint(key: Slip10Key): Uint8Array {
  const publicKey = slip10PublicKey(key)
  return publicKey.length === 33 ? publicKey : concat(Uint8Array.of(0), publicKey)
}

function left(I: Uint8Array): Uint8Array {
  return I.slice(0, 32)
}

function right(I: Uint8Array): Uint8Array {
  return I.slice(32)
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
