import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { blankRaster, turned } from '@cairn/core/sheets/read/raster.js'
import { parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import { joinPlates, readSteel, type SteelText } from '@cairn/core/sheets/steel/join.js'
import { drawPlate } from '@cairn/core/sheets/steel/layout.js'
import { blankPlates, makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { type PlateReading, readPlate, readPlates } from '@cairn/core/sheets/steel/read.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
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

/** As in a mirror that stands beside it. */
function mirror({ width, height, grey }: Raster): Raster {
  const out = blankRaster(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out.grey[y * width + x] = grey[y * width + width - 1 - x] as number
  return out
}

/** Two pictures of one size as one. */
function beside(left: Raster, right: Raster): Raster {
  const out = blankRaster(left.width + right.width, left.height)
  for (let y = 0; y < left.height; y++)
    for (const [i, { width, grey }] of [left, right].entries())
      out.grey.set(grey.subarray(y * width, (y + 1) * width), y * out.width + i * left.width)
  return out
}

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

  test('is read where the punches on it lie as the marks of smaller plates do', () => {
    const scans = { style: 'binary', size: 'card', words: 12, material: 'steel', level: 'scan' } as const
    expect(photosRead([1, 3], scans)).toEqual({ tried: 2, found: 2, lost: [] })
  })

  test.each(['binary', 'decimal'] as const)('is read through rust and glare: %s', (style) => {
    const usual = { style, size: 'card', words: 12, material: 'steel', level: 'usual' } as const
    expect(photosRead([1], usual)).toEqual({ tried: 1, found: 1, lost: [] })
  })

  test('is read turned by a quarter and by a half, and in a mirror', () => {
    const picture = scan(card(PHRASE)[0] as Plate)
    for (const quarters of [1, 2])
      expect(readSteel(readPlates(turned(picture, quarters)))[0]?.text).toBe(PHRASE)
    const mirrored = readPlates(mirror(picture))
    expect(mirrored.map(({ hand }) => hand)).toEqual(['mirrored'])
    expect(readSteel(mirrored)[0]?.text).toBe(PHRASE)
  })

  test('says of which list its numbers are', () => {
    const phrase = fromEntropy(new Uint8Array(16).fill(7), 'spanish')
    const [{ text, list }] = readSteel([readPlate(scan(card(phrase)[0] as Plate))]) as [SteelText]
    expect([text, list]).toEqual([phrase, 'spanish'])
  })

  describe('is one of two', () => {
    const [one, two] = card(LONG, 'decimal').map((plate) => scan(plate)) as [Raster, Raster]
    const both = readPlates(beside(one, two))
    const other = readPlates(scan(card(randomPhrase(7, 24), 'decimal')[1] as Plate))
    const short = readPlates(scan(card(PHRASE)[0] as Plate))

    test('that lie on one picture, in any order', () => {
      expect(both.map(({ kind }) => kind.number)).toEqual([1, 2])
      expect(readSteel([...both].reverse()).map(({ text }) => text)).toEqual([LONG])
    })

    test('that are all needed; the same one twice is one', () => {
      expect(refusal(() => readSteel(both.slice(1))).details).toEqual({ of: 2, missing: '1' })
      expect(refusal(() => readSteel([...both.slice(1), ...readPlates(two)])).code).toBe('steel-missing')
      expect(readSteel([...both, ...readPlates(one)]).map(({ plates }) => plates.length)).toEqual([2])
    })

    test('of one phrase: those of two are not joined', () => {
      expect(codeOf(() => joinPlates([both[0] as PlateReading, ...short]))).toBe('steel-foreign')
      expect(refusal(() => readSteel([...both, ...other])).details).toEqual({
        why: 'there are two plates 2, and they differ',
      })
      expect(codeOf(() => readSteel([both[0] as PlateReading, ...other]))).toBe('steel-order')
    })

    test('and one of another size with the same phrase is read by itself', () => {
      const [square] = makePlates(parseSteelWords(LONG), { style: 'decimal', size: 'square' }) as [Plate]
      const view = { seed: 1, material: 'steel', tilt: 0.5, noise: 3 } as const
      const whole = readPlates(photograph(drawPlate(square), 'square', view))
      for (const shown of [
        [...both, ...whole],
        [...whole, ...both],
      ])
        expect(
          readSteel(shown)
            .map(({ text, plates }) => [text, plates.length])
            .toSorted(),
        ).toEqual([
          [LONG, 1],
          [LONG, 2],
        ])
      expect(codeOf(() => joinPlates([...both.slice(1), ...whole]))).toBe('steel-foreign')
    })

    test('and a whole one of another phrase beside it is another phrase', () => {
      expect(readSteel([...both, ...short]).map(({ text }) => text)).toEqual([LONG, PHRASE])
    })
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
