import { checkPhrase } from '@cairn/core/words/check.js'
import { makeSeedWith } from '@cairn/core/words/electrum/make.js'
import { seedType } from '@cairn/core/words/electrum.js'
import { MAKERS } from '@cairn/core/words/make.js'
import { differences, groups, questions } from '@cairn/core/words/write-down.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'

const NOW = Date.UTC(2026, 10, 25)

describe('a new phrase', () => {
  for (const { kind, words, languages, makeWith, bytes } of MAKERS)
    test(`of ${kind} is valid in every length and language`, () => {
      for (const length of words)
        for (const [seed, language] of languages.entries()) {
          const plan = { words: length, language, now: NOW }
          const phrase = makeWith(plan, stream(seed).draw)
          const { also, ...report } = checkPhrase(phrase)
          expect([report, ...also.map((fit) => ({ ...fit, valid: true, words: length }))]).toContainEqual(
            expect.objectContaining({ valid: true, kind, language, words: length }),
          )
          expect(makeWith(plan, stream(seed).draw)).toBe(phrase)
          expect(bytes(length)).toBeGreaterThanOrEqual(16)
        }
    })

  test('of bip39 and electrum hangs on every bit that was drawn', () => {
    for (const [kind, bits] of [
      ['bip39', 128],
      ['electrum', 132],
    ] as const) {
      const maker = MAKERS.find((row) => row.kind === kind)
      const plan = { words: 12, language: 'english', now: NOW }
      const first = kind === 'bip39' ? 0 : 17 * 8 - 132 // Electrum leaves the four highest bits of 17 bytes out
      const phrases = new Set([maker?.makeWith(plan, stream(1).draw)])
      const step = kind === 'bip39' ? 1 : 12 // a seed of Electrum takes thousands of tries
      for (let bit = first; bit < first + bits; bit += step)
        phrases.add(maker?.makeWith(plan, stream(1, bit).draw))
      expect(phrases.size).toBe(1 + bits / step)
    }
  })
})

describe('a new Electrum seed', () => {
  test('is of the wanted type and never a BIP-39 phrase', () => {
    for (let seed = 0; seed < 5; seed++)
      for (const type of ['standard', 'segwit'] as const) {
        const words = makeSeedWith({ type, language: 'english' }, stream(seed).draw)
        expect(seedType(words)).toBe(type)
        expect(checkPhrase(words)).toMatchObject({ kind: 'electrum', words: 12, also: [] })
      }
  })

  test('is refused of a generator that gives zeros only', () => {
    const zeros = (length: number) => new Uint8Array(length)
    expect(codeOf(() => makeSeedWith({ type: 'segwit', language: 'english' }, zeros))).toBe('random-broken')
  })
})

describe('writing down', () => {
  const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

  test('shows groups of four with their numbers', () => {
    expect(groups('a b c d e f').map(({ first, words }) => [first, words.join(' ')])).toEqual([
      [1, 'a b c d'],
      [5, 'e f'],
    ])
  })

  test('asks for three different places, each as often as the others', () => {
    const asked = Array<number>(12).fill(0)
    for (let seed = 0; seed < 1000; seed++) {
      const places = questions(12, stream(seed).draw)
      expect(new Set(places).size).toBe(3)
      for (const place of places) asked[place - 1] = (asked[place - 1] as number) + 1
    }
    expect(Math.min(...asked)).toBeGreaterThan(190) // 250 expected, deviation 14
    expect(Math.max(...asked)).toBeLessThan(310)
  })

  test('names the places that differ', () => {
    expect(differences(PHRASE, PHRASE.toUpperCase())).toEqual([])
    expect(differences(PHRASE, PHRASE.replace('wave', 'have'))).toEqual([5])
    expect(differences(PHRASE, PHRASE.replace(' yellow', ''))).toEqual([12])
    expect(differences(PHRASE, `${PHRASE} zoo`)).toEqual([13])
  })
})
