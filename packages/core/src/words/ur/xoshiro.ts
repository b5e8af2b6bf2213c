/**
 * Xoshiro256** by Blackman and Vigna, seeded with a SHA-256, as multi-part URs use it to agree on which fragments a
 * part mixes (BCR-2024-001, section 4). Gives the same numbers to everybody: nothing secret is ever drawn from it.
 */
import { sha256 } from '@noble/hashes/sha2.js'

export interface Sequence {
  /** A number from 0 to below 1, the next 64 bits divided by 2^64. */
  next(): number
}

const MASK = 0xffff_ffff_ffff_ffffn

/** The numbers that follow from any bytes: the seed is their SHA-256, as four numbers, big-endian. */
export function sequenceOf(bytes: Uint8Array): Sequence {
  const seed = new DataView(sha256(bytes).buffer)
  const state = [0, 8, 16, 24].map((at) => seed.getBigUint64(at)) as [bigint, bigint, bigint, bigint]
  return { next: () => Number(step(state)) / 2 ** 64 }
}

/** A whole number from 0 to below `limit`. */
export function below(limit: number, sequence: Sequence): number {
  return Math.floor(sequence.next() * limit)
}

function step(s: [bigint, bigint, bigint, bigint]): bigint {
  const result = (rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK
  const shifted = (s[1] << 17n) & MASK
  s[2] ^= s[0]
  s[3] ^= s[1]
  s[1] ^= s[2]
  s[0] ^= s[3]
  s[2] ^= shifted
  s[3] = rotate(s[3], 45n)
  return result
}

function rotate(n: bigint, by: bigint): bigint {
  return ((n << by) & MASK) | (n >> (64n - by))
}
