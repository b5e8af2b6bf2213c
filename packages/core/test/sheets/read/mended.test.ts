import fc from 'fast-check'
import encodeQR, { type ErrorCorrection } from 'qr'
import { describe, expect, test } from 'vitest'
import { mended } from '../../../src/sheets/read/mended.js'
import { corrected } from '../../../src/sheets/read/qr-correction.js'
import { blocksOf, formatsOf } from '../../../src/sheets/read/qr-modules.js'

/** ISO/IEC 18004, annex I: 01234567 as version 1-M, ten codewords of correction behind the sixteen of data. */
const BLOCK = Uint8Array.of(
  ...[0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11],
  ...[0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55],
)

function spoiltAt(places: readonly number[]): Uint8Array {
  return BLOCK.map((word, i) => (places.includes(i) ? word ^ 0x5a : word))
}

const places = (count: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: BLOCK.length - 1 }), { minLength: count, maxLength: count })

describe('the correction of a block', () => {
  test('leaves the block of the standard as it is', () => {
    expect(corrected(BLOCK, 10, [])).toEqual(BLOCK)
  })

  test('puts six codewords right that are known to be spoilt, and three that are not', () => {
    fc.assert(
      fc.property(places(6), (wrong) => {
        expect(corrected(spoiltAt(wrong), 10, wrong)).toEqual(BLOCK)
        expect(corrected(spoiltAt(wrong.slice(0, 3)), 10, [])).toEqual(BLOCK)
        expect(corrected(spoiltAt(wrong.slice(0, 4)), 10, wrong.slice(0, 2))).toEqual(BLOCK)
      }),
      { seed: 2026 },
    )
  })

  test('gives up rather than to make another block of one that is spoilt more', () => {
    fc.assert(
      fc.property(places(8), (wrong) => {
        expect(corrected(spoiltAt(wrong), 10, wrong)).toBeNull()
        expect(corrected(spoiltAt(wrong), 10, wrong.slice(0, 6))).toBeNull()
        expect(corrected(spoiltAt(wrong), 10, [])).toBeNull()
      }),
      { seed: 2026 },
    )
  })
})

function modulesOf(version: number, ecc: ErrorCorrection): readonly boolean[] {
  return encodeQR('CAIRN', 'raw', { ecc, version, border: 1 })
    .slice(1, -1)
    .flatMap((row) => row.slice(1, -1))
}

/** A black square in the middle, this share of the side wide. */
function inked(modules: readonly boolean[], size: number, share: number): readonly boolean[] {
  const [from, side] = [Math.floor(size * (0.5 - share / 2)), Math.floor(size * share)]
  const isIn = (i: number) => i >= from && i < from + side
  return modules.map((black, i) => black || (isIn(i % size) && isIn(Math.floor(i / size))))
}

/** Of the area: what is mended of each level. */
const STAINS = { low: 0.12, medium: 0.25, quartile: 0.36, high: 0.4 } as const
const LEVELS = ['low', 'medium', 'quartile', 'high'] as const

describe('a stained code', () => {
  test.each([1, 2, 6, 7, 14, 22, 40])('of version %i is mended, of every level', (version) => {
    const size = 17 + 4 * version
    for (const level of LEVELS) {
      const modules = modulesOf(version, level)
      const data = blocksOf(size, { correction: level, mask: 0 }).flatMap(({ words }) => words.flat())
      const whole = mended(inked(modules, size, STAINS[level]), size)
      expect(data.filter((place) => whole?.[place] !== modules[place])).toEqual([])
    }
  })

  test('is given up when too much is gone, and so is what is no code', () => {
    const modules = modulesOf(7, 'high')
    expect(mended(inked(modules, 45, 0.8), 45)).toBeNull()
    expect(mended(inked(modulesOf(7, 'low'), 45, 0.4), 45)).toBeNull()
    expect(
      mended(
        modules.map((black, i) => black !== (i * i) % 7 < 3),
        45,
      ),
    ).toBeNull()
  })

  test('with spots too small to be told by their shape is mended by how dark they are', () => {
    const modules = modulesOf(7, 'high')
    const isSpot = (i: number) => (i % 45) % 7 < 2 && Math.floor(i / 45) % 3 < 2
    const inkedOver = modules.map((black, i) => black || isSpot(i))
    const tone = (dark: number) =>
      Uint8Array.from(inkedOver, (black, i) => (isSpot(i) ? dark : black ? 0 : 255))
    const data = blocksOf(45, { correction: 'high', mask: 0 }).flatMap(({ words }) => words.flat())
    const whole = mended(inkedOver, 45, tone(70))
    expect(data.filter((place) => whole?.[place] !== modules[place])).toEqual([])
    expect(mended(inkedOver, 45)).toBeNull()
    expect(mended(inkedOver, 45, tone(0))).toBeNull()
  })

  test('has the format that it was made with, from either copy', () => {
    const modules = modulesOf(7, 'quartile')
    const unsureIf = (isUnsure: (i: number) => boolean) =>
      Uint8Array.from(modules, (_, i) => (isUnsure(i) ? 1 : 0))
    const [none, top, left] = [() => false, (i: number) => i < 45 * 9, (i: number) => i % 45 === 8]
    for (const unsure of [none, top, left].map(unsureIf))
      expect(formatsOf(modules, 45, unsure)[0]?.correction).toBe('quartile')
  })
})
