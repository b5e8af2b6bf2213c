/**
 * The fields of codex32 (BIP-93, "Mathematical Companion"): GF(32) modulo x^5 + x^3 + 1, whose elements are the
 * characters of bech32, and GF(1024), which is GF(32) with ζ, ζ^2 = ζ + 1. An element of GF(1024) is an integer
 * below 1024, a + bζ as a | b << 5, so that the elements of GF(32) are themselves. Addition is `^` in both.
 *
 * No table and no branch depends on an operand, as in `shamir/gf256.ts`.
 */

/** BIP-173: each character stands for its place. */
export const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** The value of a lower-case character, 0 to 31; -1 for others. */
export function elementOf(character: string): number {
  return ALPHABET.indexOf(character)
}

/** The product in GF(32). */
export function multiply32(a: number, b: number): number {
  let product = 0
  let power = a // a * x^bit
  for (let bit = 0; bit < 5; bit++) {
    product ^= power & -((b >> bit) & 1)
    power = (power << 1) ^ (41 & -(power >> 4))
  }
  return product
}

/** The product in GF(1024): (a + bζ)(c + dζ) = ac + bd + (ad + bc + bd)ζ. */
export function multiply(left: number, right: number): number {
  const [a, b, c, d] = [left & 31, left >> 5, right & 31, right >> 5]
  const both = multiply32(b, d)
  return (multiply32(a, c) ^ both) | ((multiply32(a, d) ^ multiply32(b, c) ^ both) << 5)
}

/** a^n for n >= 0. */
export function power(a: number, n: number): number {
  let result = 1
  for (let square = a, rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) result = multiply(result, square)
    square = multiply(square, square)
  }
  return result
}

/** The element that gives 1 when multiplied with `a`: a^1022, by Fermat. There is none for 0; 0 is returned. */
export function invert(a: number): number {
  return power(a, 1022)
}

/**
 * The one x with rows * x = right, by elimination; null when there is none or more than one. There may be more
 * rows than unknowns, and then all must agree.
 */
export function solve(
  rows: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] | null {
  const unknowns = rows[0]?.length ?? 0
  const table = rows.map((row, i) => [...row, right[i] as number])
  for (let column = 0; column < unknowns; column++) {
    const at = table.findIndex((row, i) => i >= column && row[column] !== 0)
    if (at < 0) return null
    const pivot = scaled(table[at] as number[], invert(table[at]?.[column] as number))
    table[at] = table[column] as number[]
    table[column] = pivot
    for (const [i, row] of table.entries())
      if (i !== column) table[i] = sum(row, scaled(pivot, row[column] as number))
  }
  const agrees = table.slice(unknowns).every((row) => row[unknowns] === 0)
  return agrees ? table.slice(0, unknowns).map((row) => row[unknowns] as number) : null
}

function scaled(row: readonly number[], factor: number): number[] {
  return row.map((element) => multiply(element, factor))
}

function sum(row: readonly number[], other: readonly number[]): number[] {
  return row.map((element, i) => element ^ (other[i] as number))
}
