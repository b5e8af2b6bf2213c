import { ERRORS, isCairnError } from '@cairn/core/errors.js'
import { makeWith as makeAezeedWith } from '@cairn/core/words/aezeed.js'
import { has, LISTS } from '@cairn/core/words/bip39/lists.js'
import { readings as bip39, fromEntropy, LANGUAGES } from '@cairn/core/words/bip39.js'
import { checkPhrase, type PhraseReport } from '@cairn/core/words/check.js'
import { seedType } from '@cairn/core/words/electrum.js'
import { WORDS as OLD_WORDS } from '@cairn/core/words/electrum-old/words.js'
import { KINDS } from '@cairn/core/words/kinds.js'
import { WORDS as SHARE_WORDS } from '@cairn/core/words/slip39/words.js'
import { splitWith } from '@cairn/core/words/slip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { codeOf } from '../refusal.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'
const OLD = 'powerful random nobody notice nothing important anyway look away hidden message over'
const plan = { secret: new Uint8Array(16), groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }
const [[SHARE]] = splitWith({ ...plan, iterationExponent: 0 }, stream(1).draw) as [[string]]

describe('what a phrase is', () => {
  test.each([
    ['bip39', 'english', LEGAL, 12],
    ['slip39', 'english', SHARE, 20],
    ['electrum', 'english', SEGWIT, 12],
    ['electrum-old', 'english', OLD, 12],
    ['electrum-old', null, '0123456789abcdef0123456789abcdef', 1],
  ])('%s, %s', (kind, language, text, words) => {
    expect(checkPhrase(text)).toEqual({ valid: true, kind, language, words, problems: [], also: [] })
  })

  test('every language of BIP-39', () => {
    for (const language of LANGUAGES) {
      const report = checkPhrase(fromEntropy(new Uint8Array(32).fill(0x5a), language))
      expect(report).toMatchObject({ valid: true, kind: 'bip39', words: 24 })
      expect([report.language, ...report.also.map((fit) => fit.language)]).toContain(language)
    }
  })

  test('every reading in which it is valid', () => {
    const both = searchPhrase((phrase) => seedType(phrase) !== null)
    expect(checkPhrase(both)).toMatchObject({
      valid: true,
      kind: 'bip39',
      language: 'english',
      also: [{ kind: 'electrum', language: 'english' }],
    })
    // one aezeed phrase in 256 has the checksum of BIP-39, and one in 190 a version of Electrum
    for (const kind of ['bip39', 'electrum'] as const)
      expect(checkPhrase(aezeedThatIs(kind))).toMatchObject({
        valid: true,
        kind: 'aezeed',
        also: expect.arrayContaining([{ kind, language: 'english' }]),
      })
    const chinese = checkPhrase(fromEntropy(new Uint8Array(16), 'chinese_traditional'))
    expect(chinese.also).toEqual([{ kind: 'bip39', language: 'chinese_traditional' }])
    const four = Array(12).fill('just').join(' ')
    expect(checkPhrase(four).also).not.toContainEqual({ kind: 'bip39', language: 'english' })
  })
})

describe('what is wrong with a phrase', () => {
  test.each(['abandon', 'zoo'])(
    'a phrase of BIP-39 with a wrong checksum is none of another kind: %s',
    (word) => {
      for (const count of [12, 24]) {
        const report = checkPhrase(Array(count).fill(word).join(' '))
        expect(report).toMatchObject({ valid: false, kind: 'bip39', problems: [{ code: 'phrase-checksum' }] })
      }
    },
  )

  const problems = (text: string) => {
    const { kind, valid, problems: found } = checkPhrase(text)
    return {
      kind,
      valid,
      found: found.map(({ position, code, suggestions }) => [position, code, suggestions]),
    }
  }

  test('a miswritten word, in each kind', () => {
    expect(problems(LEGAL.replace('sausage', 'sausege'))).toEqual({
      kind: 'bip39',
      valid: false,
      found: [[6, 'word-unknown', 1]],
    })
    const words = SHARE.split(' ')
    const slip = words.with(18, `${words[18]}q`).join(' ')
    expect(problems(slip)).toEqual({ kind: 'slip39', valid: false, found: [[19, 'word-unknown', 1]] })
    expect(problems(OLD.replace('nobody', 'nobodi'))).toEqual({
      kind: 'electrum-old',
      valid: false,
      found: [[3, 'word-unknown', 1]],
    })
  })

  test('a wrong checksum', () => {
    expect(problems(LEGAL.replace('winner', 'legal'))).toEqual({
      kind: 'bip39',
      valid: false,
      found: [[null, 'phrase-checksum', 0]],
    })
    const words = SHARE.split(' ')
    const swapped = words.with(8, words[9] as string).with(9, words[8] as string)
    expect(problems(swapped.join(' '))).toEqual({
      kind: 'slip39',
      valid: false,
      found: [[null, 'share-checksum', 0]],
    })
  })

  test('words of two lists are taken for the kind whose length they have', () => {
    const both = SHARE_WORDS.filter((word) => has('english', word))
    expect(problems(both.slice(0, 20).join(' '))).toMatchObject({ kind: 'slip39', valid: false })
    expect(problems(both.slice(0, 13).join(' '))).toMatchObject({ kind: 'bip39', valid: false })
  })

  test('a word too few or too many', () => {
    expect(problems(LEGAL.replace(' yellow', '')).found).toEqual([[null, 'word-count', 0]])
    expect(problems(`${LEGAL} yellow`)).toMatchObject({ kind: 'bip39', found: [[null, 'word-count', 0]] })
    expect(problems(`${SHARE} academic`)).toMatchObject({
      kind: 'slip39',
      found: [[null, 'share-length', 0]],
    })
  })

  test('a text that is none', () => {
    for (const text of [
      '',
      ' ',
      'not a seed',
      'xyzzy',
      '的的的',
      '\ud83d',
      'g'.repeat(64),
      `${'lorem ipsum '.repeat(6)}`,
    ])
      expect(problems(text)).toEqual({
        kind: 'unknown',
        valid: false,
        found: [[null, 'phrase-unreadable', 0]],
      })
  })

  test('a text that is too long', () => {
    for (const text of ['a'.repeat(10_001), 'zoo '.repeat(101), '字'.repeat(10_001)])
      expect(codeOf(() => checkPhrase(text))).toBe('phrase-too-long')
    expect(checkPhrase('zoo '.repeat(100)).words).toBe(100)
  })
})

test('a report of any text says numbers and words of the catalogue only', () => {
  const lists = fc.constantFrom(LISTS.english, LISTS.french, LISTS.japanese, SHARE_WORDS, OLD_WORDS)
  const odd = fc.oneof(fc.string(), fc.string({ unit: 'binary' }))
  const texts = lists.chain((list) =>
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...list) }, odd), { maxLength: 40 }),
  )
  fc.assert(
    fc.property(texts, (words) => {
      const report = reportOf(words.join(' '))
      if (!report) return
      expect(report.valid).toBe(report.problems.length === 0)
      for (const text of textsIn(report)) expect(VOCABULARY).toContain(text)
    }),
    { seed: 3, numRuns: 400 },
  )
})

const VOCABULARY = [...KINDS.map(({ kind }) => kind), 'unknown', ...LANGUAGES, ...Object.keys(ERRORS)]

/** Null where the text is refused with a message that has nothing to fill in. */
function reportOf(text: string): PhraseReport | null {
  try {
    return checkPhrase(text)
  } catch (error) {
    if (!isCairnError(error, 'phrase-too-long')) throw error
    expect(error.details).toEqual({})
    return null
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The first phrase of a fixed row of entropies that has the property. */
function aezeedThatIs(other: 'bip39' | 'electrum'): string {
  for (let i = 0; ; i++) {
    const phrase = makeAezeedWith({ now: Date.UTC(2026, 0), passphrase: '', n: 16 }, stream(i).draw)
    const isBip39 = bip39(phrase).some(({ problems }) => problems.length === 0)
    if (other === 'bip39' ? isBip39 : seedType(phrase) !== null) return phrase
  }
}

function searchPhrase(has: (phrase: string) => boolean): string {
  for (let i = 0; ; i++) {
    const phrase = fromEntropy(stream(i).draw(16))
    if (has(phrase)) return phrase
  }
}
