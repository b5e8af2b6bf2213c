import { hex, utf8 } from '@cairn/core/bytes.js'
import { LANGUAGES as BIP39, has } from '@cairn/core/words/bip39/lists.js'
import { LANGUAGES, LISTS } from '@cairn/core/words/monero/lists.js'
import {
  check,
  fromEntropy,
  generate,
  generateWith,
  MONERO_LANGUAGES,
  readings,
  toEntropy,
} from '@cairn/core/words/monero.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { MONERO_VECTORS } from '../fixtures/monero.js'
import { codeOf, refusal } from '../refusal.js'

/** Of the words, each with a newline behind it, as src/mnemonics/*.h of Monero 0.18 has them. */
const HASHES: Readonly<Record<string, string>> = {
  chinese_simplified: 'd0b846b2036f55182892d98c2410996c399ed3aee5be2d6cbfaf594e599dd522',
  english: 'eaa6bce7dd92f4d6dd74f224264e0ef4ad21095d68ec77616b26ceb599baf4f7',
  dutch: '9b2005b2c4d95360361949c7f5b43ef6a021d3ce31f01f6101a24d93540e790a',
  french: 'b17376bb1341cc32b8a7088d23c0dba3b25743c167f4e4f3d8062946ffd93e87',
  spanish: '05da8a20ae4a5af8fc1bd02d20d1282cf72ce1a6c98b9be60b1eff4c79d424fb',
  german: 'e1e6653cf418e0a392a5cd34160a8cdacb5dfce8edbac0e124fba8d7daff1f69',
  italian: 'aea041cbb43e8e3b817b48b64001df3e28949002d99c920a8a46231319bcc121',
  portuguese: '9099aaa5470c568ca91f0040222760af55720ddc3f3a6f9e1736d4c2dd9247da',
  japanese: '0e879f11f3806e6b25738598cfec6f372364af7fb8c59b4874d7a406f6b0fee7',
  russian: 'fd225689dda9d342acae6bd58ecbdba3274ded07d89936ce979a95f6d60c64ea',
  esperanto: 'aa53b9b2af6586e8df69bcf04b17af4f06cac9e7ad20420d45b265f9aa18b32d',
  lojban: '19c3f71b26c808bbe9ed7ab944ac1c8b1f11307f96d27d01874c093520c972f9',
  english_old: 'c8da327d316f8ee758b790068e618077ac271a89fd77ec1250c59ae40e7b599e',
}

const ENGLISH = MONERO_VECTORS.find(({ language }) => language === 'english')?.phrase as string
const entropies = fc.uint8Array({ minLength: 32, maxLength: 32 })
const languages = fc.constantFrom(...MONERO_LANGUAGES)
const without = (phrase: string, count: number) => phrase.split(' ').slice(0, count).join(' ')

describe('the lists of Monero', () => {
  test.each(LANGUAGES)('%s is the one of Monero, by its hash', (language) => {
    const { words } = LISTS[language]
    expect(words).toHaveLength(1626)
    expect(hex(sha256(utf8(words.map((word) => `${word}\n`).join(''))))).toBe(HASHES[language])
  })

  test.each(MONERO_LANGUAGES)('each word of %s is known by its prefix', (language) => {
    const { words, prefix } = LISTS[language]
    expect(new Set(words.map((word) => Array.from(word).slice(0, prefix).join(''))).size).toBe(1626)
  })
})

describe('phrases of Monero', () => {
  test('and their bytes are each the inverse of the other', () => {
    fc.assert(
      fc.property(entropies, languages, (entropy, language) => {
        const phrase = fromEntropy(entropy, language)
        expect(toEntropy(phrase)).toEqual(entropy)
        expect(toEntropy(without(phrase, 24))).toEqual(entropy)
        expect(check(phrase)).toMatchObject({ valid: true, language, words: 25, problems: [] })
      }),
      { seed: 2014, numRuns: 100 },
    )
  })

  test('of 24 words in old English are read', () => {
    fc.assert(
      fc.property(entropies, (entropy) => {
        const phrase = without(fromEntropy(entropy, 'english_old'), 24)
        expect(toEntropy(phrase)).toEqual(entropy)
        expect(check(phrase).language).toBe('english_old')
      }),
      { seed: 2014, numRuns: 30 },
    )
  })

  test('are made of a private key below the order, of which each drawn bit counts', () => {
    const made = generateWith('english', stream(3).draw)
    const flips = Array.from({ length: 256 }, (_, bit) => generateWith('english', stream(3, bit).draw))
    expect(new Set([made, ...flips]).size).toBe(257)
    for (const phrase of flips) expect(toEntropy(phrase)[31]).toBeLessThanOrEqual(0x10)
    expect(generate()).not.toBe(generate())
    expect(check(generate('lojban'))).toMatchObject({ valid: true, language: 'lojban' })
  })

  test('with the checksum are known by the first letters of their words', () => {
    for (const { language, phrase, entropy } of MONERO_VECTORS) {
      const { prefix } = LISTS[language]
      const short = phrase.split(' ').map((word) => Array.from(word).slice(0, prefix).join(''))
      expect(hex(toEntropy(short.join(' ')))).toBe(entropy)
    }
    const short = without(ENGLISH, 24).replace('vials', 'via')
    expect(check(short).problems).toMatchObject([{ position: 1, code: 'word-unknown' }])
  })

  test('are taken in capitals, decomposed, and with any white space', () => {
    for (const { phrase, entropy } of MONERO_VECTORS) {
      const other = `\n${phrase.toUpperCase().normalize('NFD').replaceAll(' ', '\u3000\t')} `
      expect(hex(toEntropy(other))).toBe(entropy)
    }
  })

  test.each(['chinese_simplified', 'japanese', 'spanish', 'french', 'english'] as const)(
    'in %s are recognised by their checksum only when BIP-39 has all of the words, too',
    (language) => {
      const phrase = fromEntropy(new Uint8Array(32), language)
      const shared = LISTS[language].words.find((word) =>
        BIP39.some((list) => has(list, word.normalize('NFKD'))),
      )
      const words = phrase.replaceAll(phrase.split(' ')[0] as string, shared as string)
      expect(readings(words)).toMatchObject([{ kind: 'monero', problems: [] }])
      expect(check(without(words, 24)).valid).toBe(true)
      expect(readings(without(words, 24))).toEqual([])
      const other = LISTS[language].words.find(
        (word) => !BIP39.some((list) => has(list, word.normalize('NFKD'))),
      )
      const own = without(words, 24).replace(shared as string, other as string)
      expect(readings(own)[0]).toMatchObject({ kind: 'monero', language })
    },
  )

  test('in Portuguese are not taken for the English whose first letters they share', () => {
    // Monero, tests/unit_tests/mnemonics.cpp: every word has a prefix that is in the English list too.
    const words =
      'cinzento luxuriante leonardo gnostico digressao cupula fifa broxar iniquo louvor ovario dorsal ' +
      'ideologo besuntar decurso rosto susto lemure unheiro pagodeiro nitroglicerina eclusa mazurca bigorna'
    expect(check(words).language).toBe('portuguese')
    expect(check(`${words} gnostico`)).toMatchObject({ valid: true, languages: ['portuguese'] })
    expect(check(`${words} fifa`)).toMatchObject({ valid: false, language: 'portuguese' })
  })
})

describe('a phrase of Monero that is wrong', () => {
  test('names each word that is not in the list', () => {
    const slip = ENGLISH.replace('gulp', 'gzlp').replace('dawn', 'xyzzy')
    expect(check(slip).problems).toEqual([
      { position: 3, code: 'word-unknown', suggestions: 1 },
      { position: 23, code: 'word-unknown', suggestions: 0 },
    ])
    const error = refusal(() => toEntropy(slip))
    expect(error.details).toEqual({ position: 3 })
    expect(error.message).not.toContain('gzlp')
  })

  test('has another number of words', () => {
    for (const count of [1, 12, 13, 23]) {
      expect(check(without(ENGLISH, count)).problems.map(({ code }) => code)).toEqual(['word-count'])
      expect(codeOf(() => toEntropy(without(ENGLISH, count)))).toBe('word-count')
    }
    expect(codeOf(() => toEntropy(''))).toBe('word-count')
    expect(codeOf(() => toEntropy(`${ENGLISH} getting`))).toBe('word-count')
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, toEntropy]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
  })

  test('has another checksum word in 23 cases of 24', () => {
    const words = ENGLISH.split(' ')
    const passing = words.slice(0, 24).filter((word) => check([...words.slice(0, 24), word].join(' ')).valid)
    expect(passing).toEqual(['getting'])
    expect(codeOf(() => toEntropy(`${without(ENGLISH, 24)} vials`))).toBe('phrase-checksum')
  })

  test('has three words that stand for more than 32 bits', () => {
    const { words } = LISTS.english
    const most = [words[1625], words[1624], words[1623]].join(' ')
    const text = Array(8).fill(most).join(' ')
    expect(check(text).problems.map(({ code }) => code)).toEqual(['phrase-checksum'])
    expect(codeOf(() => toEntropy(text))).toBe('phrase-checksum')
  })

  test('is read in a list that is named, or refused', () => {
    expect(toEntropy(ENGLISH, 'english')).toEqual(toEntropy(ENGLISH))
    expect(codeOf(() => toEntropy(ENGLISH, 'russian'))).toBe('word-unknown')
  })

  test('is no phrase of Monero when no list has any of its words', () => {
    expect(readings('xyzzy plugh')).toEqual([])
    expect(readings('')).toEqual([])
    expect(codeOf(() => toEntropy('xyzzy '.repeat(25)))).toBe('word-unknown')
    expect(codeOf(() => fromEntropy(new Uint8Array(31)))).toBe('entropy-length')
  })
})
