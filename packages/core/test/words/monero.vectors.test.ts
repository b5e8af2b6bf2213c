import { hex, unhex } from '@cairn/core/bytes.js'
import { reduceScalar } from '@cairn/core/keys/monero.js'
import { check, fromEntropy, MONERO_LANGUAGES, toEntropy } from '@cairn/core/words/monero.js'
import { describe, expect, test } from 'vitest'
import { MONERO_VECTORS } from '../fixtures/monero.js'

describe('phrases of Monero', () => {
  test('are one of each language that Monero makes them in', () => {
    expect(new Set(MONERO_VECTORS.map(({ language }) => language))).toEqual(new Set(MONERO_LANGUAGES))
  })

  test.each(MONERO_VECTORS)('in $language', ({ language, phrase, entropy, spendKey }) => {
    expect(check(phrase)).toEqual({ valid: true, language, languages: [language], words: 25, problems: [] })
    expect(hex(toEntropy(phrase))).toBe(entropy)
    expect(fromEntropy(unhex(entropy), language)).toBe(phrase)
    expect(hex(reduceScalar(toEntropy(phrase)))).toBe(spendKey)
  })
})
