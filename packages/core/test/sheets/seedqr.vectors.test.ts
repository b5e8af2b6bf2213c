import { readSeedQrModules, seedQrModules } from '@cairn/core/sheets/seedqr.js'
import { describe, expect, test } from 'vitest'
import { SEEDQR_VECTORS } from '../fixtures/seedqr.js'
import { SEEDQR_PICTURES } from '../fixtures/seedqr-pictures.js'

const pictures = SEEDQR_PICTURES.map(({ vector, compact, side, rows }) => ({
  name: `vector ${vector}, ${compact ? 'compact' : 'standard'}`,
  phrase: (SEEDQR_VECTORS[vector - 1] as (typeof SEEDQR_VECTORS)[number]).phrase,
  compact,
  modules: rows.split(' ').map((row) => {
    const bits = Number.parseInt(row, 16).toString(2).padStart(side, '0')
    return [...bits].map((bit) => bit === '1')
  }),
}))

describe('pictures of SeedSigner', () => {
  test.each(pictures)('$name is drawn with the same mask, and read', ({ phrase, compact, modules }) => {
    expect(seedQrModules(phrase, { compact })).toEqual(modules)
    expect(readSeedQrModules(modules)).toEqual({ phrase, compact, wrong: [] })
  })
})
