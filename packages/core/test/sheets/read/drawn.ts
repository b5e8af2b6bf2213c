/** QR codes drawn one below the other on a white page of pixels, as `qr` makes them. */
import encodeQR, { type ErrorCorrection } from 'qr'
import { blankRaster, type Raster } from '../../../src/sheets/read/raster.js'

export interface DrawnCode {
  readonly text: string
  readonly level?: ErrorCorrection
}

const QUIET_ZONE = 4

export function modulesOf({ text, level = 'high' }: DrawnCode): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: level, border: QUIET_ZONE })
}

/** Each module so many pixels wide, with the quiet zone around each code. */
export function drawCodes(codes: readonly DrawnCode[], side = 6): Raster {
  const grids = codes.map(modulesOf)
  const width = Math.max(...grids.map((grid) => grid.length)) * side
  const page = blankRaster(width, grids.reduce((sum, grid) => sum + grid.length, 0) * side)
  let top = 0
  for (const grid of grids) {
    for (let y = 0; y < grid.length * side; y++)
      for (let x = 0; x < grid.length * side; x++)
        if (grid[Math.floor(y / side)]?.[Math.floor(x / side)]) page.grey[(top + y) * width + x] = 0
    top += grid.length * side
  }
  return page
}

/** A quarter of the light, and a shadow that grows lighter to the right. */
export function inShadow(page: Raster): Raster {
  const { width } = page
  return { ...page, grey: page.grey.map((grey, i) => (grey >> 2) + ((i % width) * 90) / width) }
}
