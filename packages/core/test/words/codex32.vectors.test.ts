import { hex, unhex } from '@cairn/core/bytes.js'
import { checkShare, combine, deriveShare, encode, format, parse } from '@cairn/core/words/codex32.js'
import { HDKey } from '@scure/bip32'
import { describe, expect, test } from 'vitest'
import { CODEX32_INVALID, CODEX32_VECTORS } from '../fixtures/codex32.js'
import { codeOf } from '../refusal.js'
import { subsets } from '../subsets.js'

describe('the vectors of BIP-93', () => {
  for (const { number, threshold, identifier, strings, alternatives, seed, xprv } of CODEX32_VECTORS) {
    const { s: secret, ...shares } = strings
    const all = Object.values(shares)

    test(`${number}. the secret and its keys`, () => {
      for (const text of [secret as string, ...alternatives]) expect(hex(combine([text]))).toBe(seed)
      expect(HDKey.fromMasterSeed(unhex(seed)).privateExtendedKey).toBe(xprv)
    })

    test(`${number}. each string by itself`, () => {
      for (const [index, text] of Object.entries(strings)) {
        const place = { threshold, identifier, index }
        expect(checkShare(text)).toEqual({ valid: true, place, bytes: seed.length / 2, problems: [] })
        expect(format(parse(text))).toBe(text.toLowerCase())
      }
    })

    if (threshold === 0) continue
    test(`${number}. every quorum of its shares, and shares from shares`, () => {
      for (const quorum of subsets(all, threshold)) {
        expect(hex(combine(quorum))).toBe(seed)
        for (const [index, text] of Object.entries(shares))
          expect(
            deriveShare(
              quorum.map((one) => parse(one)),
              index,
            ),
          ).toBe(text.toLowerCase())
      }
    })
  }
})

test('a seed is filled up with zero bits, as in vectors 3 and 4', () => {
  const [, , , fourth] = CODEX32_VECTORS
  expect(encode(unhex(fourth?.seed as string), 'leet')).toBe(fourth?.strings.s)
})

describe('the invalid strings of BIP-93', () => {
  test('are all there', () => {
    expect(CODEX32_INVALID.map(({ strings }) => strings.length)).toEqual([22, 10, 14, 1, 1, 9, 7])
  })

  for (const { reason, refused, strings } of CODEX32_INVALID)
    test(reason, () => {
      for (const text of strings) expect(refused).toContain(codeOf(() => parse(text)))
    })
})
