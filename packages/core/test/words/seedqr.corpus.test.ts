/** Figures of SeedSigner and Coldcard, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, unhex } from '@cairn/core/bytes.js'
import { decode, decodeCompact, encode, encodeCompact } from '@cairn/core/words/seedqr.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'

interface Case {
  readonly id: string
  readonly mnemonic: string
  readonly seedqr_digits: string
  readonly compact_hex: string
}

const folder = corpus('seedqr')
const cases = folder
  ? (JSON.parse(readFileSync(`${folder}/seedqr.json`, 'utf8')) as { cases: readonly Case[] }).cases
  : []

describe.runIf(folder)('the SeedQR vectors beside the checkout', () => {
  test.each(cases)('$id', (it) => {
    expect([encode(it.mnemonic), decode(it.seedqr_digits)]).toEqual([it.seedqr_digits, it.mnemonic])
    expect(hex(encodeCompact(it.mnemonic))).toBe(it.compact_hex)
    expect(decodeCompact(unhex(it.compact_hex))).toBe(it.mnemonic)
  })

  test('the digits of Coldcard are those of vector 4', () => {
    const text = readFileSync(`${folder}/coldcard/seedqr-12.txt`, 'utf8')
    expect(decode(text)).toBe(cases.find(({ id }) => id === 'vector-4')?.mnemonic)
  })
})
