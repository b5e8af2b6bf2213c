/**
 * What makes the codes of a bad picture readable: photos with a shadow across, faded ink, noise of little light, and
 * pictures that are far too large or small. Each way gives a raster that is tried in turn.
 */
import { type Raster, scaled, sums, sumWithin } from './raster.js'
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
  const { grey } = raster
  return fromAround(raster, reach, (sum, count, at) => (grey[at]! * count < sum * 0.85 ? 0 : 255))
}

/** The mean of each pixel and those up to `reach` pixels around it. */
export function smoothed(raster: Raster, reach: number): Raster {
  return fromAround(raster, reach, (sum, count) => sum / count)
}

/** @param sum of `count` pixels: the one `at` this place and those around it, of which there are fewer at the edge */
type Of = (sum: number, count: number, at: number) => number

function fromAround(raster: Raster, reach: number, of: Of): Raster {
  const { width, height } = raster
  const [table, stride] = [sums(raster), width + 1]
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum = sumWithin(table, stride, { left, top, right, bottom })
      out[y * width + x] = of(sum, (right - left) * (bottom - top), y * width + x)
    }
  }
  return { width, height, grey: out }
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
  yield* regridded(black)
}

function percentile(counts: Uint32Array, share: number): number {
  let seen = 0
  for (const [grey, count] of counts.entries()) {
    seen += count
    if (seen >= share) return grey
  }
  return 255
}
