/** Figures of Coldcard, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { combine } from '@cairn/core/words/seedxor.js'
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
  })
})
