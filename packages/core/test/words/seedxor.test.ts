import { fromEntropy } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { checkPart, combine, split, splitAgain, splitWith } from '@cairn/core/words/seedxor.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf, refusal } from '../refusal.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const phrases = fc
  .constantFrom(16, 24, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))
  .map((entropy) => fromEntropy(entropy))

describe('Seed XOR', () => {
  test('puts together what it split, drawn or the same each time', () => {
    fc.assert(
      fc.property(phrases, fc.integer({ min: 2, max: 16 }), fc.nat(), (phrase, count, seed) => {
        for (const parts of [splitWith(phrase, count, stream(seed).draw), splitAgain(phrase, count)]) {
          expect(parts).toHaveLength(count)
          for (const part of parts) expect(checkPart(part).valid).toBe(true)
          expect(combine(parts)).toBe(phrase)
        }
      }),
      { seed: 2021, numRuns: 100 },
    )
  })

  test('makes other parts each time, and each bit that is drawn is in them', () => {
    expect(split(LEGAL, 2)).not.toEqual(split(LEGAL, 2))
    expect(splitAgain(LEGAL, 2)).toEqual(splitAgain(LEGAL, 2))
    const made = (bit: number | null) => splitWith(LEGAL, 3, stream(1, bit).draw).join()
    const all = new Set([null, ...Array.from({ length: 256 }, (_, i) => i)].map(made))
    expect(all.size).toBe(257)
  })

  test('gives another phrase, and no error, when a part is missing', () => {
    const parts = split(LEGAL, 3)
    const other = combine(parts.slice(1))
    expect(other).not.toBe(LEGAL)
    expect(checkPhrase(other).valid).toBe(true)
  })

  test('names the part that is wrong and what is wrong with it, without a word of it', () => {
    const slip = refusal(() => combine([LEGAL, LEGAL.replace('wave', 'wavw')]))
    expect([slip.code, slip.message]).toEqual(['seedxor-part', 'part 2: word 5 is not in the word list'])
    expect(JSON.stringify([slip.message, slip.hint, slip.details])).not.toMatch(/wavw|legal/)
    expect(refusal(() => combine([LEGAL.replace('wave', 'legal'), LEGAL])).message).toMatch(
      /^part 1: .*checksum/,
    )
    const short = refusal(() => combine([LEGAL, fromEntropy(new Uint8Array(20))]))
    expect(short.message).toBe('part 2: the number of words is 15, and not 12, 18 or 24')
    expect(codeOf(() => combine([LEGAL, 'a '.repeat(101)]))).toBe('seedxor-part')
  })

  test('is refused for parts of different lengths, and for too few or too many', () => {
    const error = refusal(() => combine([LEGAL, fromEntropy(new Uint8Array(24))]))
    expect([error.code, error.details]).toEqual(['seedxor-lengths', { part: 2 }])
    for (const count of [0, 1, 17]) {
      expect(codeOf(() => combine(Array(count).fill(LEGAL)))).toBe('seedxor-plan')
      expect(codeOf(() => split(LEGAL, count))).toBe('seedxor-plan')
    }
    expect(codeOf(() => split(LEGAL, 2.5))).toBe('seedxor-plan')
    expect(codeOf(() => split(LEGAL.replace(' yellow', ''), 2))).toBe('word-count')
    expect(codeOf(() => splitAgain(fromEntropy(new Uint8Array(28)), 2))).toBe('word-count')
  })

  test('tells a holder whether a part is intact, without the others', () => {
    expect(checkPart(LEGAL)).toMatchObject({ valid: true, words: 12, problems: [] })
    expect(checkPart(LEGAL.replace('wave', 'wavw')).problems).toEqual([
      { position: 5, code: 'word-unknown', suggestions: 1 },
    ])
    expect(checkPart(fromEntropy(new Uint8Array(20))).problems.map(({ code }) => code)).toEqual([
      'word-count',
    ])
    const czech = fromEntropy(new Uint8Array(16).fill(7), 'czech')
    expect(checkPart(czech).problems.map(({ code }) => code)).toEqual(['seedxor-language'])
    expect(codeOf(() => combine([czech, czech]))).toBe('seedxor-part')
  })
})
