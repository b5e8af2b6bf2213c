/**
 * EIP-2333 (BLS12-381 key generation) with the paths of EIP-2334: the tree from which Ethereum's validators take their
 * keys. Every step is as good as hardened: no public key leads to another. Not signing, not deposits.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'

const { Fr } = bls12_381.fields
const LEAST_SEED = 32 // bytes
const LAMPORT_CHUNKS = 255
const MAX_INDEX = 2 ** 32 - 1
const MAX_DEPTH = 16

/** The secret key (32 bytes) at a path such as `m/12381/3600/0/0/0` below a seed of 32 bytes or more. */
export function deriveBlsKey(seed: Uint8Array, path: string): Uint8Array {
  return parseBlsPath(path).reduce(childKey, masterKey(seed))
}

/**
 * EIP-2334 "Path": `m` and numbers between slashes, none of them marked as hardened.
 * @throws CairnError `path-invalid`.
 */
export function parseBlsPath(text: string): readonly number[] {
  const [root, ...steps] = text.slice(0, 200).split('/')
  const numbers = steps.map((step) => (/^(?:0|[1-9]\d{0,9})$/.test(step) ? Number(step) : Number.NaN))
  const isPath = root === 'm' && steps.length > 0 && steps.length <= MAX_DEPTH
  return isPath && numbers.every((number) => number <= MAX_INDEX) ? numbers : fail('path-invalid')
}

/** `derive_master_SK`. @throws CairnError `entropy-length`. */
export function masterKey(seed: Uint8Array): Uint8Array {
  if (seed.length < LEAST_SEED) return fail('entropy-length', { bytes: seed.length, expected: '32 or more' })
  return hkdfModR(seed)
}

/** `derive_child_SK`; the index goes to 2^32 - 1. */
export function childKey(parent: Uint8Array, index: number): Uint8Array {
  return hkdfModR(lamportPublicKey(parent, index))
}

/** Compressed, 48 bytes. @throws CairnError `key-invalid` when the number is zero or not below the order. */
export function blsPublicKey(secretKey: Uint8Array): Uint8Array {
  try {
    return bls12_381.longSignatures.getPublicKey(secretKey).toBytes(true)
  } catch {
    return fail('key-invalid', { what: 'BLS private key' })
  }
}

/** `hkdf_mod_r`. */
function hkdfModR(ikm: Uint8Array): Uint8Array {
  const input = concat(ikm, Uint8Array.of(0))
  let salt = sha256(utf8('BLS-SIG-KEYGEN-SALT-'))
  for (;;) {
    const okm = hkdf(sha256, input, salt, Uint8Array.of(0, 48), 48)
    const key = Fr.create(BigInt(`0x${hex(okm)}`))
    if (key !== 0n) return unhex(key.toString(16).padStart(64, '0'))
    salt = sha256(salt)
  }
}

/** `parent_SK_to_lamport_PK`. */
function lamportPublicKey(parent: Uint8Array, index: number): Uint8Array {
  const salt = new Uint8Array(4)
  new DataView(salt.buffer).setUint32(0, index)
  const both = [parent, parent.map((byte) => byte ^ 0xff)]
  const chunks = both.flatMap((ikm) => {
    const okm = hkdf(sha256, ikm, salt, undefined, 32 * LAMPORT_CHUNKS)
    return Array.from({ length: LAMPORT_CHUNKS }, (_, i) => sha256(okm.subarray(32 * i, 32 * (i + 1))))
  })
  return sha256(concat(...chunks))
}
