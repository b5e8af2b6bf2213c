/**
 * What makes the codes of a bad picture readable: photos with a shadow across, faded ink, noise of little light, and
 * pictures that are far too large or small. Each way gives a raster that is tried in turn.
 */
import { type Raster, scaled, sums } from './raster.js'
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
  const { width, height, grey } = raster
  const [table, stride] = [sums(raster), width + 1]
  const reach = Math.max(4, Math.round(Math.max(width, height) / 16))
  const out = new Uint8Array(grey.length)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum =
        table[bottom * stride + right]! -
        table[top * stride + right]! -
        table[bottom * stride + left]! +
        table[top * stride + left]!
      out[y * width + x] = grey[y * width + x]! * (right - left) * (bottom - top) < sum * 0.85 ? 0 : 255
    }
  }
  return { width, height, grey: out }
}

/** The mean of each pixel and those up to `reach` pixels around it. */
export function smoothed(raster: Raster, reach: number): Raster {
  const { width, height } = raster
  const [table, stride] = [sums(raster), width + 1]
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum =
        table[bottom * stride + right]! -
        table[top * stride + right]! -
        table[bottom * stride + left]! +
        table[top * stride + left]!
      out[y * width + x] = sum / ((right - left) * (bottom - top))
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
  yield thresholded(usual)
  yield levelled(smoothed(usual, 1))
  if (pixels > USUAL_PIXELS / 4) yield thresholded(scaled(usual, 0.5))
  if (pixels < SMALL_PIXELS) yield scaled(raster, 3)
  yield* regridded(thresholded(usual))
}

function percentile(counts: Uint32Array, share: number): number {
  let seen = 0
  for (const [grey, count] of counts.entries()) {
    seen += count
    if (seen >= share) return grey
  }
  return 255
}
