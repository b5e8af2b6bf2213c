import { fromEntropy, LANGUAGES } from '@cairn/core/words/bip39.js'
import { convert, FORMS } from '@cairn/core/words/convert.js'
import {
  fromEntropy as fromMonero,
  MONERO_LANGUAGES,
  toEntropy as moneroEntropy,
} from '@cairn/core/words/monero.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

const ENTROPY = '7f'.repeat(16)
const ENGLISH = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

describe('a phrase in another form', () => {
  test('comes back from every form that the same wallet has', () => {
    fc.assert(
      fc.property(entropies, (entropy) => {
        const phrase = fromEntropy(entropy)
        for (const to of FORMS.filter((form) => form !== 'monero')) {
          const { text, sameWallet } = convert(phrase, { to })
          const isHex = to === 'entropy' || to === 'compact-seedqr'
          const back = convert(text, { to: 'bip39', ...(isHex ? { from: 'entropy' as const } : {}) })
          expect([to, sameWallet, back]).toEqual([to, true, { text: phrase, sameWallet: true }])
        }
      }),
      { seed: 12, numRuns: 15 },
    )
  })

  test('says so when the wallet is another one', () => {
    for (const language of LANGUAGES.filter((list) => list !== 'english')) {
      const other = convert(ENGLISH, { to: 'bip39', language })
      expect(other).toEqual({ text: fromEntropy(new Uint8Array(16).fill(0x7f), language), sameWallet: false })
    }
    const japanese = fromEntropy(new Uint8Array(16).fill(0x7f), 'japanese')
    expect(convert(japanese, { to: 'entropy' })).toEqual({ text: ENTROPY, sameWallet: false })
    expect(convert(japanese, { to: 'bip39', language: 'japanese' })).toEqual({
      text: japanese,
      sameWallet: true,
    })
  })

  test('asks for the language of words that are valid in two lists', () => {
    const both = fromEntropy(new Uint8Array(16).fill(0x11), 'chinese_simplified')
    for (const fromLanguage of ['chinese_simplified'] as const)
      expect(convert(both, { to: 'entropy', fromLanguage }).text).toBe('11'.repeat(16))
  })

  test('of Monero opens the same wallet in each of its languages', () => {
    const key = '5a'.repeat(31)
    const first = convert(convertMonero(key), { to: 'monero', language: 'german' })
    expect(first.sameWallet).toBe(true)
    for (const language of MONERO_LANGUAGES) {
      const { text, sameWallet } = convert(first.text, { to: 'monero', language, from: 'monero' })
      expect(sameWallet).toBe(true)
      expect(moneroEntropy(text, language)).toEqual(moneroEntropy(first.text, 'german'))
    }
  })
})

function convertMonero(key: string): string {
  const bytes = Uint8Array.from(`${key}05`.match(/../g) as string[], (pair) => Number.parseInt(pair, 16))
  return fromMonero(bytes)
}

describe('refused', () => {
  test.each([
    [
      'a Monero phrase as SeedQR',
      'convert-impossible',
      () => convert(convertMonero('5a'.repeat(31)), { to: 'seedqr' }),
    ],
    ['a BIP-39 phrase as Monero', 'convert-impossible', () => convert(ENGLISH, { to: 'monero' })],
    ['a list that is none', 'usage', () => convert(ENGLISH, { to: 'bip39', language: 'klingon' })],
    ['a wrong phrase', 'word-unknown', () => convert(ENGLISH.replace('wave', 'wavy'), { to: 'entropy' })],
    ['no entropy', 'phrase-unreadable', () => convert('7f7f', { to: 'bip39', from: 'entropy' })],
  ])('%s', (_, code, run) => {
    expect(codeOf(run)).toBe(code)
  })
})
