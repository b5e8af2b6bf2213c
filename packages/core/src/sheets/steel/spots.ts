/**
 * Dark round spots on a picture, of all sizes: where a square is darker than what is on each of its four sides. Squares in place of
 * discs, as sums over them are four look-ups (H. Bay and others, "SURF", 2006). The first step of reading a plate.
 */
import { type Box, type Raster, sampleAt, scaled, sums } from '../read/raster.js'
import type { Point } from './homography.js'

export interface Spot {
  /** In pixels of the whole picture. */
  readonly at: Point
  /** In the same pixels, of the size that fits best of those that are tried. */
  readonly diameter: number
}

/** In those pixels: marks of 3 mm on a plate that fills the picture, down to a fourth of it. */
const RADII = [16, 12.5, 10, 8, 6.3, 5, 4]
/** As a part of the grey around it. */
const LEAST_DEPTH = 0.1
/** Of what is around a spot: below it noise would be a spot. */
const DARKEST = 12
const MOST_SPOTS = 110

/** The largest first. @param side pixels of the longer side of the picture at which spots are looked for */
export function findSpots(raster: Raster, side = 800): readonly Spot[] {
  const factor = Math.min(1, side / Math.max(raster.width, raster.height))
  const small = scaled(raster, factor)
  const table = sums(small)
  const found = RADII.flatMap((radius) => spotsOf(table, small, radius))
  return distinct(found)
    .slice(0, MOST_SPOTS)
    .map((spot) => {
      const [x, y] = middleOf(small, spot)
      return {
        at: [(x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5],
        diameter: (2 * spot.radius) / factor,
      }
    })
}

interface Dark {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly depth: number
}

/** Of one size: the darkest within their own radius. */
function spotsOf(table: Uint32Array, { width, height }: Raster, radius: number): readonly Dark[] {
  const [inner, from, to] = [radius * 0.75, radius * 1.25, radius * 1.6].map(Math.round) as [
    number,
    number,
    number,
  ]
  const step = radius > 7 ? 2 : 1
  const columns = Math.ceil(width / step)
  const depths = new Float32Array(columns * Math.ceil(height / step))
  const [side, long, deep] = [2 * inner + 1, 2 * from + 1, to - from + 1]
  const stride = width + 1
  const within = offsetsOf({ x: -inner, y: -inner, width: side, height: side }, stride)
  const above = offsetsOf({ x: -from, y: -to, width: long, height: deep }, stride)
  const below = offsetsOf({ x: -from, y: from, width: long, height: deep }, stride)
  const before = offsetsOf({ x: -to, y: -from, width: deep, height: long }, stride)
  const behind = offsetsOf({ x: from, y: -from, width: deep, height: long }, stride)
  for (let y = to; y < height - to; y += step)
    for (let x = to; x < width - to; x += step) {
      const at = y * stride + x
      const dark = meanAt(table, at, within)
      const first = Math.max(meanAt(table, at, above), DARKEST)
      if (dark > first * (1 - LEAST_DEPTH)) continue // as most places are: no spot, whatever is on the other sides
      const others = Math.min(meanAt(table, at, below), meanAt(table, at, before), meanAt(table, at, behind))
      depths[(y / step) * columns + x / step] = 1 - dark / Math.max(Math.min(first, others), DARKEST)
    }
  return peaks(depths, columns).map(({ x, y, depth }) => ({ x: x * step, y: y * step, radius, depth }))
}

/** From a place in the table to where the sums of a box around it are. */
interface Offsets {
  readonly pixels: number
  readonly topLeft: number
  readonly topRight: number
  readonly bottomLeft: number
  readonly bottomRight: number
}

function offsetsOf({ x, y, width, height }: Box, stride: number): Offsets {
  const [topLeft, bottomLeft] = [y * stride + x, (y + height) * stride + x]
  return {
    ...{ pixels: width * height, topLeft, bottomLeft },
    topRight: topLeft + width,
    bottomRight: bottomLeft + width,
  }
}

/** Of the pixels in the box. */
function meanAt(table: Uint32Array, at: number, box: Offsets): number {
  const below = table[at + box.bottomRight]! - table[at + box.bottomLeft]!
  const above = table[at + box.topRight]! - table[at + box.topLeft]!
  return ((below - above) >>> 0) / box.pixels
}

/** Places deeper than the eight around them. */
function peaks(depths: Float32Array, columns: number): readonly Omit<Dark, 'radius'>[] {
  const around = [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1]
  const found: Omit<Dark, 'radius'>[] = []
  for (let i = columns + 1; i < depths.length - columns - 1; i++) {
    const depth = depths[i]!
    if (depth > LEAST_DEPTH && around.every((d) => depths[i + d]! <= depth))
      found.push({ x: i % columns, y: Math.floor(i / columns), depth })
  }
  return found
}

/** Of spots at one place the deepest, a little in favour of the larger; then the largest first. */
function distinct(spots: readonly Dark[]): readonly Dark[] {
  const worth = ({ depth, radius }: Dark) => depth * radius ** 0.35
  const kept: Dark[] = []
  for (const spot of [...spots].sort((a, b) => worth(b) - worth(a))) {
    const isNew = kept.every(
      ({ x, y, radius }) => Math.hypot(x - spot.x, y - spot.y) > Math.max(radius, spot.radius),
    )
    if (isNew) kept.push(spot)
    if (kept.length === MOST_KEPT) break
  }
  return kept.sort((a, b) => b.radius * b.depth ** 0.5 - a.radius * a.depth ** 0.5)
}

const MOST_KEPT = 400

/** The centre of what is darker than the middle between the spot and its surroundings. */
function middleOf(raster: Raster, { x, y, radius }: Dark): Point {
  const reach = Math.ceil(radius * 1.3)
  const edge = [-1, 1].flatMap((u) =>
    [-1, 1].map((v) => sampleAt(raster, x + u * radius * 1.5, y + v * radius * 1.5)),
  )
  const ground = edge.reduce((sum, grey) => sum + grey, 0) / edge.length
  let [weight, dx, dy] = [0, 0, 0]
  for (let v = -reach; v <= reach; v++)
    for (let u = -reach; u <= reach; u++) {
      if (u * u + v * v > reach * reach) continue
      const w = Math.max(0, Math.abs(ground - sampleAt(raster, x + u, y + v)) - 0.12 * ground)
      weight += w
      dx += w * u
      dy += w * v
    }
  return weight === 0 ? [x, y] : [x + dx / weight, y + dy / weight]
}
