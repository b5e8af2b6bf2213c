import { hex } from '@cairn/core/bytes.js'
import { indexOf, WORDS } from '@cairn/core/words/electrum-old/words.js'
import { check, fromHexSeed, stretchOldSeed, toHexSeed } from '@cairn/core/words/electrum-old.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, refusal } from '../refusal.js'

const SEED = 'powerful random nobody notice nothing important anyway look away hidden message over'
const hexSeeds = fc
  .constantFrom(16, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))
  .map(hex)

describe('seeds of Electrum before 2.0', () => {
  test('words and hexadecimal are each the inverse of the other', () => {
    fc.assert(
      fc.property(hexSeeds, (seed) => {
        const words = fromHexSeed(seed)
        expect(words.split(' ')).toHaveLength(seed.length === 32 ? 12 : 24)
        expect(toHexSeed(words)).toBe(seed)
        expect(check(words)).toMatchObject({ valid: true, form: 'words', problems: [] })
      }),
      { seed: 2011, numRuns: 1_000 },
    )
  })

  test('lead to the master key by 100,000 rounds over the text of the seed', () => {
    const zeros = '00000000000000000000000000000000'
    expect(toHexSeed('like '.repeat(12))).toBe(zeros)
    // bip_utils, tests/electrum/mnemonic/test_electrum_v1_mnemonic.py (MIT licence)
    expect(hex(stretchOldSeed(zeros))).toBe(
      '7c2548ab89ffea8a6579931611969ffc0ed580ccf6048d4230762b981195abe5',
    )
  })

  test('are taken in capitals, with any white space, and as hexadecimal', () => {
    const seed = toHexSeed(SEED)
    expect(toHexSeed(`\n ${SEED.toUpperCase().replaceAll(' ', '\t ')} `)).toBe(seed)
    expect(toHexSeed(seed.toUpperCase())).toBe(seed)
    expect(check(seed)).toEqual({ valid: true, form: 'hex', words: 1, problems: [] })
  })

  test('keep the spaces of hexadecimal, which Electrum hashes along', () => {
    const spaced = '01234567 89abcdef 01234567 89abcdef'
    expect(toHexSeed(spaced)).toBe(spaced)
    expect(check(spaced).form).toBe('hex')
    expect(check('0 12345678 9abcdef0 12345678 9abcdef').valid).toBe(false)
  })

  test('of three words beyond 32 bits have nine digits, as Electrum has them', () => {
    const last = [WORDS[1625], WORDS[1624], WORDS[1623]].join(' ')
    expect(toHexSeed(Array(4).fill(last).join(' '))).toMatch(/^([0-9a-f]{9}){4}$/)
  })

  test('name each word that is not in the list', () => {
    const slip = SEED.replace('random', 'randon').replace('over', 'xyzzy')
    expect(check(slip).problems).toEqual([
      { position: 2, code: 'word-unknown', suggestions: 1 },
      { position: 12, code: 'word-unknown', suggestions: 0 },
    ])
    const error = refusal(() => toHexSeed(slip))
    expect(error.details).toEqual({ position: 2 })
    expect(error.message).not.toContain('randon')
  })

  test('have 12 or 24 words, or 32 or 64 digits', () => {
    for (const count of [0, 1, 11, 13, 23, 25, 36]) {
      expect(check('like '.repeat(count)).valid).toBe(false)
      expect(codeOf(() => toHexSeed('like '.repeat(count)))).toBe('word-count')
    }
    for (const digits of [0, 31, 33, 48, 65])
      expect(codeOf(() => fromHexSeed('0'.repeat(digits)))).toBe('entropy-length')
    expect(codeOf(() => fromHexSeed('g'.repeat(32)))).toBe('phrase-unreadable')
    for (const text of ['a'.repeat(10_001), 'a '.repeat(101)])
      for (const run of [check, toHexSeed]) expect(codeOf(() => run(text))).toBe('phrase-too-long')
  })

  test('the list is the one of Electrum, by its hash', () => {
    expect(hex(sha256(new TextEncoder().encode(`${WORDS.join('\n')}\n`)))).toBe(
      'c8da327d316f8ee758b790068e618077ac271a89fd77ec1250c59ae40e7b599e',
    )
    expect(WORDS.map(indexOf)).toEqual(WORDS.map((_, i) => i))
    expect(WORDS).toHaveLength(1626)
  })
})
