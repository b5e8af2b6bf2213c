import { ALPHA, alphaTo, invert, multiply } from '@cairn/core/words/parity/gf2048.js'
import { describe, expect, test } from 'vitest'

/** The product by the definition: of polynomials over GF(2), then the remainder. */
function product(a: bigint, b: bigint): number {
  let value = 0n
  for (let bit = 0n; bit < 11n; bit++) if ((b >> bit) & 1n) value ^= a << bit
  for (let bit = 20n; bit >= 11n; bit--) if ((value >> bit) & 1n) value ^= 0x805n << (bit - 11n)
  return Number(value)
}

describe('GF(2^11)', () => {
  test('multiplies as its definition says', () => {
    for (let a = 0; a < 2048; a += 7)
      for (let b = 0; b < 2048; b += 31) expect(multiply(a, b)).toBe(product(BigInt(a), BigInt(b)))
  })

  test('every element but 0 has an inverse', () => {
    for (let a = 1; a < 2048; a++) expect(multiply(a, invert(a))).toBe(1)
    expect(invert(0)).toBe(0)
  })

  test('the powers of alpha are all elements but 0', () => {
    const powers = new Set<number>()
    for (let i = 0, power = 1; i < 2047; i++, power = multiply(power, ALPHA)) powers.add(power)
    expect(powers.size).toBe(2047)
    expect(alphaTo(11)).toBe(0b101)
  })
})
