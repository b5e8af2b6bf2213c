/** A picture a little out of focus, about a quarter of a mm of the plate, against grain and noise. */
import { between, type Raster, sums, sumWithin } from '../read/raster.js'
import { type Homography, type Point, pixelsPerMm, project } from './homography.js'
import { STEEL_SIZES, type SteelSize } from './kinds.js'

const REACH_MM = 0.12

interface Placed {
  readonly plane: Homography
  readonly size: SteelSize
}

/** In pixels, to each side; 0 for a picture that is small anyway. */
function reachOf({ plane, size }: Placed): number {
  const { width, height } = STEEL_SIZES[size]
  return Math.min(8, Math.round(pixelsPerMm(plane, [width / 2, height / 2]) * REACH_MM))
}

/** A picture whose greys are made where they are looked at, which on a photo is a small part of it. */
export interface Soft {
  readonly width: number
  readonly height: number
  readonly greyAt: (x: number, y: number) => number
}

/** The mean of the square around each pixel, as large as the scale of a plate says. */
export function softener(raster: Raster): (plate: Placed) => Soft {
  const { width, height, grey } = raster
  const table = sums(raster)
  const greysOf =
    (reach: number): Soft['greyAt'] =>
    (x, y) => {
      if (reach < 1) return grey[y * width + x]!
      const [left, top] = [Math.max(0, x - reach), Math.max(0, y - reach)]
      const [right, bottom] = [Math.min(width, x + reach + 1), Math.min(height, y + reach + 1)]
      const sum = sumWithin(table, width + 1, { left, top, right, bottom })
      return Math.floor(sum / ((right - left) * (bottom - top)))
    }
  return (plate) => ({ width, height, greyAt: greysOf(reachOf(plate)) })
}

export function sampleOn({ width, height, greyAt }: Soft, plane: Homography, at: Point): number {
  const [x, y] = project(plane, at)
  return between({ width, height, x, y }, greyAt)
}
