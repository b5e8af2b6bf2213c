/** What happens between the paper and the file: blur, a slanted look, a turned paper, little light, compression. */
import { blankRaster, type Point, type Raster, sampleAt } from '../read/raster.js'
import type { Damaged } from './paper.js'
import { normal, seeded } from './seeded.js'

/** A bell curve whose deviation is so many percent of a module. */
export function blur({ raster, module }: Damaged, percent: number): Raster {
  const sigma = (module * percent) / 100
  if (sigma < 0.1) return raster
  const reach = Math.ceil(sigma * 3)
  const weights = Array.from({ length: reach * 2 + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const bell = weights.map((weight) => weight / total)
  return transposed(smeared(transposed(smeared(raster, bell)), bell))
}

/** Each row by the weights; the edge goes on for ever. */
function smeared({ width, height, grey }: Raster, weights: readonly number[]): Raster {
  const out = new Uint8Array(grey.length)
  const reach = weights.length >> 1
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++)
        sum += weights[i]! * grey[y * width + Math.min(Math.max(x + i - reach, 0), width - 1)]!
      out[y * width + x] = sum
    }
  return { width, height, grey: out }
}

function transposed({ width, height, grey }: Raster): Raster {
  const out = blankRaster(height, width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out.grey[x * height + y] = grey[y * width + x]!
  return out
}

/** Seen from two and a half times its width away, tilted by so many degrees, about an axis that the seed turns. */
export function tilt({ raster }: Damaged, degrees: number, seed: number): Raster {
  const chance = seeded(seed)
  const [angle, axis] = [(degrees * Math.PI) / 180, chance() * 2 * Math.PI]
  const distance = 2.5 * Math.max(raster.width, raster.height)
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const [ux, uy] = [Math.cos(axis), Math.sin(axis)]
  // Of a point (x, y) of the picture: along the axis a, across it b; on the paper b becomes b', which is b' cos / (1 + b' sin / d)
  return warped(raster, ({ x, y }) => {
    const [a, b] = [x * ux + y * uy, -x * uy + y * ux]
    const across = b / (cos - (b * sin) / distance)
    const along = a * (1 + (across * sin) / distance)
    return { x: along * ux - across * uy, y: along * uy + across * ux }
  })
}

export function rotate({ raster }: Damaged, degrees: number): Raster {
  const angle = (degrees * Math.PI) / 180
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  return warped(raster, ({ x, y }) => ({ x: x * cos + y * sin, y: -x * sin + y * cos }))
}

/** Each pixel from where `from` says, both measured from the middle; paper goes on around the picture. */
function warped(raster: Raster, from: (to: Point) => Point): Raster {
  const margin = Math.round(Math.max(raster.width, raster.height) * 0.22)
  const [width, height] = [raster.width + 2 * margin, raster.height + 2 * margin]
  const out = blankRaster(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const source = from({ x: x - width / 2, y: y - height / 2 })
      const [sx, sy] = [source.x + raster.width / 2, source.y + raster.height / 2]
      const isInside = sx > 0 && sy > 0 && sx < raster.width && sy < raster.height
      if (isInside) out.grey[y * width + x] = sampleAt(raster, sx, sy)
    }
  return out
}

/** So many percent of the light are missing, and the sensor adds noise of a deviation of 6 of 255. */
export function dim({ raster }: Damaged, percent: number, seed: number): Raster {
  const chance = seeded(seed)
  const kept = 1 - percent / 100
  return {
    ...raster,
    grey: raster.grey.map((grey) => Math.min(255, Math.max(0, Math.round(grey * kept + 6 * normal(chance))))),
  }
}

/**
 * As a person takes it with a telephone at a table in the evening: tilted by so many degrees, a little out of focus, light
 * that falls from a half to a fifth across the picture, noise, and a quality of 75.
 */
export function photograph(code: Damaged, degrees: number, seed: number): Raster {
  const seen = { ...code, raster: tilt(code, degrees, seed) }
  const soft = { ...code, raster: blur(seen, 25) }
  const dark = { ...code, raster: dim({ ...code, raster: shaded(soft.raster, seed) }, 0, seed) }
  return compress(dark, 25)
}

/** From 50 % of the light on one side to 20 % on the other. */
function shaded({ width, height, grey }: Raster, seed: number): Raster {
  const angle = seeded(seed)() * 2 * Math.PI
  const [cos, sin] = [Math.cos(angle) / width, Math.sin(angle) / height]
  const out = new Uint8Array(grey.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = (x - width / 2) * cos + (y - height / 2) * sin
      const light = Math.min(0.5, Math.max(0.2, 0.35 + 0.3 * across))
      out[y * width + x] = grey[y * width + x]! * light
    }
  return { width, height, grey: out }
}

/** ITU-T T.81, annex K.1: the table for luminance, scaled as the IJG's programs do for a quality. */
const TABLE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]

/** Row u: how much of the wave u lies at each of eight places. Section A.3.3. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7]
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})
const BACK = COSINES.map((_, i) => COSINES[(i & 7) * 8 + (i >> 3)]!)

/** Blocks of 8 by 8 as a JPEG keeps them when so many percent of quality are given away. */
export function compress({ raster }: Damaged, percent: number): Raster {
  const quality = Math.max(1, 100 - percent)
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
  const steps = TABLE.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))))
  const out = { ...raster, grey: raster.grey.slice() }
  for (let y = 0; y + 8 <= raster.height; y += 8)
    for (let x = 0; x + 8 <= raster.width; x += 8) requantise(out, y * raster.width + x, steps)
  return out
}

const block = new Float64Array(64)

function requantise({ width, grey }: Raster, at: number, steps: readonly number[]): void {
  for (let i = 0; i < 64; i++) block[i] = grey[at + (i >> 3) * width + (i & 7)]! - 128
  transform(block, COSINES)
  for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!
  transform(block, BACK)
  for (let i = 0; i < 64; i++)
    grey[at + (i >> 3) * width + (i & 7)] = Math.min(255, Math.max(0, Math.round(block[i]! + 128)))
}

const half = new Float64Array(64)

/** Rows, then columns; each pass turns rows into columns, so that two give the block as it stood. */
function transform(values: Float64Array, weights: Float64Array): void {
  pass(values, half, weights)
  pass(half, values, weights)
}

function pass(from: Float64Array, to: Float64Array, weights: Float64Array): void {
  for (let i = 0; i < 8; i++)
    for (let j = 0; j < 8; j++) {
      let sum = 0
      for (let k = 0; k < 8; k++) sum += from[j * 8 + k]! * weights[i * 8 + k]!
      to[i * 8 + j] = sum
    }
}
