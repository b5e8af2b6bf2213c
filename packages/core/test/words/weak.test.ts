import { fromEntropy, toEntropy } from '@cairn/core/words/bip39.js'
import { findMt19937Seed, mt19937Bytes } from '@cairn/core/words/weak/mt19937.js'
import { weakGenerator } from '@cairn/core/words/weak.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'

describe('MT19937', () => {
  // The first outputs for seed 5489, the default of std::mt19937: 3499211612, 581869302, 3890346734, 3586334585.
  const OUTPUTS = [3499211612, 581869302, 3890346734, 3586334585]

  test('gives the outputs of the C++ standard library', () => {
    for (const [output, shift] of [
      ['highest', 24],
      ['lowest', 0],
    ] as const)
      expect([...mt19937Bytes(5489, { length: 4, output })]).toEqual(OUTPUTS.map((y) => (y >>> shift) & 0xff))
  })

  test('gives the phrase that named Milk Sad: seed 0, 24 words', () => {
    const phrase = fromEntropy(mt19937Bytes(0, { length: 32, output: 'highest' }))
    expect(phrase).toMatch(/^milk sad wage cup reward umbrella raven visa give list decorate /)
  })

  test('is found by its seed, at any place of the range and for both bytes', () => {
    for (const output of ['highest', 'lowest'] as const)
      for (const length of [16, 24, 32])
        for (const seed of [0, 1, 1_000_000, 1_000_003, 0x7fffffff, 0xfffffffe, 0xffffffff]) {
          const entropy = mt19937Bytes(seed, { length, output })
          const range = { from: Math.max(seed - 5, 0), to: Math.min(seed + 4, 2 ** 32) }
          expect(findMt19937Seed(entropy, range)).toEqual({ seed, output })
        }
  })

  test('is not found outside the range', () => {
    const entropy = mt19937Bytes(1000, { length: 16, output: 'lowest' })
    expect(findMt19937Seed(entropy, { from: 0, to: 1000 })).toBe(null)
    expect(findMt19937Seed(entropy, { from: 998, to: 1000 })).toBe(null)
    expect(findMt19937Seed(entropy, { from: 1001, to: 5000 })).toBe(null)
  })
})

/** rand() of Apple's C library. */
function appleRand(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 16807n) % 0x7fffffffn
    return Number(state)
  }
}

describe('generators that give themselves away', () => {
  test('rand() of Apple, modulo 255 or 256', () => {
    for (const seed of [1, 1_530_000_000, 0x7ffffffe])
      for (const divisor of [0xff, 0x100]) {
        const rand = appleRand(seed)
        const entropy = Uint8Array.from({ length: 16 }, () => rand() % divisor)
        expect(weakGenerator(entropy)).toBe('trezor-crypto-rand')
      }
  })

  test('the linear congruential generators of trezor-crypto', () => {
    const words = new DataView(new ArrayBuffer(32))
    let seed = 0
    for (let i = 0; i < 32; i += 4) {
      seed = (Math.imul(1664525, seed) + 1013904223) >>> 0
      words.setUint32(i, seed, true)
    }
    expect(weakGenerator(new Uint8Array(words.buffer))).toBe('trezor-crypto-lcg')
    const bytes = new DataView(new ArrayBuffer(16))
    let state = 0n
    const next = () => {
      state = (1103515245n * state + 12345n) & 0x7fffffffn
      return Number(state & 0xffn)
    }
    for (let i = 0; i < 16; i += 4)
      bytes.setUint32(i, ((next() << 24) | (next() << 16) | (next() << 8) | next()) >>> 0, true)
    expect(weakGenerator(new Uint8Array(bytes.buffer))).toBe('trezor-crypto-lcg8')
  })

  test('published test phrases', () => {
    for (const phrase of [
      `${'abandon '.repeat(11)}about`,
      'legal winner thank year wave sausage worth useful legal winner thank yellow',
      `${'zoo '.repeat(11)}wrong`,
      `${'abandon '.repeat(23)}art`,
    ])
      expect(weakGenerator(toEntropy(phrase))).toBe('pattern')
    expect(weakGenerator(Uint8Array.from({ length: 16 }, (_, i) => i * 17))).toBe('pattern')
  })

  test('no phrase of the operating system, nor one that is nearly weak', () => {
    for (let seed = 0; seed < 8; seed++) expect(weakGenerator(stream(seed).draw(16))).toBe(null)
    const rand = appleRand(5)
    const entropy = Uint8Array.from({ length: 16 }, () => rand() % 0xff)
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(weakGenerator(entropy.with(at, (entropy[at] as number) ^ change))).toBe(null)
      }),
      { seed: 1, numRuns: 6 },
    )
  })
})
