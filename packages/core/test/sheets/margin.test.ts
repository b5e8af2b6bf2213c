import { describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { DAMAGES, marginOf } from '../../src/sheets/margin.js'
import type { CodeReader } from '../../src/sheets/read/codes.js'
import { thresholded } from '../../src/sheets/read/prepare.js'
import { qrReader } from '../../src/sheets/read/qr-reader.js'
import { turned } from '../../src/sheets/read/raster.js'
import { regridded } from '../../src/sheets/read/regrid.js'
import { codeOf, contentOf, damageNamed, survey } from './damaged-codes.js'

const text = contentOf(2)
const code = codeOf({ text }, 180)

describe('damage', () => {
  test.each(DAMAGES)(
    'of the kind $name is the same for the same seed and grows with its level',
    ({ apply, levels }) => {
      const [least, most] = [levels[0] as number, levels.at(-1) as number]
      const changed = (level: number) => {
        const { grey, width } = apply(code, level, 7)
        if (width !== code.raster.width) return width
        return grey.reduce((sum, value, i) => sum + Math.abs(value - code.raster.grey[i]!), 0)
      }
      expect(apply(code, most, 7)).toEqual(apply(code, most, 7))
      expect(changed(least)).toBeGreaterThan(0)
      expect(changed(most)).toBeGreaterThanOrEqual(changed(least))
    },
  )

  test('by stains covers as much of the code as it says', () => {
    const { grey } = damageNamed('stain').apply(code, 15, 3)
    const { box, raster } = code
    const inked = grey.filter((value, i) => value !== raster.grey[i]).length
    expect(inked / (box.width * box.height)).toBeGreaterThan(0.13)
    expect(inked / (box.width * box.height)).toBeLessThan(0.151)
  })
})

describe('the margin', () => {
  test('of level H: 15 % of stains and 10 degrees of tilt are read by one reader alone', async () => {
    for (const [name, level] of [
      ['stain', 15],
      ['tilt', 10],
    ] as const)
      expect((await survey([1, 2], { damage: damageNamed(name), level, readers: [qrReader] })).lost).toEqual(
        [],
      )
  })

  test('of a code without correction to speak of is less', async () => {
    const weak = { damage: damageNamed('stain'), level: 15, readers: [qrReader], correction: 'low' } as const
    expect((await survey([1, 2], weak)).lost).not.toEqual([])
  })

  test('is the last level before the first that is not read, and none of a reader that reads nothing', async () => {
    const blind: CodeReader = { name: 'blind', read: () => [] }
    const picky: CodeReader = {
      name: 'picky',
      read: ({ width }) => (width === code.raster.width ? [{ bytes: utf8(text), corners: [] as never }] : []),
    }
    const trial = { code, bytes: utf8(text) }
    expect((await marginOf({ ...trial, readers: [blind] }, [1])).every(({ read }) => read === 0)).toBe(true)
    const margins = await marginOf({ ...trial, readers: [picky] }, [1])
    expect(margins.find(({ damage }) => damage === 'stain')?.read).toBe(40)
    expect(margins.find(({ damage }) => damage === 'tilt')?.read).toBe(0)
  })
})

describe('a code with a stained corner', () => {
  test.each([0, 1, 2, 3])('is drawn anew, turned by %i quarters', async (quarters) => {
    const { raster, box, module } = code
    const grey = raster.grey.slice()
    for (let y = 0; y < module * 6; y++)
      grey.fill(
        60,
        Math.round(box.y + y) * raster.width + box.x,
        Math.round(box.y + y) * raster.width + box.x + module * 6,
      )
    const stained = turned({ ...raster, grey }, quarters)
    expect(await qrReader.read(stained)).toEqual([])
    const anew = await Promise.all([...regridded(thresholded(stained))].map((page) => qrReader.read(page)))
    expect(anew.flat().map(({ bytes }) => bytes)).toContainEqual(utf8(text))
  })

  test('is none on a page of text or on an empty page', () => {
    const { width, height } = code.raster
    expect([...regridded({ width, height, grey: new Uint8Array(width * height).fill(255) })]).toEqual([])
    const lines = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.floor(i / width) % 20 < 8 && i % 7 < 4 ? 0 : 255,
    )
    expect([...regridded({ width, height, grey: lines })]).toEqual([])
  })
})
