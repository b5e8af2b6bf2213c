/**
 * Stamped letters on a picture, compared with the strokes of every letter. What fits is not decided here, letter by
 * letter, but word by word (`join.ts`): a word is four letters that the list has together.
 */
import type { Homography, Point } from './homography.js'
import type { PlateKind } from './kinds.js'
import { LETTER, letterPlaces } from './places.js'
import { type Soft, sampleOn } from './soft.js'
import { BOX, STROKES } from './strokes.js'

/** What is at one place of a word. */
export interface Stamps {
  /** The number of the word, or C1 and C2. */
  readonly name: string
  readonly isEmpty: boolean
  /** For each of the four places: how well each letter fits, from -1 to 1. The empty text stands for no letter. */
  readonly fits: readonly ReadonlyMap<string, number>[]
}

/** Of samples, in mm. */
const STEP = 0.22
const HALF = { columns: 6, rows: 9 }
/** Of a letter that is there: less is damage. */
export const LEAST_FIT = 0.42
/** In steps, to each side: stamps are never quite in their box. */
const SHIFTS = [-2, -1, 0, 1, 2]
/** The root of the mean square, as a share of the plate: less is an empty box. */
const EMPTY = 0.035

export function readStamps(raster: Soft, plane: Homography, kind: PlateKind): readonly Stamps[] {
  return letterPlaces(kind).map(({ name, letters }) => {
    const fits = letters.map((at) => fitsAt(raster, plane, at))
    return { name, fits, isEmpty: fits.every((fit) => (fit.get('') ?? 0) > 0) }
  })
}

function fitsAt(raster: Soft, plane: Homography, at: Point): ReadonlyMap<string, number> {
  const patch = patchAt(raster, plane, at)
  const strength = Math.sqrt(
    inner(patch).reduce((sum, value) => sum + value * value, 0) / inner(patch).length,
  )
  if (strength < EMPTY) return new Map([['', 1], ...[...TEMPLATES.keys()].map((key) => [key, -1] as const)])
  const shifted = SHIFTS.flatMap((dx) => SHIFTS.map((dy) => sampled(cut(patch, dx, dy))))
  const fits = [...TEMPLATES].map(([letter, template]) => {
    const best = Math.max(...shifted.map((one) => correlation(one, template)))
    return [letter, best] as const
  })
  return new Map([['', -1], ...fits])
}

const MARGIN = Math.max(...SHIFTS)
const WIDE = 2 * (HALF.columns + MARGIN) + 1

/** How much the picture differs from its ground, as a share of it, a margin wider than a letter. */
function patchAt(raster: Soft, plane: Homography, [x, y]: Point): readonly number[] {
  const [columns, rows] = [HALF.columns + MARGIN, HALF.rows + MARGIN]
  const greys: number[] = []
  for (let row = -rows; row <= rows; row++)
    for (let column = -columns; column <= columns; column++)
      greys.push(sampleOn(raster, plane, [x + column * STEP, y + row * STEP]))
  const ground = [...greys].sort((a, b) => a - b)[Math.floor(greys.length * 0.6)] as number
  return greys.map((value) => Math.abs(value - ground) / Math.max(ground, 24))
}

function inner(patch: readonly number[]): readonly number[] {
  return cut(patch, 0, 0)
}

function cut(patch: readonly number[], dx: number, dy: number): readonly number[] {
  const out: number[] = []
  for (let row = 0; row <= 2 * HALF.rows; row++)
    for (let column = 0; column <= 2 * HALF.columns; column++)
      out.push(patch[(row + MARGIN + dy) * WIDE + column + MARGIN + dx] as number)
  return out
}

/** Values with what a correlation needs of them alone. */
interface Sampled {
  readonly values: readonly number[]
  readonly sum: number
  /** Of their squares, less what their mean makes of it. */
  readonly spread: number
}

function sampled(values: readonly number[]): Sampled {
  const sum = values.reduce((all, value) => all + value, 0)
  const squares = values.reduce((all, value) => all + value * value, 0)
  return { values, sum, spread: squares - (sum * sum) / values.length }
}

/** Pearson's, of values of one length. */
function correlation(a: Sampled, b: Sampled): number {
  const n = a.values.length
  let both = 0
  for (let i = 0; i < n; i++) both += (a.values[i] as number) * (b.values[i] as number)
  const spread = Math.sqrt(a.spread * b.spread)
  return spread < 1e-9 ? -1 : (both - (a.sum * b.sum) / n) / spread
}

const TEMPLATES: ReadonlyMap<string, Sampled> = new Map(
  [...STROKES].map(([letter, strokes]) => [letter, sampled(templateOf(strokes))]),
)

/** 1 on a stroke, falling to 0 within a quarter of a mm beside it. */
function templateOf(strokes: readonly (readonly Point[])[]): readonly number[] {
  const out: number[] = []
  for (let row = -HALF.rows; row <= HALF.rows; row++)
    for (let column = -HALF.columns; column <= HALF.columns; column++) {
      const far = Math.min(...strokes.flatMap((points) => distances([column * STEP, row * STEP], points)))
      out.push(Math.min(1, Math.max(0, (LETTER.stroke / 2 + 0.2 - far) / 0.25)))
    }
  return out
}

/** In mm, to each part of a stroke. */
function distances([x, y]: Point, points: readonly Point[]): readonly number[] {
  const place = ([u, v]: Point): Point => [
    (u / BOX.width - 0.5) * LETTER.width,
    (v / BOX.height - 0.5) * LETTER.height,
  ]
  return points.slice(1).map((end, i) => {
    const [[ax, ay], [bx, by]] = [place(points[i] as Point), place(end)]
    const length = (bx - ax) ** 2 + (by - ay) ** 2
    const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
  })
}
