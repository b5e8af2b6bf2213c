import { hex, unhex } from '@cairn/core/bytes.js'
import { moneroAddress, myMoneroKeys } from '@cairn/core/keys/monero.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { MONERO_LANGUAGES } from '@cairn/core/words/monero.js'
import { check, fromEntropy, toEntropy } from '@cairn/core/words/mymonero.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MYMONERO_VECTORS } from '../fixtures/monero.js'
import { codeOf } from '../refusal.js'

describe('phrases of MyMonero', () => {
  test.each(MYMONERO_VECTORS)('$address', (it) => {
    expect(checkPhrase(it.phrase)).toMatchObject({ valid: true, kind: 'mymonero', language: 'english' })
    expect(hex(toEntropy(it.phrase))).toBe(it.entropy)
    expect(fromEntropy(unhex(it.entropy))).toBe(it.phrase)
    const keys = myMoneroKeys(unhex(it.entropy))
    expect(hex(keys.privateSpendKey)).toBe(it.privateSpendKey)
    expect(hex(keys.privateViewKey)).toBe(it.privateViewKey)
    expect(moneroAddress(keys)).toBe(it.address)
  })

  test('and their bytes are each the inverse of the other, with the 13th word and without', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.constantFrom(...MONERO_LANGUAGES),
        (entropy, language) => {
          const phrase = fromEntropy(entropy, language)
          expect(toEntropy(phrase)).toEqual(entropy)
          expect(toEntropy(phrase.split(' ').slice(0, 12).join(' '), language)).toEqual(entropy)
        },
      ),
      { seed: 2014, numRuns: 100 },
    )
  })

  test('have 12 or 13 words, and a checksum', () => {
    const phrase = fromEntropy(new Uint8Array(16).fill(9))
    const words = phrase.split(' ')
    for (const count of [11, 14, 25])
      expect(codeOf(() => toEntropy([...words, ...words].slice(0, count).join(' ')))).toBe('word-count')
    const other = words.find((word) => word !== words[12])
    const wrong = [...words.slice(0, 12), other].join(' ')
    expect(check(wrong).problems.map(({ code }) => code)).toEqual(['phrase-checksum'])
    expect(codeOf(() => toEntropy(wrong))).toBe('phrase-checksum')
    for (const bytes of [15, 17, 32])
      expect(codeOf(() => fromEntropy(new Uint8Array(bytes)))).toBe('entropy-length')
  })

  test('are never old Electrum seeds', () => {
    const old = 'powerful random nobody notice nothing important anyway look away hidden message over'
    expect(checkPhrase(old)).toMatchObject({ kind: 'electrum-old', also: [] })
  })
})

test('a Japanese phrase is taken with the checksum of bip_utils, too, and written with that of Monero', () => {
  // bip_utils, tests/monero/mnemonic/test_monero_mnemonic.py
  const phrase =
    'だいがく なにもの たんたい けんい ぜんぶ えんしゅう はいそう つまらない どうかん うしろがみ さよく はっちゅう けんい'
  expect(check(phrase)).toMatchObject({ valid: true, language: 'japanese' })
  expect(hex(toEntropy(phrase))).toBe('2d6fb5db13bddf8a0250350d03c00480')
  const own = fromEntropy(toEntropy(phrase), 'japanese')
  expect(own.split(' ').at(-1)).not.toBe('けんい')
  const passing = phrase
    .split(' ')
    .slice(0, 12)
    .filter((last) => check(`${phrase.slice(0, phrase.lastIndexOf(' '))} ${last}`).valid)
  expect(passing.sort()).toEqual(['けんい', own.split(' ').at(-1)].sort())
})
