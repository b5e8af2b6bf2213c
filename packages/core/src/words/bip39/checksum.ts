/**
 * The checksum of BIP-39 on word indexes: "the first ENT / 32 bits of its SHA256 hash […] is appended to the end
 * of the initial entropy", eleven bits a word. For trying many phrases: no text is made.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** The lengths of a phrase, in words. */
export const LENGTHS: readonly number[] = [12, 15, 18, 21, 24]

/** True when the 12 to 24 indexes (0 to 2047) are a phrase. */
export function checksumHolds(indexes: readonly number[]): boolean {
  const bits = indexes.length / 3
  const bytes = entropyBytes(indexes)
  return sum(bytes, bits) === ((indexes.at(-1) as number) & ((1 << bits) - 1))
}

/** The last indexes that make a phrase of the 11 to 23 that come before: 2^(11 - n/3) of n words. */
export function lastIndexes(first: readonly number[]): readonly number[] {
  const bits = (first.length + 1) / 3
  return Array.from({ length: 2 ** (11 - bits) }, (_, entropy) => {
    const last = entropy << bits
    return last | sum(entropyBytes([...first, last]), bits)
  })
}

function sum(entropy: Uint8Array, bits: number): number {
  return (sha256(entropy)[0] as number) >> (8 - bits)
}

/** The 16 to 32 bytes in front of the checksum. */
function entropyBytes(indexes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((indexes.length / 3) * 4)
  let [carry, bits, at] = [0, 0, 0]
  for (const index of indexes) {
    carry = ((carry << 11) | index) & 0x3ffff // never more than 7 + 11 bits
    bits += 11
    for (; bits >= 8 && at < bytes.length; at++) {
      bits -= 8
      bytes[at] = carry >> bits
    }
  }
  return bytes
}
