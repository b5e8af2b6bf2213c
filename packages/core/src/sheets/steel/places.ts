/**
 * Where everything is on a plate, in mm from its upper left corner: what the layout draws and the reader looks at.
 * docs/steel.md, section "Measures".
 */

import { modulesOf } from '../seedqr.js'
import { isShareCount } from './content.js'
import { DOT_COLUMNS, DOT_GROUPS, type DotStyle } from './dots.js'
import type { Point } from './homography.js'
import {
  MARK_PLACES,
  type PlateKind,
  STEEL_SIZES,
  type SteelSize,
  spanOf,
  placesOf as wordsOfKind,
} from './kinds.js'

/** Centres of the big marks from the edges. */
const INSET = 4.5
export const MARK_RADIUS = 1.5
/** From the upper left mark to the fifth one, which tells where up is. */
export const FIFTH = 7
const FIRST_CODE = INSET + FIFTH + 5
const CODE_PITCH = 3.2

/** Of a punch in the drawing; a centre punch leaves 1 to 1.5 mm. */
export const PUNCH_RADIUS = 0.7

/** Holes of a plate: every combination of a row and a column. */
export interface Grid {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly radius: number
  readonly rowNames: readonly string[]
  readonly columnNames: readonly string[]
}

/** The four big marks from the upper left one, clockwise, and the fifth one. */
export function bigMarks(size: SteelSize): readonly [Point, Point, Point, Point, Point] {
  const { width, height } = STEEL_SIZES[size]
  const [right, bottom] = [width - INSET, height - INSET]
  return [
    [INSET, INSET],
    [right, INSET],
    [right, bottom],
    [INSET, bottom],
    [INSET + FIFTH, INSET],
  ]
}

/** The places that say what plate it is. */
export function codePlaces(): readonly Point[] {
  return Array.from({ length: MARK_PLACES }, (_, i) => [FIRST_CODE + i * CODE_PITCH, INSET])
}

/** Of dots and of a SeedQR. */
export function gridOf(kind: PlateKind): Grid {
  return kind.style === 'seedqr' ? modulesGrid(kind) : dotsGrid(kind, kind.style as DotStyle)
}

const DOTS = {
  card: { top: 13.4, bottom: 46.4, left: 13, right: 65 },
  square: { top: 19, bottom: 88, left: 15, right: 78 },
} as const
const MOST_PITCH = 5
/** Between groups of columns, in pitches. */
const GROUP_GAP = 0.45

function dotsGrid(kind: PlateKind, style: DotStyle): Grid {
  const { top, bottom, left, right } = DOTS[kind.size]
  const { first, last } = spanOf(kind)
  const rows = last - first + 2
  const units = columnUnits(style)
  const pitch = Math.min(MOST_PITCH, (right - left) / (units.at(-1) as number))
  const rowPitch = Math.min(MOST_PITCH, (bottom - top) / (rows - 1))
  return {
    xs: units.map((unit) => left + unit * pitch),
    ys: Array.from({ length: rows }, (_, row) => top + row * rowPitch),
    radius: PUNCH_RADIUS,
    rowNames: [...Array.from({ length: rows - 1 }, (_, row) => String(first + row)), 'check'],
    columnNames: [...DOT_COLUMNS[style].map(String), 'check'],
  }
}

/** Places of the columns, with a gap behind each group. */
function columnUnits(style: DotStyle): readonly number[] {
  const gaps = DOT_GROUPS[style].flatMap((columns, group) => Array<number>(columns).fill(group * GROUP_GAP))
  return [...gaps, DOT_GROUPS[style].length * GROUP_GAP].map((gap, column) => column + gap)
}

const MODULES = {
  card: { left: 9, top: 9.4, side: 40.5 },
  square: { left: 12.5, top: 11.5, side: 75 },
} as const

function modulesGrid(kind: PlateKind): Grid {
  const modules = modulesOf(kind)
  const { left, top, side } = MODULES[kind.size]
  const pitch = side / modules
  const centres = (from: number) => Array.from({ length: modules }, (_, i) => from + (i + 0.5) * pitch)
  const names = Array.from({ length: modules }, (_, i) => String(i + 1))
  return {
    xs: centres(left),
    ys: centres(top),
    radius: Math.min(PUNCH_RADIUS, pitch * 0.36),
    rowNames: names,
    columnNames: names,
  }
}

/** One place of a word in letters: where its number and its four letters stand. */
export interface LetterPlace {
  readonly name: string
  readonly number: Point
  /** Centres. */
  readonly letters: readonly Point[]
}

/** Of stamps of 3 mm. */
export const LETTER = { width: 2, height: 3, stroke: 0.5 } as const
const LETTERS = {
  card: { left: 5.5, top: 13.5, rowPitch: 7.4, rows: 5, columnPitch: 19.8, pitch: 3.8 },
  square: { left: 8, top: 16, rowPitch: 6.2, rows: 12, columnPitch: 23.5, pitch: 4.4 },
} as const

/** Column after column, each from the top. */
export function letterPlaces(kind: PlateKind): readonly LetterPlace[] {
  const { left, top, rowPitch, rows, columnPitch, pitch } = LETTERS[kind.size]
  const { first, last } = spanOf(kind)
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const x = left + Math.floor(i / rows) * columnPitch
    const y = top + (i % rows) * rowPitch
    const letters = [0, 1, 2, 3].map((n): Point => [x + 5 + n * pitch, y])
    return { name: nameOf(first + i, kind), number: [x, y], letters }
  })
}

function nameOf(place: number, kind: PlateKind): string {
  const isCheck = !isShareCount(kind.words) && place > kind.words
  return isCheck && wordsOfKind(kind) >= place ? `C${place - kind.words}` : String(place)
}
