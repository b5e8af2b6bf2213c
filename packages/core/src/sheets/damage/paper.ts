/** What happens to paper and ink: stains, folds, fading. The box is that of the code, in pixels. */
import type { Box, Raster } from '../read/raster.js'
import { type Chance, seeded } from './seeded.js'

export interface Damaged {
  readonly raster: Raster
  /** Where the code lies. */
  readonly box: Box
  /** Pixels of one module. */
  readonly module: number
}

/** Round stains, dark or bleached, a tenth to a third of the width of the code, that cover so many percent of the code. */
export function stain({ raster, box }: Damaged, percent: number, seed: number): Raster {
  const chance = seeded(seed)
  const grey = raster.grey.slice()
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map(
    Math.round,
  ) as [number, number, number, number]
  const covered = new Uint8Array(raster.grey.length)
  let rest = ((right - left) * (bottom - top) * percent) / 100
  while (rest > 0) {
    const blob = {
      ...placeIn(box, chance),
      radius: box.width * (0.05 + 0.1 * chance()),
      ink: chance() < 0.7 ? 40 + 60 * chance() : 235,
    }
    for (
      let y = Math.max(top, Math.floor(blob.y - blob.radius));
      y < Math.min(bottom, blob.y + blob.radius);
      y++
    )
      for (
        let x = Math.max(left, Math.floor(blob.x - blob.radius));
        x < Math.min(right, blob.x + blob.radius);
        x++
      ) {
        const at = y * raster.width + x
        if (rest <= 0 || covered[at] === 1 || (x - blob.x) ** 2 + (y - blob.y) ** 2 > blob.radius ** 2)
          continue
        covered[at] = 1
        grey[at] = blob.ink
        rest--
      }
  }
  return { ...raster, grey }
}

function placeIn(box: Box, chance: Chance): { readonly x: number; readonly y: number } {
  return { x: box.x + box.width * chance(), y: box.y + box.height * chance() }
}

/** So many folds across the code, along which the ink is gone, half a module wide, and a shadow lies beside. */
export function fold({ raster, box, module }: Damaged, folds: number, seed: number): Raster {
  const chance = seeded(seed)
  const grey = raster.grey.slice()
  for (let i = 0; i < folds; i++) {
    const through = placeIn(box, chance)
    const slope = (chance() - 0.5) * 0.2
    const isLevel = i % 2 === 0
    for (let y = 0; y < raster.height; y++)
      for (let x = 0; x < raster.width; x++) {
        const away = isLevel
          ? y - through.y - slope * (x - through.x)
          : x - through.x - slope * (y - through.y)
        const at = y * raster.width + x
        if (Math.abs(away) <= module / 4) grey[at] = 245
        else if (away > 0 && away < module * 4) grey[at] = grey[at]! * 0.75
      }
  }
  return { ...raster, grey }
}

/** So many percent of the contrast are lost. */
export function fade({ raster }: Damaged, percent: number): Raster {
  const kept = 1 - percent / 100
  return { ...raster, grey: raster.grey.map((grey) => Math.round(235 - (235 - Math.min(grey, 235)) * kept)) }
}
