import { hex, unhex } from '@cairn/core/bytes.js'
import { check, fromEntropy, generate, generateWith, toEntropy } from '@cairn/core/words/algorand.js'
import { fromEntropy as bip39, toEntropy as fromBip39 } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { stream } from '../draws.js'
import { ALGORAND_VECTORS } from '../fixtures/algorand.js'
import { readCases } from '../keys/cases.js'
import { codeOf, refusal } from '../refusal.js'

const [, , { phrase: PHRASE }] = ALGORAND_VECTORS
const words = PHRASE.split(' ')

describe('phrases of Algorand', () => {
  test.each(ALGORAND_VECTORS)('for $address', ({ phrase, entropy }) => {
    expect(checkPhrase(phrase)).toMatchObject({
      valid: true,
      kind: 'algorand',
      language: 'english',
      words: 25,
    })
    expect(hex(toEntropy(phrase))).toBe(entropy)
    expect(fromEntropy(unhex(entropy))).toBe(phrase)
  })

  test('and keys are each the inverse of the other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        expect(toEntropy(` ${fromEntropy(key).toUpperCase().replaceAll(' ', '\n')}`)).toEqual(key)
      }),
      { seed: 25, numRuns: 500 },
    )
  })

  test('are made of 32 random bytes, of which each bit counts', () => {
    const made = Array.from({ length: 256 }, (_, bit) => generateWith(stream(3, bit).draw))
    expect(new Set([generateWith(stream(3).draw), ...made]).size).toBe(257)
    expect(check(generate()).valid).toBe(true)
  })

  test('name each word that is not in the list', () => {
    const slip = PHRASE.replace('lucky', 'luckey').replace('giggle', 'xyzzy')
    expect(check(slip).problems).toEqual([
      { position: 6, code: 'word-unknown', suggestions: 1 },
      { position: 25, code: 'word-unknown', suggestions: 0 },
    ])
    const error = refusal(() => toEntropy(slip))
    expect(error.details).toEqual({ position: 6 })
    expect(error.message).not.toContain('luckey')
  })

  test('have 25 words', () => {
    for (const count of [1, 12, 24]) {
      const text = words.slice(0, count).join(' ')
      expect(check(text).problems).toContainEqual({ position: null, code: 'word-count', suggestions: 0 })
      expect(codeOf(() => toEntropy(text))).toBe('word-count')
    }
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, toEntropy]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
    expect(codeOf(() => fromEntropy(new Uint8Array(31)))).toBe('entropy-length')
  })

  test('have a checksum that finds two words in the wrong order', () => {
    const swapped = [words[1], words[0], ...words.slice(2)].join(' ')
    expect(checkPhrase(swapped)).toMatchObject({ valid: false, kind: 'algorand' })
    expect(codeOf(() => toEntropy(swapped))).toBe('phrase-checksum')
  })

  test('have zeros above the key: the 24th word is one of eight', () => {
    expect(codeOf(() => toEntropy(`${'zoo '.repeat(24)}adapt`))).toBe('phrase-checksum')
    const last = fromEntropy(new Uint8Array(32).fill(0xff)).split(' ')[23]
    expect(last).toBe('abstract')
  })

  test('are no phrases of BIP-39, though they have its words', () => {
    expect(codeOf(() => fromBip39(PHRASE))).toBe('word-count')
    expect(codeOf(() => toEntropy(bip39(toEntropy(PHRASE))))).toBe('word-count')
  })
})

interface AlgorandCase {
  readonly mnemonic: string
  readonly entropy?: string
}

const folder = corpus('algorand')
describe.runIf(folder)('phrases of Algorand by bip_utils', () => {
  test.each(folder ? readCases<AlgorandCase>(folder, 'algorand-mnemonics.json') : [])('$id', (it) => {
    expect(check(it.mnemonic).valid).toBe(it.valid)
    if (it.valid) expect(hex(toEntropy(it.mnemonic))).toBe(it.entropy)
    else expect(refusal(() => toEntropy(it.mnemonic)).kind).toBe('damaged')
  })
})
