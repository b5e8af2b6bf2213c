/** A picture a little out of focus, about a quarter of a mm of the plate, against grain and noise. */
import { type Raster, sampleAt, sums } from '../read/raster.js'
import { type Homography, type Point, pixelsPerMm, project } from './homography.js'
import { STEEL_SIZES, type SteelSize } from './kinds.js'

const REACH_MM = 0.12

/** In pixels, to each side; 0 for a picture that is small anyway. */
export function softReach(plane: Homography, size: SteelSize): number {
  const { width, height } = STEEL_SIZES[size]
  return Math.min(8, Math.round(pixelsPerMm(plane, [width / 2, height / 2]) * REACH_MM))
}

/** The mean of the square around each pixel. */
export function softened(raster: Raster, reach: number): Raster {
  return reach < 1 ? raster : meanOf(raster, reach)
}

export function sampleOn(raster: Raster, plane: Homography, at: Point): number {
  const [x, y] = project(plane, at)
  return sampleAt(raster, x, y)
}

function meanOf(raster: Raster, reach: number): Raster {
  const { width, height } = raster
  const [table, stride] = [sums(raster), width + 1]
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach) * stride, Math.min(height, y + reach + 1) * stride]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum = table[bottom + right]! - table[top + right]! - table[bottom + left]! + table[top + left]!
      grey[y * width + x] = (sum * stride) / ((right - left) * (bottom - top))
    }
  }
  return { width, height, grey }
}
