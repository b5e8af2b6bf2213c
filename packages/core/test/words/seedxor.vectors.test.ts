import { combine, splitAgain } from '@cairn/core/words/seedxor.js'
import { describe, expect, test } from 'vitest'
import { SEEDXOR_AGAIN, SEEDXOR_VECTORS } from '../fixtures/seedxor.js'

describe('vectors of Seed XOR', () => {
  test.each(SEEDXOR_VECTORS)('$from', ({ parts, phrase }) => {
    expect(combine(parts)).toBe(phrase)
    expect(combine([...parts].reverse())).toBe(phrase)
  })

  test.each(SEEDXOR_AGAIN)('$parts.length parts that are the same each time', ({ phrase, parts }) => {
    expect(splitAgain(phrase, parts.length)).toEqual(parts)
    expect(combine(parts)).toBe(phrase)
  })
})
