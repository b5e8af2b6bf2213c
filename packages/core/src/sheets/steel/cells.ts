/**
 * Punched or not, place by place: how much the picture differs within a disc from what is beside it. What is neither
 * clearly one nor the other is unsure, and nobody guesses.
 */
import { fitHomography, type Homography, type Point, project } from './homography.js'
import { likenesses, type Place } from './profile.js'
import { type Soft, sampleOn } from './soft.js'

export interface Hole {
  /** On the plate, in mm. */
  readonly at: Point
  readonly radius: number
  /** Half the distance to the next holes: nothing is punched there on both sides at once. */
  readonly gap: readonly [x: number, y: number]
}

/** Null is unsure. */
export type Found = boolean | null

export interface Cells {
  readonly found: readonly Found[]
  /** Between what is punched and what is not, as a share of the brightness of the plate. */
  readonly contrast: number
}

/** Of the way from holes that are none to those that are. */
const UNSURE = { from: 0.34, to: 0.6 } as const
/** Less than this is no punch, whatever the others are. */
const LEAST_CONTRAST = 0.1
const ROUNDS = 2
/** Punches that tell what one looks like, or where the plate lies. */
const LEAST_CLEAR = 8

/** What is at the holes, and the plane moved to where the clear ones are. */
export function readHoles(
  raster: Soft,
  plane: Homography,
  holes: readonly Hole[],
): { readonly cells: Cells; readonly plane: Homography } {
  let fitted = plane
  for (let round = 0; round < ROUNDS; round++) fitted = refit(raster, fitted, holes)
  return { cells: judge(raster, fitted, holes), plane: fitted }
}

/** By their depths, and where enough are clear by how they are like those. */
function judge(raster: Soft, plane: Homography, holes: readonly Hole[]): Cells {
  const depths = holes.map((hole) => depth(raster, plane, hole))
  const { low, high } = classes(depths)
  const contrast = high - low
  if (contrast < LEAST_CONTRAST) return { found: depths.map(() => false), contrast }
  const clear = holes.filter((_, i) => (depths[i] as number) > (low + high) / 2)
  if (clear.length < LEAST_CLEAR) return { found: foundBy(depths), contrast }
  const placeOf = (hole: Hole): Place => ({ at: hole.at, patch: patchOf(raster, plane, hole) })
  return { found: foundBy(likenesses(holes.map(placeOf), clear.map(placeOf))), contrast }
}

function foundBy(values: readonly number[]): readonly Found[] {
  const { low, high } = classes(values)
  const share = (value: number) => (value - low) / (high - low)
  return values.map((value) => {
    return share(value) < UNSURE.from ? false : share(value) > UNSURE.to ? true : null
  })
}

/** Two classes by their means, until they stay (k-means with k = 2). */
function classes(values: readonly number[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Math.min(...values), Math.max(...values)]
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2
    low = mean(values.filter((value) => value <= middle)) ?? low
    high = mean(values.filter((value) => value > middle)) ?? high
  }
  return { low, high }
}

/** Places in a disc of radius 1, evenly. */
const DISC: readonly Point[] = Array.from({ length: 16 }, (_, i) => {
  const [radius, angle] = [Math.sqrt((i + 0.5) / 16), i * 2.399963] // the golden angle
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
})

/** The root of the mean square difference from the ground, as a share of the ground. */
function depth(raster: Soft, plane: Homography, hole: Hole): number {
  const patch = patchOf(raster, plane, hole, 0.72)
  return Math.sqrt(patch.reduce((sum, value) => sum + value * value, 0) / patch.length)
}

/** @param share of the radius of the punch; with its rim where nothing is said */
function patchOf(raster: Soft, plane: Homography, hole: Hole, share = 1.1): Place['patch'] {
  const ground = groundAt(raster, plane, hole)
  const reach = hole.radius * share
  return DISC.map(([dx, dy]) => {
    const grey = sampleOn(raster, plane, [hole.at[0] + dx * reach, hole.at[1] + dy * reach])
    return (grey - ground) / Math.max(ground, 24)
  })
}

/** The median of the greys between the holes. */
function groundAt(raster: Soft, plane: Homography, { at, gap }: Hole): number {
  const [x, y] = at
  const around = [-1, 1].flatMap((u) =>
    [-1, 1].flatMap((v) =>
      [0.85, 1].map((far) => sampleOn(raster, plane, [x + u * far * gap[0], y + v * far * gap[1]])),
    ),
  )
  return median(around)
}

/** The plane through the middles of the clear punches. */
function refit(raster: Soft, plane: Homography, holes: readonly Hole[]): Homography {
  const depths = holes.map((hole) => depth(raster, plane, hole))
  const { low, high } = classes(depths)
  if (high - low < LEAST_CONTRAST) return plane
  const clear = holes.filter((_, i) => (depths[i] as number) > (low + high) / 2)
  if (clear.length < LEAST_CLEAR) return plane
  const middles = clear.map((hole) => middleOf(raster, plane, hole))
  return (
    fitHomography(
      clear.map(({ at }) => at),
      middles,
    ) ?? plane
  )
}

/** In pixels: the centre of what differs from the ground. */
function middleOf(raster: Soft, plane: Homography, hole: Hole): Point {
  const ground = groundAt(raster, plane, hole)
  const reach = Math.min(hole.radius * 1.7, hole.gap[0] * 0.95, hole.gap[1] * 0.95)
  let [weight, dx, dy] = [0, 0, 0]
  for (let u = -3; u <= 3; u++)
    for (let v = -3; v <= 3; v++) {
      const [x, y] = [(u / 3) * reach, (v / 3) * reach]
      const off = Math.abs(sampleOn(raster, plane, [hole.at[0] + x, hole.at[1] + y]) - ground)
      const w = off > 0.08 * ground ? off : 0
      weight += w
      dx += w * x
      dy += w * y
    }
  return weight === 0
    ? project(plane, hole.at)
    : project(plane, [hole.at[0] + dx / weight, hole.at[1] + dy / weight])
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
}
