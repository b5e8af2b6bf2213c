import { decode, encode, MAX_PARITY } from '@cairn/core/words/parity/code.js'
import { describe, expect, test } from 'vitest'
import { beyond, trustingTheFirst, within, withoutChecksum } from './figures.js'
import { everyPattern, numbers, phraseOf, tally } from './patterns.js'

describe('the code of the parity words', () => {
  test('brings back every pattern of lost and wrong words that it promises', () => {
    for (const { what, tried, right } of within(1_000)) expect([what, right]).toEqual([what, tried])
  })

  test('a decoder that takes words for right because they come first is noticed', () => {
    const damages = Array.from(everyPattern(16, 4)).filter((_, i) => i % 8 === 0)
    const { wrong } = tally({ words: 12, parity: 4, damages, seed: 1, decoder: trustingTheFirst })
    expect(wrong).toBeGreaterThan(10)
  })

  test('refuses one wrong word more, but for as many as the odds allow', () => {
    for (const { what, tried, wrong } of beyond(600, [12, 24], [2, 4])) {
      const allowed = { '12 + 2': 3, '24 + 2': 1 }[what] ?? 0 // 600 in 2,341, in 20,155
      expect([what, wrong <= allowed, tried]).toEqual([what, true, 600])
    }
  })

  test('a repair that does not ask for the checksum of the phrase is noticed', () => {
    const [found] = beyond(2_000, [12], [2], withoutChecksum)
    expect(found?.wrong).toBeGreaterThan(3) // 14 * 2,047 of 2,048^2: one in 146
  })

  test('refuses more lost words than there are parity words', () => {
    const phrase = phraseOf(12, numbers(5))
    const sheet = [...phrase, ...encode(phrase, 4)]
    expect(
      decode(
        sheet.map((index, i) => (i < 4 ? null : index)),
        12,
      ),
    ).toEqual(sheet)
    expect(
      decode(
        sheet.map((index, i) => (i < 5 ? null : index)),
        12,
      ),
    ).toBeNull()
  })

  test('fewer parity words are the beginning of more', () => {
    const phrase = phraseOf(24, numbers(6))
    const all = encode(phrase, MAX_PARITY)
    for (let count = 1; count <= MAX_PARITY; count++)
      expect(encode(phrase, count)).toEqual(all.slice(0, count))
  })

  test('a sheet of one length is none of another, also where a phrase repeats one word', () => {
    for (const [k, p] of [
      [12, 8],
      [15, 8],
      [18, 8],
    ] as const) {
      const phrases = [
        phraseOf(k, numbers(k)),
        ...Array.from({ length: 256 }, (_, w) => Array(k).fill(8 * w + (k % 8))),
      ]
      for (const phrase of phrases) {
        const sheet = [...phrase, ...encode(phrase, p)]
        const [other, parity] = [sheet.slice(0, k + 6), sheet.slice(k + 6)]
        expect(encode(other, 2)).not.toEqual(parity)
      }
    }
  })
})
