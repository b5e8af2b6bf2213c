import { hex, unhex } from '@cairn/core/bytes.js'
import { fromEntropy, toSeed } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import {
  check,
  decode,
  decodeCompact,
  encode,
  encodeCompact,
  parseCompactHex,
  readings,
} from '@cairn/core/words/seedqr.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEEDQR_VECTORS } from '../fixtures/seedqr.js'
import { codeOf, refusal } from '../refusal.js'

const { phrase: PHRASE, digits: DIGITS, compact: COMPACT } = SEEDQR_VECTORS[3]
const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

describe('a SeedQR', () => {
  test('gives back every phrase, as digits and as bytes', () => {
    fc.assert(
      fc.property(entropies, (entropy) => {
        const phrase = fromEntropy(entropy)
        expect(decode(encode(phrase))).toBe(phrase)
        expect(decodeCompact(encodeCompact(phrase))).toBe(phrase)
        expect(check(encode(phrase)).valid).toBe(true)
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  test('is read in groups and lines', () => {
    expect(decode(`\n${DIGITS.replace(/(.{4})/g, '$1 ').replace(' ', '\n')}`)).toBe(PHRASE)
  })

  test('says what is wrong, by the place of the word', () => {
    const problems = (text: string) => check(text).problems.map(({ code, position }) => [code, position])
    expect(problems(DIGITS.replace('1895', '2048'))).toEqual([['word-unknown', 2]])
    expect(problems(DIGITS.replace('1895', '1896'))).toEqual([['phrase-checksum', null]])
    expect(problems(DIGITS.slice(1))).toEqual([['seedqr-length', null]])
    expect(problems(DIGITS.slice(4))).toEqual([['seedqr-length', null]])
    const error = refusal(() => decode(DIGITS.replace('1895', '9999')))
    expect([error.code, error.details]).toEqual(['word-unknown', { position: 2 }])
    for (const text of ['', DIGITS.replace('0', 'o'), PHRASE]) {
      expect(codeOf(() => decode(text))).toBe('phrase-unreadable')
      expect(codeOf(() => check(text))).toBe('phrase-unreadable')
    }
    expect(codeOf(() => decode('1'.repeat(10_001)))).toBe('phrase-too-long')
  })

  test('is recognised by itself, and leads to the wallet of its phrase', () => {
    expect(checkPhrase(DIGITS)).toEqual({
      valid: true,
      kind: 'seedqr',
      language: 'english',
      words: 12,
      problems: [],
      also: [],
    })
    expect(checkPhrase(DIGITS.replace('1895', '1896'))).toMatchObject({
      kind: 'seedqr',
      problems: [{ code: 'phrase-checksum' }],
    })
    expect(checkPhrase(DIGITS.slice(1))).toMatchObject({ kind: 'seedqr', valid: false })
    for (const text of ['12345', '1'.repeat(105), PHRASE, COMPACT]) expect(readings(text)).toEqual([])
    expect(hex(phraseSeed(parsePhrase(DIGITS), 'TREZOR'))).toBe(hex(toSeed(PHRASE, 'TREZOR')))
  })

  test('of the compact kind is read from hexadecimal, bare or in the frame of a QR code', () => {
    const long = SEEDQR_VECTORS[0].compact
    expect(hex(parseCompactHex(COMPACT.toUpperCase().replace(/(..)/g, '$1 ')))).toBe(COMPACT)
    // SeedSigner: readings "start with `41 0` […] and end with `0 ec`", those of 24 words with "42 0" and "0".
    expect(hex(parseCompactHex(`41 0${COMPACT} 0 ec`))).toBe(COMPACT)
    expect(hex(parseCompactHex(`42 0${long} 0`))).toBe(long)
    for (const text of ['', 'xyz', '00', `41 0${COMPACT} 0 ed`, `42 0${COMPACT} 0`, `${COMPACT}0`])
      expect(codeOf(() => parseCompactHex(text))).toBe('phrase-unreadable')
  })

  test('is made of English phrases of the right lengths only', () => {
    expect(codeOf(() => encode(PHRASE.replace(' merit', '')))).toBe('word-count')
    expect(codeOf(() => encodeCompact(fromEntropy(new Uint8Array(16).fill(7), 'czech')))).toBe('word-unknown')
    for (const bytes of [0, 15, 17, 33])
      expect(codeOf(() => decodeCompact(new Uint8Array(bytes)))).toBe('entropy-length')
    expect(encode(fromEntropy(unhex('00'.repeat(20))))).toHaveLength(60)
  })
})
