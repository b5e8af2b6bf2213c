/**
 * The five big marks of a plate among the spots of a picture: the one in the upper left and the fifth beside it give
 * scale and direction, the other three are looked for where they must be, and the fifth must come out where it is.
 */
import type { Box } from '../read/raster.js'
import { fitHomography, type Homography, type Point, project } from './homography.js'
import { STEEL_SIZES, type SteelSize } from './kinds.js'
import { bigMarks, FIFTH, MARK_RADIUS } from './places.js'
import type { Spot } from './spots.js'

export interface Frame {
  readonly size: SteelSize
  /** From mm of the plate to pixels. */
  readonly plane: Homography
  /** How far from where it should be the fifth mark is, in mm. */
  readonly off: number
  /** Around the four marks, in pixels. */
  readonly box: Box
  /** How many times larger the largest of the five is than the smallest. */
  readonly spread: number
  readonly hand: Hand
}

/** `mirrored` is a plate in a mirror, or its back where the punches come through. */
export type Hand = 'straight' | 'mirrored'

const SIZES = Object.keys(STEEL_SIZES) as readonly SteelSize[]
/** Perspective of some 20 degrees. */
const REACH = 0.28
const MOST_OFF = 0.8
const MOST_FRAMES = 300

/** The marks are the largest spots of a plate, but for a few beside it. */
const MOST_SPOTS = 90

/** The likeliest first: punches in a row are as far apart as some frame, but no frame of them is as large as the plate. */
export function findFrames(all: readonly Spot[], hand: Hand = 'straight'): readonly Frame[] {
  const spots = all.slice(0, MOST_SPOTS)
  const pairs = spots.flatMap((first) =>
    spots.flatMap((fifth) => (isPair(first, fifth) ? [{ first, fifth }] : [])),
  )
  const frames = pairs.flatMap(({ first, fifth }) =>
    SIZES.flatMap((size) => framesOf(size, { first, fifth, spots, hand })),
  )
  return [...frames].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_FRAMES)
}

function worth({ off, box, spread }: Frame): number {
  return (box.width * box.height * (1 - off / (2 * MOST_OFF))) / spread ** 3
}

interface Start {
  readonly first: Spot
  readonly fifth: Spot
  readonly spots: readonly Spot[]
  readonly hand: Hand
}

/** Of one size, and as far apart as their size says: 7 mm for 3 mm. */
function isPair(first: Spot, fifth: Spot): boolean {
  if (first === fifth || !isAlike(first, fifth)) return false
  const ratio = distance(first.at, fifth.at) / ((first.diameter + fifth.diameter) / 2)
  const expected = FIFTH / (2 * MARK_RADIUS)
  return ratio > expected * 0.6 && ratio < expected * 1.6
}

function isAlike(a: Spot, b: Spot): boolean {
  return a.diameter < b.diameter * 2.1 && b.diameter < a.diameter * 2.1
}

function framesOf(size: SteelSize, { first, fifth, spots, hand }: Start): readonly Frame[] {
  const marks = bigMarks(size)
  const [x, y] = first.at
  const [a, b] = [(fifth.at[0] - x) / FIFTH, (fifth.at[1] - y) / FIFTH] // pixels that a mm to the right is
  const [width, height] = [marks[1][0] - marks[0][0], marks[3][1] - marks[0][1]]
  const alike = spots.filter((spot) => spot !== first && spot !== fifth && isAlike(spot, first))
  const near = (at: Point, reach: number) => alike.filter((spot) => distance(spot.at, at) < reach)
  const unit = Math.hypot(a, b)
  const down = hand === 'straight' ? 1 : -1
  const rights = near([x + a * width, y + b * width], unit * width * REACH)
  const lowers = near([x - down * b * height, y + down * a * height], unit * height * REACH)
  return rights.flatMap((right) =>
    lowers.flatMap((lower) => {
      const far: Point = [right.at[0] + lower.at[0] - x, right.at[1] + lower.at[1] - y]
      return near(far, unit * width * REACH).flatMap((last) => {
        const plane = fitHomography(marks.slice(0, 4), [first.at, right.at, last.at, lower.at])
        const box = boxOf([first.at, right.at, last.at, lower.at])
        const sizes = [first, fifth, right, last, lower].map(({ diameter }) => diameter)
        const spread = Math.max(...sizes) / Math.min(...sizes)
        return plane ? checked({ size, plane, box, spread, hand }, fifth.at, unit) : []
      })
    }),
  )
}

function checked(frame: Omit<Frame, 'off'>, fifth: Point, unit: number): readonly Frame[] {
  const off = distance(project(frame.plane, bigMarks(frame.size)[4]), fifth) / unit
  return off < MOST_OFF ? [{ ...frame, off }] : []
}

function boxOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

function distance([a, b]: Point, [c, d]: Point): number {
  return Math.hypot(a - c, b - d)
}
