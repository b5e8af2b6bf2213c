import {
  fixedModules,
  readSeedQrModules,
  SEEDQR_FIXES,
  seedQrModules,
  zoneSide,
} from '@cairn/core/sheets/seedqr.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

const entropies = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

describe('the modules of a SeedQR', () => {
  test('have the sizes of the specification, and their fixed parts', () => {
    const sides = (compact: boolean) =>
      [16, 32].map((bytes) => seedQrModules(fromEntropy(new Uint8Array(bytes)), { compact }).length)
    expect([sides(false), sides(true)]).toEqual([
      [25, 29],
      [21, 25],
    ])
    expect([21, 25, 29].map(zoneSide)).toEqual([7, 5, 5])
    for (const compact of [true, false]) {
      const modules = seedQrModules(fromEntropy(new Uint8Array(32)), { compact })
      const fixed = fixedModules(modules.length)
      for (const [y, row] of fixed.entries())
        for (const [x, dark] of row.entries()) if (dark !== null) expect(modules[y]?.[x]).toBe(dark)
    }
  })

  test('give the phrase back, also with as many wrong ones as any symbol puts right, which are named', () => {
    fc.assert(
      fc.property(entropies, fc.boolean(), fc.nat(440), fc.nat(440), (entropy, compact, first, second) => {
        const phrase = fromEntropy(entropy)
        const modules = seedQrModules(phrase, { compact }).map((row) => [...row])
        const side = modules.length
        const wrong = [...new Set([first, second])].sort((a, b) => a - b)
        for (const place of wrong)
          (modules[Math.floor(place / side)] as boolean[])[place % side] =
            !modules[Math.floor(place / side)]?.[place % side]
        const read = readSeedQrModules(modules)
        expect(wrong.length).toBeLessThanOrEqual(SEEDQR_FIXES)
        expect([read.phrase, read.compact]).toEqual([phrase, compact])
        expect(read.wrong.map(({ row, column }) => row * side + column)).toEqual(wrong)
      }),
      { seed: 21, numRuns: 60 },
    )
  })

  test('are refused when they are no symbol, or one that is no phrase', () => {
    const none = Array.from({ length: 25 }, () => Array<boolean>(25).fill(false))
    expect(codeOf(() => readSeedQrModules(none))).toBe('seedqr-unreadable')
  })
})
