/** A picture a little out of focus, about a quarter of a mm of the plate, against grain and noise. */
import { smoothed } from '../read/prepare.js'
import { type Raster, sampleAt } from '../read/raster.js'
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
  return reach < 1 ? raster : smoothed(raster, reach)
}

export function sampleOn(raster: Raster, plane: Homography, at: Point): number {
  const [x, y] = project(plane, at)
  return sampleAt(raster, x, y)
}
