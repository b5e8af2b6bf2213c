import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { phraseAccounts } from '@cairn/core/keys/accounts.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { parsePhrase } from '@cairn/core/words/phrase.js'
import { LANGUAGES, LISTS } from '@cairn/core/words/polyseed/lists.js'
import {
  birthdayOf,
  check,
  crypt,
  formatPolyseed,
  generate,
  generateWith,
  isEncrypted,
  type Polyseed,
  parsePolyseed,
  toKey,
} from '@cairn/core/words/polyseed.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { POLYSEED_ADDRESS, POLYSEED_AMBIGUOUS, POLYSEED_KEY, POLYSEED_VECTORS } from '../fixtures/polyseed.js'
import { codeOf, refusal } from '../refusal.js'

const MONTH = 2_629_746
const [ENGLISH = '', SPANISH = ''] = POLYSEED_VECTORS.map(({ phrase }) => phrase)

const seeds: fc.Arbitrary<Polyseed> = fc.record({
  secret: fc.uint8Array({ minLength: 19, maxLength: 19 }).map((bytes) => {
    bytes[18] = (bytes[18] as number) & 0x3f
    return bytes
  }),
  birthday: fc.nat(1_023),
  features: fc.nat(31),
  coin: fc.constantFrom('monero' as const, 'aeon' as const, 'wownero' as const),
})

/** Of the words in NFKD, each with a newline behind it, as src/lang_*.c have them; the others are those of BIP-39. */
const HASHES = {
  japanese: '438b4d19c4af485650822ae0d08855090a6812e2a2ed6fb793583ae90f3e6248',
  spanish: '31e589970a7490b1d62534c57b97b65b7d8ec7e7fcdad4830af1e324ed387c52',
  czech: '195136b3ba0f3099a9df625e0963f4efb56625b91c3a76bc5b4a9466a26880f7',
} as const

describe('polyseed', () => {
  test.each(POLYSEED_VECTORS)('in $language', ({ language, phrase, secret, made }) => {
    expect(checkPhrase(phrase)).toMatchObject({ valid: true, kind: 'polyseed', language, words: 16 })
    const seed = parsePolyseed(phrase)
    expect(hex(seed.secret)).toBe(secret)
    expect(seed).toMatchObject({ features: 0, coin: 'monero' })
    expect(birthdayOf(seed)).toBeLessThanOrEqual(made)
    expect(birthdayOf(seed)).toBeGreaterThan(made - MONTH)
    expect(formatPolyseed(seed, language)).toBe(phrase.normalize('NFC'))
    expect(generateWith({ language, now: made }, () => unhex(secret))).toBe(phrase.normalize('NFC'))
  })

  test('has a vector in every language', () => {
    expect(new Set(POLYSEED_VECTORS.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
  })

  test.each(Object.entries(HASHES))('has its %s words in the order of the library', (language, hash) => {
    const { words } = LISTS[language as keyof typeof HASHES]
    expect(hex(sha256(utf8(words.map((word) => `${word}\n`).join(''))))).toBe(hash)
  })

  test('leads to the key and the address of other wallets', () => {
    expect(hex(toKey(parsePolyseed(POLYSEED_KEY.phrase)))).toBe(POLYSEED_KEY.key)
    const { accounts, fingerprint } = phraseAccounts(parsePhrase(ENGLISH), '', { count: 1 })
    expect(fingerprint).toBeNull()
    expect(accounts).toMatchObject([{ chain: 'monero', addresses: [POLYSEED_ADDRESS] }])
  })

  test('and its data are each the inverse of the other', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...LANGUAGES), (seed, language) => {
        const phrase = formatPolyseed(seed, language)
        const { coin } = seed
        expect(parsePolyseed(phrase, { language, coin })).toEqual(seed)
        expect(check(phrase, { coin }).languages).toContain(language)
      }),
      { seed: 16, numRuns: 300 },
    )
  })

  test('is made of 150 random bits, of which each counts, and of the month', () => {
    const make = (flip?: number) => generateWith({ now: 1_700_000_000 }, stream(3, flip).draw)
    const flips = Array.from({ length: 152 }, (_, bit) => make(bit))
    // The two highest bits of the last byte are not used.
    expect(flips.filter((phrase) => phrase === make())).toHaveLength(2)
    expect(new Set(flips).size).toBe(151)
    const born = (now: number) => parsePolyseed(generate({ now })).birthday
    expect([0, 1_635_768_000, 1_635_768_000 + MONTH].map(born)).toEqual([0, 0, 1])
    expect(generate({ now: 1_700_000_000 })).not.toBe(generate({ now: 1_700_000_000 }))
  })
})

describe('the words of a polyseed', () => {
  const data = ({ secret, birthday }: Polyseed) => [hex(secret), birthday]

  test('may be cut off after four letters, and in French and Spanish have no accents', () => {
    const short = 'rave tail swea infan grie assi regul lamp duck vali some litt hars pupp airp langua'
    expect(parsePolyseed(short)).toEqual(parsePolyseed(ENGLISH))
    const bare = 'eje fin part cele tabu pest lien puma pris hora rega leng exis lapi lote sono'
    expect(data(parsePolyseed(bare))).toEqual(data(parsePolyseed(SPANISH)))
    expect(parsePolyseed(`\n${SPANISH.toUpperCase().replaceAll(' ', '\u3000')}`)).toEqual(
      parsePolyseed(SPANISH),
    )
  })

  test('may not be shorter, nor go on otherwise', () => {
    const wrong = [
      ENGLISH.replace('raven', 'ravexxx'),
      ENGLISH.replace('infant', 'infantile'),
      SPANISH.replace('tabú', 'tab'),
    ]
    expect(wrong.map((text) => check(text).problems.map(({ code }) => code))).toEqual([
      ['word-unknown'],
      ['word-unknown'],
      ['word-unknown'],
    ])
    const error = refusal(() => parsePolyseed(wrong[1] as string))
    expect(error.details).toEqual({ position: 4 })
    expect(error.message).not.toContain('infantile')
  })

  test('are sixteen', () => {
    for (const count of [0, 1, 12, 15]) {
      const text = ENGLISH.split(' ').slice(0, count).join(' ')
      expect(codeOf(() => parsePolyseed(text))).toBe('word-count')
      expect(check(text).problems).toContainEqual({ position: null, code: 'word-count', suggestions: 0 })
    }
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, parsePolyseed]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
    // A BIP-39 phrase with a word cut off is a damaged BIP-39 phrase and no polyseed of another length.
    const cut = fromEntropy(new Uint8Array(16).fill(0x7f)).replace('winner', 'winn')
    expect(checkPhrase(cut)).toMatchObject({ kind: 'bip39', valid: false })
  })

  test('of two lists at once are of the one whose checksum is right', () => {
    // The checksum is that of Spanish; of the English words it would be another one.
    expect(check(POLYSEED_AMBIGUOUS).languages).toEqual(['spanish'])
    expect(parsePolyseed(POLYSEED_AMBIGUOUS)).toEqual(
      parsePolyseed(POLYSEED_AMBIGUOUS, { language: 'spanish' }),
    )
    const read = (language: 'english' | 'italian') => () => parsePolyseed(POLYSEED_AMBIGUOUS, { language })
    expect(codeOf(read('english'))).toBe('phrase-checksum')
    expect(codeOf(read('italian'))).toBe('word-unknown')
  })

  test('are known to be wrong when any one is another word', () => {
    const words = ENGLISH.split(' ')
    fc.assert(
      fc.property(fc.nat(15), fc.constantFrom(...LISTS.english.words), (at, word) => {
        if (word === words[at]) return
        expect(codeOf(() => parsePolyseed(words.with(at, word).join(' ')))).toBe('phrase-checksum')
      }),
      { seed: 16, numRuns: 500 },
    )
  })
})

describe('what a polyseed is for', () => {
  const plain = parsePolyseed(ENGLISH)

  test('another coin has another phrase and another key', () => {
    const phrase = formatPolyseed({ ...plain, coin: 'aeon' })
    expect(codeOf(() => parsePolyseed(phrase))).toBe('phrase-checksum')
    const other = parsePolyseed(phrase, { coin: 'aeon' })
    expect(other).toEqual({ ...plain, coin: 'aeon' })
    expect(phrase.split(' ').filter((word, i) => word !== ENGLISH.split(' ')[i])).toHaveLength(1)
    expect(toKey(other)).not.toEqual(toKey(plain))
  })

  test('encrypted, it needs its passphrase and is marked', () => {
    const sealed = crypt(plain, 'pässword')
    expect(isEncrypted(sealed)).toBe(true)
    expect(crypt(parsePolyseed(formatPolyseed(sealed)), 'pa\u0308ssword')).toEqual(plain)
    expect(toKey(sealed, 'pässword')).toEqual(toKey(plain))
    expect(toKey(sealed, 'password')).not.toEqual(toKey(plain))
    expect(codeOf(() => toKey(sealed))).toBe('usage')
    expect(codeOf(() => toKey(plain, 'x'))).toBe('usage')
    expect(codeOf(() => crypt(plain, '\ud800'))).toBe('passphrase-text')
  })

  test('features that nobody knows are no reason to open another wallet', () => {
    for (const features of [1, 2, 4, 8])
      expect(codeOf(() => toKey({ ...plain, features }))).toBe('phrase-unsupported')
  })
})
