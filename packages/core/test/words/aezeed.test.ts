import { hex, unhex } from '@cairn/core/bytes.js'
import {
  type Aezeed,
  birthdayAt,
  changePassphrase,
  check,
  decode,
  encode,
  encodeWith,
  make,
  makeWith,
  parse,
  readings,
} from '@cairn/core/words/aezeed.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../draws.js'
import { AEZEED_VECTORS } from '../fixtures/aezeed.js'
import { codeOf, refusal } from '../refusal.js'

const [{ phrase: PHRASE, entropy: ENTROPY }] = AEZEED_VECTORS as unknown as [(typeof AEZEED_VECTORS)[number]]
const SEED: Aezeed = { version: 0, birthday: '2018-03-22', entropy: unhex(ENTROPY) }
const SALT = new Uint8Array(5)
/** With checksum, of version 44. */
const OTHER_VERSION =
  'clown abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon fiber cloth slim'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const seeds = fc.record({
  version: fc.nat(255),
  birthday: fc.nat(65_535).map((days) => new Date(Date.UTC(2009, 0, 3 + days)).toISOString().slice(0, 10)),
  entropy: bytes(16),
})

describe('an aezeed phrase', () => {
  test('gives back every seed that was written, and no other with another passphrase', () => {
    fc.assert(
      fc.property(seeds, bytes(5), fc.string({ minLength: 1 }), (seed, salt, passphrase) => {
        const phrase = encodeWith(seed, { passphrase, salt, n: 16 })
        expect(check(phrase).valid).toBe(true)
        expect(decode(phrase, passphrase, 16)).toEqual(seed)
        expect(codeOf(() => decode(phrase, `${passphrase} `, 16))).toBe('aezeed-passphrase')
      }),
      { seed: 773, numRuns: 200 },
    )
  })

  test('tells a wrong checksum, version and passphrase apart', () => {
    const swapped = PHRASE.replace('liquid travel', 'travel liquid')
    expect(codeOf(() => decode(swapped, '', 16))).toBe('phrase-checksum')
    expect(codeOf(() => decode(OTHER_VERSION, '', 16))).toBe('aezeed-version')
    expect(codeOf(() => decode(PHRASE, 'aezeed ', 16))).toBe('aezeed-passphrase')
    expect(hex(decode(PHRASE, 'aezeed', 16).entropy)).toBe(ENTROPY)
  })

  test('with any one word replaced has a wrong checksum', () => {
    const words = PHRASE.split(' ')
    for (let i = 0; i < 24; i++)
      expect(check(words.with(i, words[i] === 'zoo' ? 'zone' : 'zoo').join(' ')).problems).toEqual([
        { position: null, code: 'phrase-checksum', suggestions: 0 },
      ])
  })

  test('names each word that is not in the list, and a wrong number of words', () => {
    const slip = PHRASE.replace('travel', 'travle').replace('royal', 'xyzzy')
    expect(check(slip).problems).toEqual([
      { position: 3, code: 'word-unknown', suggestions: 1 },
      { position: 24, code: 'word-unknown', suggestions: 0 },
    ])
    const error = refusal(() => parse(slip))
    expect([error.code, error.details]).toEqual(['word-unknown', { position: 3 }])
    expect(error.message + error.hint).not.toContain('travle')
    expect(codeOf(() => parse(PHRASE.replace(' royal', '')))).toBe('word-count')
    expect(codeOf(() => parse('a '.repeat(101)))).toBe('phrase-too-long')
    expect(codeOf(() => decode(PHRASE, '\ud83d', 16))).toBe('passphrase-text')
  })

  test('is taken in capitals and with any white space', () => {
    expect(hex(decode(`\n${PHRASE.toUpperCase().replaceAll(' ', '\t ')}`, '', 16).entropy)).toBe(ENTROPY)
  })

  test('is recognised by itself, and leads to the wallet', () => {
    expect(checkPhrase(PHRASE)).toEqual({
      valid: true,
      kind: 'aezeed',
      language: 'english',
      words: 24,
      problems: [],
      also: [],
    })
    expect(readings(PHRASE)).toHaveLength(1)
    expect(readings(OTHER_VERSION)[0]?.problems).toEqual([
      { position: null, code: 'aezeed-version', suggestions: 0 },
    ])
    const phrase = encodeWith(SEED, { passphrase: 'test', salt: SALT })
    expect(hex(phraseSeed(parsePhrase(phrase), 'test'))).toBe(ENTROPY)
    expect(codeOf(() => phraseSeed(parsePhrase(phrase)))).toBe('aezeed-passphrase')
  })
})

describe('a new aezeed phrase', () => {
  test('takes entropy and salt from the draw as LND does', () => {
    const source = unhex(`${ENTROPY}73616c7431`)
    const draw = (length: number) => (length === 16 ? source.slice(0, 16) : source.slice(16))
    expect(makeWith({ now: 1_231_006_505_000, passphrase: '', n: 16 }, draw)).toBe(PHRASE)
  })

  test('has the day it was made, or the one before, as its birthday', () => {
    expect(birthdayAt(1_231_006_505_000)).toBe('2009-01-03')
    expect(birthdayAt(Date.UTC(2018, 2, 23, 10, 2))).toBe('2018-03-22')
    expect(birthdayAt(Date.UTC(2018, 2, 23, 18, 16))).toBe('2018-03-23')
    expect(decode(make(Date.UTC(2026, 0, 1))).birthday).toBe('2025-12-31')
  })

  test('depends on every bit that is drawn', () => {
    const made = (flipped: number | null) =>
      makeWith({ now: Date.UTC(2026, 0, 1), passphrase: '', n: 16 }, stream(1, flipped).draw)
    const all = new Set([null, ...Array.from({ length: 21 * 8 }, (_, i) => i)].map(made))
    expect(all.size).toBe(21 * 8 + 1)
  })

  test('has other words each time, and after a change of the passphrase', () => {
    const phrase = encode(SEED, 'old')
    expect(encode(SEED, 'old')).not.toBe(phrase)
    const changed = changePassphrase(phrase, 'old', 'new')
    expect(decode(changed, 'new')).toEqual(SEED)
    expect(decode(phrase, 'old')).toEqual(SEED)
    expect(codeOf(() => decode(changed, 'old'))).toBe('aezeed-passphrase')
    expect(codeOf(() => changePassphrase(phrase, 'other', 'new'))).toBe('aezeed-passphrase')
  })

  test('is refused where it could not be written', () => {
    const write = (change: Partial<Aezeed>) => () =>
      encodeWith({ ...SEED, ...change }, { passphrase: '', salt: SALT, n: 16 })
    for (const birthday of ['2009-01-02', '2188-06-09', '2018-02-30', '2018-3-22', '', 'yesterday'])
      expect(codeOf(write({ birthday }))).toBe('usage')
    for (const version of [-1, 256, 0.5]) expect(codeOf(write({ version }))).toBe('usage')
    expect(codeOf(write({ entropy: new Uint8Array(32) }))).toBe('entropy-length')
    for (const now of [0, Date.UTC(2189, 0), Number.NaN]) expect(codeOf(() => birthdayAt(now))).toBe('usage')
  })
})
