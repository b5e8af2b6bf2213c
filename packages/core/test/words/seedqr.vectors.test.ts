import { hex, unhex } from '@cairn/core/bytes.js'
import {
  check,
  decode,
  decodeCompact,
  encode,
  encodeCompact,
  parseCompactHex,
} from '@cairn/core/words/seedqr.js'
import { describe, expect, test } from 'vitest'
import { SEEDQR_VECTORS } from '../fixtures/seedqr.js'

describe('vectors of SeedQR', () => {
  test.each(SEEDQR_VECTORS)('$digits', ({ phrase, digits, compact }) => {
    expect(encode(phrase)).toBe(digits)
    expect(decode(digits)).toBe(phrase)
    expect(check(digits)).toEqual({ valid: true, words: phrase.split(' ').length, problems: [] })
    expect(hex(encodeCompact(phrase))).toBe(compact)
    expect(decodeCompact(unhex(compact))).toBe(phrase)
    expect(hex(parseCompactHex(compact))).toBe(compact)
  })
})
