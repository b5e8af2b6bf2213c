import { isCairnError } from '@cairn/core/errors.js'
import { LANGUAGES, LISTS } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { parityWords, repair } from '@cairn/core/words/parity.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'
import { letters } from './letters.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const FOUR = 'crazy evolve toast switch'

describe('parity words', () => {
  test('are of the list of the phrase, and bring it back, in every language and length', () => {
    for (const [i, language] of LANGUAGES.entries()) {
      const phrase = fromEntropy(stream(i).draw([16, 20, 24, 28, 32][i % 5] as number), language)
      const parity = parityWords(phrase, { count: 4, language })
      const list: readonly string[] = LISTS[language]
      for (const word of parity) expect(list).toContain(word)
      const words = phrase.split(/\s/)
      const lost = words
        .with(0, '?')
        .with(5, '?')
        .with(7, words[8] as string)
      expect(repair(`${lost.join(' ')} + ${parity.join(' ')}`)).toMatchObject({ repaired: true, phrase })
    }
  })

  test('are made of right phrases only', () => {
    expect(codeOf(() => parityWords(LEGAL.replace('yellow', 'year')))).toBe('phrase-checksum')
    expect(codeOf(() => parityWords(LEGAL.replace('yellow', 'yelow')))).toBe('word-unknown')
    expect(codeOf(() => parityWords(`${LEGAL} zoo`))).toBe('word-count')
    expect(codeOf(() => parityWords(LEGAL, { language: 'french' }))).toBe('phrase-checksum')
  })

  test('are the same for a phrase of words that two Chinese lists share', () => {
    const phrase = fromEntropy(new Uint8Array(16), 'chinese_traditional')
    expect(parityWords(phrase, { language: 'chinese_simplified' })).toHaveLength(4)
  })
})

describe('a repair', () => {
  test('says on what it rests', () => {
    const text = LEGAL.replace('wave', '?').replace('yellow', 'zoo')
    expect(repair(`${text} + ${FOUR}`)).toEqual({
      repaired: true,
      language: 'english',
      phrase: LEGAL,
      parity: FOUR.split(' '),
      changes: [5, 12],
      grounds: { lost: 1, wrong: 1, capacity: 4, oneIn: 4_475_964 },
    })
  })

  test('takes a word of no list for lost, and the first four letters for the word', () => {
    const slips = LEGAL.replace('wave', 'xxxxx').replace('useful', 'usef').replace('year', 'yaer')
    expect(repair(`${slips} + ${FOUR}`)).toMatchObject({ changes: [4, 5], grounds: { lost: 2, wrong: 0 } })
  })

  test('finds the place of a word that was left out', () => {
    const words = LEGAL.split(' ')
    for (let i = 0; i < 12; i++) {
      const text = words.toSpliced(i, 1).join(' ')
      expect(repair(`${text} + ${FOUR}`)).toMatchObject({ repaired: true, phrase: LEGAL, changes: [i + 1] })
    }
  })

  test('reads any spacing, capitals, lines and a full-width plus or question mark', () => {
    const text = `${LEGAL.toUpperCase().replace('WAVE', '？').replaceAll(' ', '\n ')}＋${FOUR}  `
    expect(repair(text)).toMatchObject({ repaired: true, changes: [5] })
  })

  test('is refused beyond what the parity words bring back', () => {
    const lost = LEGAL.replace('legal winner thank year wave', '? ? ? ? ?')
    expect(repair(`${lost} + ${FOUR}`)).toEqual({ repaired: false, grounds: { lost: 5, capacity: 4 } })
    const wrong = LEGAL.replace('wave', 'zoo').replace('worth', 'zoo').replace('useful', 'zoo')
    expect(repair(`${wrong} + ${FOUR}`)).toEqual({ repaired: false, grounds: { lost: 0, capacity: 4 } })
  })

  test('needs a text of the right form', () => {
    for (const text of [
      LEGAL,
      `${LEGAL} +`,
      `${LEGAL} + a + b`,
      `zoo + ${FOUR}`,
      `${LEGAL} zoo + ${FOUR}`,
      '',
    ])
      expect(codeOf(() => repair(text))).toBe('parity-format')
    expect(codeOf(() => repair(`${LEGAL} + ${FOUR} ${FOUR} zoo`))).toBe('parity-format')
    expect(codeOf(() => repair('zoo '.repeat(101)))).toBe('phrase-too-long')
    expect(repair(`${'? '.repeat(12)}+ ? ?`)).toEqual({ repaired: false, grounds: { lost: 14, capacity: 2 } })
  })

  test('of hostile text ends in an answer or an error of the catalogue', () => {
    const word = fc.oneof(
      fc.constantFrom(...LISTS.english, ...LISTS.japanese),
      fc.constantFrom('?', '+', '', '??'),
      fc.string({ unit: letters, maxLength: 9 }),
    )
    const sheet = fc.tuple(fc.array(word, { minLength: 11, maxLength: 25 }), fc.array(word, { maxLength: 9 }))
    fc.assert(
      fc.property(sheet, ([phrase, parity]) => {
        try {
          repair(`${phrase.join(' ')} + ${parity.join(' ')}`)
        } catch (error) {
          if (!isCairnError(error)) throw error
        }
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})
