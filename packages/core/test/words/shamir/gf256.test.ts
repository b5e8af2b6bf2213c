import { invert, multiply } from '@cairn/core/words/shamir/gf256.js'
import { describe, expect, test } from 'vitest'

/** Powers of the generator x + 1, an independent way to the same field. */
const powers = Array.from({ length: 255 }, () => 0)
for (let i = 0, power = 1; i < 255; i++) {
  powers[i] = power
  power = (power << 1) ^ power
  if (power & 0x100) power ^= 0x11b
}
const logs = new Map(powers.map((power, i) => [power, i]))

function byLogarithm(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return powers[((logs.get(a) as number) + (logs.get(b) as number)) % 255] as number
}

function mismatches(product: (a: number, b: number) => number): number {
  let count = 0
  for (let a = 0; a < 256; a++) for (let b = 0; b < 256; b++) if (product(a, b) !== byLogarithm(a, b)) count++
  return count
}

describe('GF(256)', () => {
  test('multiplies as the examples of FIPS 197, section 4.2', () => {
    expect(multiply(0x57, 0x83)).toBe(0xc1)
    expect(multiply(0x57, 0x13)).toBe(0xfe)
  })

  test('multiplies all 65,536 pairs as logarithms do', () => {
    expect(mismatches(multiply)).toBe(0)
  })

  test('a field with another polynomial (0x11d, of QR codes) would be noticed', () => {
    const twin = (a: number, b: number) => {
      let product = 0
      for (let bit = 0, power = a; bit < 8; bit++) {
        if ((b >> bit) & 1) product ^= power
        power = power & 0x80 ? (power << 1) ^ 0x11d : power << 1
      }
      return product
    }
    expect(mismatches(twin)).toBeGreaterThan(30_000)
  })

  test('every element but 0 has its inverse', () => {
    for (let a = 1; a < 256; a++) expect(multiply(a, invert(a))).toBe(1)
    expect(invert(0)).toBe(0)
  })
})
