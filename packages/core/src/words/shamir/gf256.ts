/**
 * GF(256) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4), the field of SLIP-0039 and SSKR.
 * Elements are integers from 0 to 255; addition is `^`.
 *
 * No table and no branch depends on an operand, so that a secret leaves no trace in caches. JavaScript
 * engines promise nothing about timing; this is what can be done above them.
 */

/** The product of two elements. */
export function multiply(a: number, b: number): number {
  let product = 0
  let power = a // a * x^bit
  for (let bit = 0; bit < 8; bit++) {
    product ^= power & -((b >> bit) & 1)
    power = (power << 1) ^ (0x11b & -(power >> 7))
  }
  return product
}

/** The element that gives 1 when multiplied with `a`: a^254, by Fermat. There is none for 0; 0 is returned. */
export function invert(a: number): number {
  let result = 1
  let square = a
  for (let bit = 1; bit < 8; bit++) {
    square = multiply(square, square)
    result = multiply(result, square) // 254 = 2 + 4 + … + 128
  }
  return result
}
