/**
 * RS1024, the checksum of SLIP-0039: a Reed-Solomon code over GF(1024) that detects every error in up to
 * three words and lets longer ones through once in 2^30. It could also point at errors; it is not asked to,
 * since a share that was corrected by a machine may be a valid share of nothing.
 */

const GENERATOR = [
  0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009, 0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890,
  0x3f3f120,
]

/** Words of a checksum. */
export const CHECKSUM_WORDS = 3

/** The three checksum words for the data words (integers below 1024) of a share. Section "Checksum". */
export function checksum(data: readonly number[], extendable: boolean): readonly number[] {
  const residue = polymod([...customization(extendable), ...data, 0, 0, 0]) ^ 1
  return [(residue >> 20) & 1023, (residue >> 10) & 1023, residue & 1023]
}

/** True when the words, the last three of which are the checksum, are as they were written. */
export function verify(words: readonly number[], extendable: boolean): boolean {
  return polymod([...customization(extendable), ...words]) === 1
}

function customization(extendable: boolean): readonly number[] {
  return Array.from(extendable ? 'shamir_extendable' : 'shamir', (letter) => letter.charCodeAt(0))
}

/** Masks instead of branches: the data words are a secret. */
function polymod(values: readonly number[]): number {
  let residue = 1
  for (const value of values) {
    const top = residue >> 20
    residue = ((residue & 0xfffff) << 10) ^ value
    for (let i = 0; i < GENERATOR.length; i++) residue ^= (GENERATOR[i] as number) & -((top >> i) & 1)
  }
  return residue
}
