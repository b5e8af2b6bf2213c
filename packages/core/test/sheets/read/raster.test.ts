import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelled, smoothed, thresholded } from '../../../src/sheets/read/prepare.js'
import { cropped, fromRgba, type Raster, scaled, turned } from '../../../src/sheets/read/raster.js'

const raster = (rows: readonly (readonly number[])[]): Raster => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  grey: Uint8Array.from(rows.flat()),
})
const rows = ({ width, height, grey }: Raster) =>
  Array.from({ length: height }, (_, y) => [...grey.subarray(y * width, (y + 1) * width)])

const sizes = fc.record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
const anyRaster = sizes.chain(({ width, height }) =>
  fc
    .uint8Array({ minLength: width * height, maxLength: width * height })
    .map((grey) => ({ width, height, grey })),
)

describe('a raster', () => {
  const page = raster([
    [1, 2, 3],
    [4, 5, 6],
  ])

  test('is turned clockwise', () => {
    expect(rows(turned(page, 1))).toEqual([
      [4, 1],
      [5, 2],
      [6, 3],
    ])
    expect(rows(turned(page, 2))).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ])
  })

  test('is itself again after four quarters', () => {
    fc.assert(
      fc.property(anyRaster, (any) => {
        expect(turned(turned(turned(turned(any, 1), 1), 1), 1)).toEqual(any)
        expect(turned(turned(any, 1), 1)).toEqual(turned(any, 2))
        expect(turned(turned(any, 1), 3)).toEqual(any)
      }),
      { seed: 2026 },
    )
  })

  test('is cut to the part of a box that lies in it', () => {
    expect(rows(cropped(page, { x: 1, y: -5, width: 9, height: 6 }))).toEqual([[2, 3]])
  })

  test('keeps its mean when it shrinks by halves, and its greys when it grows', () => {
    const even = raster([
      [0, 100, 10, 10],
      [100, 0, 10, 10],
    ])
    expect(rows(scaled(even, 0.5))).toEqual([[50, 10]])
    fc.assert(
      fc.property(anyRaster, (any) => {
        const grown = scaled(any, 3)
        expect(grown.grey.length).toBe(any.grey.length * 9)
        expect(Math.min(...grown.grey)).toBeGreaterThanOrEqual(Math.min(...any.grey))
        expect(Math.max(...grown.grey)).toBeLessThanOrEqual(Math.max(...any.grey))
      }),
      { seed: 2026 },
    )
  })

  test('shrinks a white photo to white, also where its greys add up to more than 32 bits', () => {
    const [width, height] = [5000, 3400]
    const small = scaled({ width, height, grey: new Uint8Array(width * height).fill(255) }, 0.1)
    expect(small.grey.every((grey) => grey === 255)).toBe(true)
  })

  test('shows what is transparent as the white of paper', () => {
    const data = Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 255)
    expect([...fromRgba({ width: 4, height: 1, data }).grey]).toEqual([0, 255, 255, 76])
  })
})

describe('preparing', () => {
  test('stretches faded greys from black to white', () => {
    const faded = raster([Array.from({ length: 200 }, (_, i) => 120 + (i % 20))])
    const grey = levelled(faded).grey
    expect([Math.min(...grey), Math.max(...grey)]).toEqual([0, 255])
  })

  test('leaves a page of one grey as it is', () => {
    const page = raster([[9, 9, 9, 9]])
    expect(levelled(page)).toBe(page)
  })

  test('sees a black dot on either side of a shadow', () => {
    const width = 64
    const shadow = { width, height: width, grey: new Uint8Array(width * width) }
    for (let y = 0; y < width; y++) for (let x = 0; x < width; x++) shadow.grey[y * width + x] = 60 + x * 2
    shadow.grey[20 * width + 3] = 20
    shadow.grey[20 * width + 60] = 100
    const out = thresholded(shadow)
    expect(out.grey[20 * width + 3]).toBe(0)
    expect(out.grey[20 * width + 60]).toBe(0)
    expect(out.grey.filter((grey) => grey === 0).length).toBe(2)
  })

  test('takes single pixels of noise for what they are', () => {
    const speckled = raster([
      [255, 255, 255],
      [255, 0, 255],
      [255, 255, 255],
    ])
    expect(smoothed(speckled, 1).grey[4]).toBe(226)
  })
})
