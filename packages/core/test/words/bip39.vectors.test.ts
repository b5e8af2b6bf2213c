import { hex, unhex } from '@cairn/core/bytes.js'
import { check, fromEntropy, toEntropy, toSeed } from '@cairn/core/words/bip39.js'
import { HDKey } from '@scure/bip32'
import { describe, expect, test } from 'vitest'
import { BIP39_VECTORS } from '../fixtures/bip39.js'

describe('official vectors of BIP-39', () => {
  test('are 24 English, 27 Japanese and 3 of each other language', () => {
    const count = (language: string) => BIP39_VECTORS.filter((vector) => vector.language === language).length
    expect([count('english'), count('japanese'), count('korean'), BIP39_VECTORS.length]).toEqual([
      24, 27, 3, 75,
    ])
  })

  for (const [i, { language, entropy, phrase, passphrase, seed, xprv }] of BIP39_VECTORS.entries())
    test(`${i + 1}. ${language}, ${phrase.split(/\s/).length} words`, () => {
      expect(check(phrase)).toMatchObject({ valid: true, language, problems: [] })
      expect(hex(toEntropy(phrase))).toBe(entropy)
      expect(fromEntropy(unhex(entropy), language).normalize('NFKD')).toBe(phrase.normalize('NFKD'))
      const found = toSeed(phrase, passphrase)
      expect(hex(found)).toBe(seed)
      expect(HDKey.fromMasterSeed(found).privateExtendedKey).toBe(xprv)
    })
})
