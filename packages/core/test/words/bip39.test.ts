import { equal, hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { has, LISTS } from '@cairn/core/words/bip39/lists.js'
import {
  check,
  fromEntropy,
  generate,
  LANGUAGES,
  STANDARD_LANGUAGES,
  toEntropy,
  toSeed,
  toSeedUnchecked,
} from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, refusal } from '../refusal.js'
import { slips } from '../slips.js'

const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

describe('phrases and entropy', () => {
  test('are each the inverse of the other, in all languages', () => {
    fc.assert(
      fc.property(entropies, fc.constantFrom(...LANGUAGES), (entropy, language) => {
        const phrase = fromEntropy(entropy, language)
        expect(hex(toEntropy(phrase, language))).toBe(hex(entropy))
        expect(check(phrase).languages).toContain(language)
      }),
      { seed: 39, numRuns: 500 },
    )
  })

  test('each flipped bit of the entropy changes the phrase', () => {
    const entropy = new Uint8Array(32)
    const phrases = Array.from({ length: 256 }, (_, bit) =>
      fromEntropy(entropy.map((byte, i) => (i === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte))),
    )
    expect(new Set([fromEntropy(entropy), ...phrases]).size).toBe(257)
  })

  test('other lengths are refused', () => {
    for (const length of [0, 4, 12, 15, 17, 36, 64])
      expect(codeOf(() => fromEntropy(new Uint8Array(length)))).toBe('entropy-length')
  })

  test('a new phrase has the words that were asked for, and is another one each time', () => {
    for (const words of [12, 15, 18, 21, 24])
      expect(check(generate(words))).toMatchObject({ valid: true, words })
    expect(generate()).not.toBe(generate())
    for (const words of [0, 3, 13, 27, Number.NaN]) expect(codeOf(() => generate(words))).toBe('word-count')
  })

  test('all lists have 2,048 different words in lower case and NFKD', () => {
    for (const language of LANGUAGES) {
      const canonical = LISTS[language].map((word) => word.normalize('NFKD').toLowerCase())
      expect(LISTS[language]).toEqual(canonical)
      expect(new Set(canonical).size).toBe(2048)
    }
  })
})

describe('reading a phrase', () => {
  test('takes upper case, any white space and any normal form', () => {
    expect(toEntropy(`  ${LEGAL.toUpperCase().replaceAll(' ', '\r\n\t')} `)).toEqual(toEntropy(LEGAL))
    for (const language of ['japanese', 'korean', 'french', 'spanish'] as const) {
      const phrase = fromEntropy(unhex('7f'.repeat(16)), language)
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
        expect(hex(toSeed(phrase.normalize(form), 'é'))).toBe(hex(toSeed(phrase, 'e\u0301')))
        expect(check(phrase.normalize(form))).toMatchObject({ valid: true, language })
      }
    }
  })

  test('counts the words', () => {
    for (const words of [1, 11, 13, 14, 16, 23, 25, 99]) {
      const error = refusal(() => toEntropy(Array(words).fill('abandon').join(' ')))
      expect(error.code).toBe('word-count')
      expect(error.details.words).toBe(words)
    }
    expect(codeOf(() => toEntropy(''))).toBe('word-count')
    expect(codeOf(() => toSeedUnchecked('abandon'))).toBe('word-count')
  })

  test('bounds the text before it looks at it', () => {
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, toEntropy, toSeed, toSeedUnchecked])
        expect(codeOf(() => run(text))).toBe('phrase-too-long')
  })

  test('names each unknown word by its place and says how many words are near', () => {
    const phrase = LEGAL.split(' ').with(2, 'thnak').with(11, 'xyzzy').join(' ')
    expect(check(phrase)).toEqual({
      valid: false,
      language: 'english',
      languages: [],
      words: 12,
      problems: [
        { position: 3, code: 'word-unknown', suggestions: 1 },
        { position: 12, code: 'word-unknown', suggestions: 0 },
      ],
    })
    const error = refusal(() => toSeed(phrase))
    expect(error.details).toEqual({ position: 3 })
    expect(`${error.message} ${error.hint} ${error.stack}`).not.toContain('thnak')
  })

  test('tells a wrong checksum from a wrong word', () => {
    const swapped = 'winner legal thank year wave sausage worth useful legal winner thank yellow'
    expect(check(swapped).problems).toEqual([{ position: null, code: 'phrase-checksum', suggestions: 0 }])
    expect(codeOf(() => toSeed(swapped))).toBe('phrase-checksum')
    expect(toSeedUnchecked(swapped)).toHaveLength(64)
  })

  test('knows no language for words of no list', () => {
    const { language, problems } = check(Array(12).fill('xyzzy').join(' '))
    expect(language).toBeNull()
    expect(problems.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('refuses half a surrogate pair in the phrase and in the passphrase', () => {
    expect(codeOf(() => toSeed(LEGAL, 'half \ud83d'))).toBe('passphrase-text')
    expect(codeOf(() => toSeedUnchecked(LEGAL.replace('legal', '\udc00')))).toBe('phrase-unreadable')
  })
})

describe('words of several lists', () => {
  const shared = LISTS.english.filter((word) => has('french', word))

  test('English and French share 100 words, the Chinese lists 1,275 at the same places', () => {
    expect(shared).toHaveLength(100)
    const { chinese_simplified: simplified, chinese_traditional: traditional } = LISTS
    expect(simplified.filter((word) => has('chinese_traditional', word))).toHaveLength(1275)
    expect(simplified.filter((word, i) => traditional[i] === word)).toHaveLength(1275)
  })

  test('all languages that make a valid phrase are named', () => {
    const { languages } = check(fromEntropy(new Uint8Array(16), 'chinese_traditional'))
    expect(languages).toEqual(['chinese_simplified', 'chinese_traditional'])
    expect(toEntropy(fromEntropy(new Uint8Array(16), 'chinese_traditional'))).toEqual(new Uint8Array(16))
  })

  test('a phrase with two meanings is not guessed, and its seed is the same in both', () => {
    const phrase = twoMeanings()
    expect(check(phrase).languages).toEqual(['english', 'french'])
    const error = refusal(() => toEntropy(phrase))
    expect(error.code).toBe('phrase-ambiguous')
    expect(error.details.languages).toBe('english and french')
    expect(toEntropy(phrase, 'english')).not.toEqual(toEntropy(phrase, 'french'))
    expect(toSeed(phrase)).toHaveLength(64)
  })

  test('a language that is named must be the right one', () => {
    expect(refusal(() => toEntropy(LEGAL, 'french')).details).toEqual({ position: 1 })
    expect(codeOf(() => toEntropy('legal', 'french'))).toBe('word-count')
    expect(codeOf(() => toEntropy(Array(12).fill('zoo').join(' '), 'english'))).toBe('phrase-checksum')
  })

  /** Twelve shared words with a valid checksum in both lists: one choice in 256 has it. */
  function twoMeanings(): string {
    for (let i = 0; ; i++) {
      const words = Array.from({ length: 12 }, (_, k) => shared[(i + k * k * (i % 7) + k) % 100] as string)
      if (check(words.join(' ')).languages.length === 2) return words.join(' ')
    }
  }
})

describe('slips of the pen', () => {
  /** The part of slips that give another phrase and no error. */
  function undetected(phrase: string, read: (text: string) => Uint8Array): number {
    let passed = 0
    const runs = 4_000
    const entropy = toEntropy(phrase)
    const slip = (text: readonly string[]) => {
      try {
        if (!equal(read(text.join(' ')), entropy)) passed++
      } catch (error) {
        if (!isCairnError(error)) throw error
      }
    }
    fc.assert(fc.property(slips(phrase.split(' '), LISTS.english), slip), { seed: 39, numRuns: runs })
    return passed / runs
  }

  test('pass no more often than the 4 or 8 bits of the checksum let them', () => {
    expect(undetected(LEGAL, toEntropy)).toBeLessThan(1 / 16)
    expect(undetected(fromEntropy(unhex('7f'.repeat(32))), toEntropy)).toBeLessThan(1 / 256)
  })

  test('a reader that does not compare the checksum would be noticed', () => {
    const unchecked = (text: string) => {
      const rest = check(text).problems.filter(({ code }) => code !== 'phrase-checksum')
      return rest.length > 0 ? toEntropy(text) : new Uint8Array(16)
    }
    expect(undetected(LEGAL, unchecked)).toBeGreaterThan(1 / 16)
  })

  test('hostile text meets catalogued errors only, and none of them quotes it', () => {
    const word = fc.oneof(fc.constantFrom(...LISTS.english), fc.string(), fc.string({ unit: 'binary' }))
    const texts = fc.array(word, { maxLength: 30 }).map((list) => list.join(' '))
    fc.assert(
      fc.property(texts, (text) => {
        expect(check(text).valid).toBe(check(text).problems.length === 0)
        try {
          toEntropy(text)
        } catch (error) {
          if (!isCairnError(error)) throw error
          for (const part of text.split(/\s+/).filter((part) => part.length > 10))
            expect(`${error.message} ${error.hint}`).not.toContain(part)
        }
      }),
      { seed: 39, numRuns: 400 },
    )
  })
})

describe('the lists that the BIP does not have', () => {
  test.each([
    ['russian', '6d2a988436ed390df3264d4bf52a3b9383d71f7d0f89aca80275ee1e96562f24'],
    ['turkish', '3444e619f0dc452ef7a230f151bbcaa2c011ba54914d4c9a0a857a258d6ec5f7'],
  ] as const)('%s is the one of python-mnemonic, by its hash', (language, hash) => {
    expect(hex(sha256(utf8(`${LISTS[language].join('\n')}\n`)))).toBe(hash)
  })

  test('are read and not made', () => {
    expect(STANDARD_LANGUAGES).toEqual(LANGUAGES.filter((name) => name !== 'russian' && name !== 'turkish'))
    const phrase = fromEntropy(unhex('7f'.repeat(16)), 'russian')
    expect(checkPhrase(phrase)).toMatchObject({ valid: true, kind: 'bip39', language: 'russian', also: [] })
  })
})
