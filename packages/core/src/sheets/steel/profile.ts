/**
 * What a punch looks like in this picture, learned from those that are clear: the light comes from one side, so that each is
 * dark and bright in the same parts. How far a place is like them, as a matched filter says it (R. O. Duda and others,
 * Pattern Classification, 2nd edition, section 2.6): rust, scratches and glare are dark or bright, but not in these parts.
 */
import type { Point } from './homography.js'

/** Greys in a disc around a place less the ground, as shares of the ground; the same parts of every place. */
export type Patch = readonly number[]

export interface Place {
  /** In mm. */
  readonly at: Point
  readonly patch: Patch
}

/** Of the mean of a patch against what differs from it: a blot is as dark as a punch. */
const OF_MEAN = 0.15

/** 1 for a place that is as the clear ones near it are, 0 for one that is even. */
export function likenesses(places: readonly Place[], clear: readonly Place[]): readonly number[] {
  const patches = clear.map(({ patch }) => patch)
  const profile = (patches[0] ?? []).map((_, part) => median(patches.map((patch) => patch[part] as number)))
  const whole = product(profile, profile)
  const known = clear.map(({ at, patch }) => ({ at, like: product(patch, profile) / whole }))
  return places.map(({ at, patch }) => product(patch, profile) / whole / strengthAt(at, known))
}

function product(a: Patch, b: Patch): number {
  const [m, n] = [mean(a), mean(b)]
  return a.reduce((sum, value, i) => sum + (value - m) * ((b[i] as number) - n), OF_MEAN * m * n * a.length)
}

/** In mm: light and glare change over the plate. */
const NEAR = 12
/** As many punches of the usual strength as if they were beside each place. */
const PRIOR = 2

/** Of the clear punches around a place. */
function strengthAt([x, y]: Point, known: readonly { readonly at: Point; readonly like: number }[]): number {
  let [sum, weights] = [PRIOR, PRIOR]
  for (const { at, like } of known) {
    const weight = Math.exp(-((at[0] - x) ** 2 + (at[1] - y) ** 2) / (2 * NEAR ** 2))
    sum += weight * Math.min(2, Math.max(0.3, like))
    weights += weight
  }
  return sum / weights
}

function mean(values: Patch): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}
