/**
 * GF(2^11) modulo x^11 + x^2 + 1, the field of the parity words: one element for each word of a BIP-39 list.
 * Elements are integers from 0 to 2047, bit i the coefficient of x^i; addition is `^`. The polynomial is
 * primitive: the powers of `ALPHA` are all elements but 0.
 *
 * No table and no branch depends on an operand, as in `shamir/gf256.ts`.
 */

/** x, the primitive element. */
export const ALPHA = 2

const MODULUS = 0b1000_0000_0101

/** The product of two elements. */
export function multiply(a: number, b: number): number {
  let product = 0
  let power = a // a * x^bit
  for (let bit = 0; bit < 11; bit++) {
    product ^= power & -((b >> bit) & 1)
    power = (power << 1) ^ (MODULUS & -(power >> 10))
  }
  return product
}

/** The element that gives 1 when multiplied with `a`: a^2046, by Fermat. There is none for 0; 0 is returned. */
export function invert(a: number): number {
  let result = 1
  let square = a
  for (let bit = 1; bit < 11; bit++) {
    square = multiply(square, square)
    result = multiply(result, square) // 2046 = 2 + 4 + … + 1024
  }
  return result
}

/** `ALPHA` to the power of 0 to 2046. */
export function alphaTo(exponent: number): number {
  let power = 1
  for (let i = 0; i < exponent; i++) power = multiply(power, ALPHA)
  return power
}
