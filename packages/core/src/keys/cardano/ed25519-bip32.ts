/**
 * BIP32-Ed25519: hierarchical keys on ed25519 that, unlike those of SLIP-10, can be derived in public. D. Khovratovich
 * and J. Law, "BIP32-Ed25519: Hierarchical Deterministic Keys over a Non-linear Keyspace", 2017, as Cardano uses it
 * (https://github.com/input-output-hk/rust-cardano/blob/master/cardano/src/hdwallet.rs): `V2` since Icarus, and `V1` of
 * the random wallets of Byron, which lets carries fall between bytes.
 *
 * A private key is a scalar of 32 bytes, little-endian, and 32 more bytes that only signing and derivation use. Master
 * keys are made in master.ts. The scalar grows past the order of the group and is never reduced in V2.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat } from '../../bytes.js'
import { fail } from '../../errors.js'
import { isHardened, MAX_DEPTH, type Path } from '../path.js'

const { Point } = ed25519
const { Fn } = Point

export interface CardanoKey {
  /** 64 bytes: the scalar k_L and k_R. */
  readonly privateKey: Uint8Array
  /** 32 bytes. */
  readonly chainCode: Uint8Array
}

export interface CardanoPublicKey {
  /** 32 bytes each. */
  readonly publicKey: Uint8Array
  readonly chainCode: Uint8Array
}

export type CardanoScheme = 'V1' | 'V2'

/**
 * The descendant along a path.
 * @throws CairnError `path-invalid` below depth 255; `key-invalid` for the one child in 2^250 that is none.
 */
export function deriveCardano(key: CardanoKey, path: Path, scheme: CardanoScheme = 'V2'): CardanoKey {
  if (path.length > MAX_DEPTH) return fail('path-invalid')
  return path.reduce((parent, index) => child(parent, index, scheme), key)
}

export function neuterCardano({ privateKey, chainCode }: CardanoKey): CardanoPublicKey {
  const scalar = Fn.create(bytesToNumberLE(privateKey.subarray(0, 32)))
  if (scalar === 0n) return fail('key-invalid', { what: 'Cardano key' })
  return { publicKey: Point.BASE.multiply(scalar).toBytes(), chainCode }
}

/**
 * The unhardened child of a public key (V2).
 * @throws CairnError `key-hardened`, `key-invalid`
 */
export function publicChild({ publicKey, chainCode }: CardanoPublicKey, index: number): CardanoPublicKey {
  if (isHardened(index)) return fail('key-hardened')
  const { z, chain } = digests({ key: publicKey, chainCode, tags: [2, 3], index: uint32(index, 'V2') })
  const tweak = 8n * bytesToNumberLE(z.subarray(0, 28))
  // Public data only: variable time. Zero is no number to multiply with.
  const offset = tweak === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(tweak)
  return { publicKey: pointOf(publicKey).add(offset).toBytes(), chainCode: chain }
}

function child(parent: CardanoKey, index: number, scheme: CardanoScheme): CardanoKey {
  const { privateKey, chainCode } = parent
  const hard = isHardened(index)
  const { z, chain } = digests({
    key: hard ? privateKey : neuterCardano(parent).publicKey,
    chainCode,
    tags: hard ? [0, 1] : [2, 3],
    index: uint32(index, scheme),
  })
  const add = scheme === 'V2' ? addV2 : addV1
  return { privateKey: add(z, privateKey), chainCode: chain }
}

/** k_L + 8 * Z_L with the first 28 bytes of Z_L, and k_R + Z_R modulo 2^256. */
function addV2(z: Uint8Array, key: Uint8Array): Uint8Array {
  const left = bytesToNumberLE(key.subarray(0, 32)) + 8n * bytesToNumberLE(z.subarray(0, 28))
  const right = bytesToNumberLE(key.subarray(32)) + bytesToNumberLE(z.subarray(32))
  if (Fn.create(left) === 0n || left >> 256n !== 0n) return fail('key-invalid', { what: 'Cardano key' })
  return concat(numberToBytesLE(left, 32), numberToBytesLE(right % 2n ** 256n, 32))
}

/** The same with every byte of Z_L by itself times 8 and every byte of k_R and Z_R added by itself. */
function addV1(z: Uint8Array, key: Uint8Array): Uint8Array {
  const times8 = z.slice(0, 32).map((byte) => byte << 3)
  const left = Fn.create(bytesToNumberLE(key.subarray(0, 32)) + bytesToNumberLE(times8))
  const right = key.slice(32).map((byte, i) => byte + (z[32 + i] as number))
  return concat(numberToBytesLE(left, 32), right)
}

interface Step {
  readonly key: Uint8Array
  readonly chainCode: Uint8Array
  readonly tags: readonly [number, number]
  readonly index: Uint8Array
}

function digests({ key, chainCode, tags: [zTag, chainTag], index }: Step) {
  const digest = (tag: number) => hmac(sha512, chainCode, concat(Uint8Array.of(tag), key, index))
  return { z: digest(zTag), chain: digest(chainTag).slice(32) }
}

function pointOf(publicKey: Uint8Array): InstanceType<typeof Point> {
  try {
    return Point.fromBytes(publicKey)
  } catch {
    return fail('key-invalid', { what: 'Cardano public key' })
  }
}

/** Little-endian in V2, big-endian in V1. */
function uint32(value: number, scheme: CardanoScheme): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, scheme === 'V2')
  return bytes
}
