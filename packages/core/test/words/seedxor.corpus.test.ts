/** Figures of Coldcard, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex } from '@cairn/core/bytes.js'
import { toEntropy } from '@cairn/core/words/bip39.js'
import { combine } from '@cairn/core/words/seedxor.js'
import { combine as combineShares } from '@cairn/core/words/shares.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'

interface Case {
  readonly id: string
  readonly parts: readonly string[]
  readonly result: string
}

const folder = corpus('seedxor')
const cases = folder
  ? (JSON.parse(readFileSync(`${folder}/seedxor.json`, 'utf8')) as { cases: readonly Case[] }).cases
  : []

describe.runIf(folder)('the Seed XOR vectors beside the checkout', () => {
  test.each(cases)('$id', ({ parts, result }) => {
    expect(combine(parts)).toBe(result)
    const { scheme, secret } = combineShares(parts)
    expect(scheme.name).toBe('seedxor')
    expect(hex(secret)).toBe(hex(toEntropy(result)))
  })
})
