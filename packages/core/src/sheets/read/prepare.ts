/**
 * What makes the codes of a bad picture readable: photos with a shadow across, faded ink, noise of little light, and
 * pictures that are far too large or small. Each way gives a raster that is tried in turn.
 */
import { type Raster, scaled } from './raster.js'
import { regridded } from './regrid.js'

/** Of a page of A4 at 150 dpi; readers find codes faster here, and no worse. */
const USUAL_PIXELS = 2_200_000
const SMALL_PIXELS = 400_000

/** The grey of the darkest hundredth becomes black, that of the lightest white. */
export function levelled(raster: Raster): Raster {
  const counts = new Uint32Array(256)
  for (const grey of raster.grey) counts[grey]! += 1
  const dark = percentile(counts, raster.grey.length * 0.01)
  const light = percentile(counts, raster.grey.length * 0.99)
  if (light - dark < 8) return raster
  const map = Uint8Array.from({ length: 256 }, (_, i) =>
    Math.min(255, Math.max(0, Math.round(((i - dark) * 255) / (light - dark)))),
  )
  return { ...raster, grey: raster.grey.map((grey) => map[grey]!) }
}

/**
 * Black where a pixel is darker than what lies around it, which a shadow does not change. D. Bradley, G. Roth,
 * "Adaptive Thresholding using the Integral Image", 2007: an eighth of the width, 15 %.
 */
export function thresholded(raster: Raster): Raster {
  const reach = Math.max(4, Math.round(Math.max(raster.width, raster.height) / 16))
  const { width, height, grey } = raster
  const out = new Uint8Array(width * height)
  for (const { at, sums, counts } of rowsAround(raster, reach))
    for (let x = 0; x < width; x++) out[at + x] = grey[at + x]! * counts[x]! < sums[x]! * 0.85 ? 0 : 255
  return { width, height, grey: out }
}

/** The mean of each pixel and those up to `reach` pixels around it. */
export function smoothed(raster: Raster, reach: number): Raster {
  const { width, height } = raster
  const out = new Uint8Array(width * height)
  for (const { at, sums, counts } of rowsAround(raster, reach))
    for (let x = 0; x < width; x++) out[at + x] = sums[x]! / counts[x]!
  return { width, height, grey: out }
}

/** A row of pixels, the first of which is the one `at` this place. The arrays are the same for all rows. */
interface RowAround {
  readonly at: number
  /** Of each pixel and those around it. */
  readonly sums: Uint32Array
  /** How many these are: fewer at the edges. */
  readonly counts: Uint32Array
}

/** Sums down the columns of a window that slides, of which a row enters and one leaves, then along the row. */
function* rowsAround({ width, height, grey }: Raster, reach: number): Generator<RowAround> {
  const across = Uint32Array.from(
    { length: width },
    (_, x) => Math.min(width, x + reach + 1) - Math.max(0, x - reach),
  )
  const [sums, counts] = [new Uint32Array(width), new Uint32Array(width)]
  // those beyond the edges stay 0
  const columns = new Int32Array(width + 2 * reach + 1)
  const within = columns.subarray(reach + 1)
  const row = (y: number) => grey.subarray(y * width, (y + 1) * width)
  for (let y = -reach, down = 0; y < height; y++) {
    const [enters, leaves] = [y + reach, y - reach - 1]
    if (enters < height) add(within, row(enters))
    if (leaves >= 0) subtract(within, row(leaves))
    if (y < 0) continue
    const rows = Math.min(height, enters + 1) - Math.max(0, leaves + 1)
    if (rows !== down) for (let x = 0; x < width; x++) counts[x] = across[x]! * rows
    down = rows
    sumAlong(columns, sums)
    yield { at: y * width, sums, counts }
  }
}

// loops of their own: inside of a generator they take twice the time

function add(columns: Int32Array, row: Uint8Array): void {
  for (let x = 0; x < row.length; x++) columns[x]! += row[x]!
}

function subtract(columns: Int32Array, row: Uint8Array): void {
  for (let x = 0; x < row.length; x++) columns[x]! -= row[x]!
}

/** Of as many columns as there are more of them than sums. */
function sumAlong(columns: Int32Array, sums: Uint32Array): void {
  const reach = columns.length - sums.length
  let sum = 0
  for (let x = 0; x < reach; x++) sum += columns[x]!
  for (let x = 0; x < sums.length; x++) sums[x] = sum += columns[x + reach]! - columns[x]!
}

/** The raster in the ways it is tried, the cheapest and most often good ones first. */
export function* preparations(raster: Raster): Generator<Raster> {
  const pixels = raster.width * raster.height
  const usual = pixels > USUAL_PIXELS ? scaled(raster, Math.sqrt(USUAL_PIXELS / pixels)) : raster
  yield usual
  if (usual !== raster) yield raster
  const black = thresholded(usual)
  yield black
  yield levelled(smoothed(usual, 1))
  if (pixels > USUAL_PIXELS / 4) yield thresholded(scaled(usual, 0.5))
  if (pixels < SMALL_PIXELS) yield scaled(raster, 3)
  yield* regridded(black, usual)
}

function percentile(counts: Uint32Array, share: number): number {
  let seen = 0
  for (const [grey, count] of counts.entries()) {
    seen += count
    if (seen >= share) return grey
  }
  return 255
}
