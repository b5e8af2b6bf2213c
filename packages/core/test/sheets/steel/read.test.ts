import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { blankRaster, turned } from '@cairn/core/sheets/read/raster.js'
import { parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import { joinPlates } from '@cairn/core/sheets/steel/join.js'
import { drawPlate } from '@cairn/core/sheets/steel/layout.js'
import { blankPlates, makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { readPlate, readPlates } from '@cairn/core/sheets/steel/read.js'
import { describe, expect, test } from 'vitest'
import { codeOf, refusal } from '../../refusal.js'
import { photograph } from './photo.js'
import { careless, photosRead, randomPhrase } from './photos.js'

const PHRASE = randomPhrase(5, 12)
const LONG = randomPhrase(6, 24)
const card = (phrase: string, style: 'binary' | 'decimal' = 'binary') =>
  makePlates(parseSteelWords(phrase), { style, size: 'card' })
const scan = (plate: Plate, seed = 1): Raster =>
  photograph(drawPlate(plate), plate.size, { seed, material: 'paper', tilt: 0.5, noise: 3 })

/** The first plate with one punch more or less. */
function slipped(row: number, column: number): Plate {
  const [plate] = card(PHRASE) as [Plate]
  const holes = plate.holes?.map((line, y) =>
    line.map((hole, x) => (y === row && x === column ? !hole : hole)),
  )
  return { ...plate, holes: holes ?? null }
}

describe('a plate in a picture', () => {
  test.each(['binary', 'decimal', 'seedqr', 'letters'] as const)(
    'is read from a print and from steel: %s',
    (style) => {
      const common = { style, size: 'card', words: 12 } as const
      expect(photosRead([3], { ...common, material: 'paper', level: 'usual' })).toMatchObject({
        found: 1,
        lost: [],
      })
      expect(photosRead([4], { ...common, material: 'steel', level: 'scan' })).toMatchObject({
        found: 1,
        lost: [],
      })
    },
  )

  test('is read upside down', () => {
    expect(joinPlates([readPlate(turned(scan(card(PHRASE)[0] as Plate), 2))]).text).toBe(PHRASE)
  })

  test('is one of two: both are needed, of one phrase', () => {
    const readings = card(LONG, 'decimal').map((plate) => readPlate(scan(plate)))
    expect(joinPlates([...readings].reverse()).text).toBe(LONG)
    expect(refusal(() => joinPlates(readings.slice(1))).details).toEqual({ of: 2, missing: 1 })
    const other = readPlate(scan(card(PHRASE)[0] as Plate))
    expect(codeOf(() => joinPlates([readings[0] as typeof other, other]))).toBe('steel-foreign')
  })

  test('with a slip names the row and the column, and no words', () => {
    const reading = readPlate(scan(slipped(4, 2)))
    expect(reading).toMatchObject({ check: 'fails', where: ['row 5', 'column 512'], numbers: null })
    const error = refusal(() => joinPlates([reading]))
    expect([error.code, error.details]).toEqual(['steel-check', { plate: 1, where: 'row 5, column 512' }])
  })

  test('that is blank, and a picture without one, are told apart', () => {
    const [blank] = blankPlates(12, { style: 'binary', size: 'card' }) as [Plate]
    const unpunched = drawPlate(blank).filter(
      (mark) => mark.kind !== 'circle' || mark.radius > 1 || mark.stroke,
    )
    expect(codeOf(() => readPlate(photograph(unpunched, 'card', { seed: 1, material: 'paper' })))).toBe(
      'steel-blank',
    )
    expect(readPlates(blankRaster(400, 300))).toEqual([])
    expect(codeOf(() => readPlate(blankRaster(400, 300, 90)))).toBe('steel-unseen')
  })

  test('that is bad is refused, and never read as another phrase; a reader without the check is caught', () => {
    const bad = { style: 'binary', size: 'card', words: 12, material: 'steel', level: 'poor' } as const
    expect(photosRead([1, 2], bad).lost).toEqual([])
    expect(photosRead([1, 2, 3], bad, careless).lost.length).toBeGreaterThan(0)
  })
})
