/**
 * Plates read from a picture: a photo, a scan or a page as it was rendered. Finds the big marks, straightens the
 * perspective, looks at every place for a punch or a letter, and holds what it finds to the check. What is not clear
 * is named by its place and never guessed: a place is filled in only when the check leaves one way, and then said so.
 */
import { fail, isCairnError } from '../../errors.js'
import type { Box, Raster } from '../read/raster.js'
import { type Modules, readSeedQrModules } from '../seedqr.js'
import { type Cells, type Found, type Hole, readHoles } from './cells.js'
import { holds, oddOnes } from './check.js'
import { type DotStyle, decodeDots } from './dots.js'
import { type Frame, findFrames } from './frame.js'
import { type Homography, type Point, project } from './homography.js'
import { countOf, decodeMark, encodeMark, everyKind, type PlateKind } from './kinds.js'
import { bigMarks, codePlaces, type Grid, gridOf, PUNCH_RADIUS } from './places.js'
import { type Soft, softener } from './soft.js'
import { findSpots } from './spots.js'
import { LEAST_FIT, readStamps, type Stamps } from './stamps.js'

/** `settled`: a place or two were not clear, and only one way of reading them fulfils the check. */
export type CheckState = 'holds' | 'settled' | 'unsure' | 'fails'

export interface PlateReading {
  readonly kind: PlateKind
  readonly of: number
  readonly check: CheckState
  /** Places that are not clear, or rows and columns that are odd, by their names. No secret. */
  readonly where: readonly string[]
  /** Of dots: the numbers of the words, null where a row is none. */
  readonly numbers: readonly (number | null)[] | null
  /** Of a SeedQR: which squares are dark. */
  readonly modules: readonly (readonly boolean[])[] | null
  readonly stamps: readonly Stamps[] | null
  /** Of punches against the plate, from 0; 0.3 is good. */
  readonly contrast: number
}

/**
 * The plate in a picture.
 * @throws CairnError `steel-unseen`, `steel-blank`
 */
export function readPlate(raster: Raster): PlateReading {
  const [first] = readPlates(raster)
  return first ?? fail('steel-unseen')
}

/** All plates in a picture, none for one without. @throws CairnError `steel-blank` when all of them are */
export function readPlates(raster: Raster): readonly PlateReading[] {
  for (const side of SIDES) {
    const found = platesIn(raster, findFrames(findSpots(raster, side)))
    if (found.length > 0) return found
  }
  return []
}

export interface PlateMeasure {
  readonly kind: PlateKind
  /** Between the middles of the four big marks, in pixels: above, below, on the left, on the right. */
  readonly sides: readonly [number, number, number, number]
}

/** What a plate says that it is, and how large it is, whether or not anything is punched; null where none is seen. */
export function measurePlate(raster: Raster): PlateMeasure | null {
  const soft = softener(raster)
  for (const side of SIDES)
    for (const frame of findFrames(findSpots(raster, side))) {
      const { kind } = readMark(soft(frame), frame)
      if (kind) return { kind, sides: sidesOf(frame) }
    }
  return null
}

function sidesOf({ plane, size }: Frame): PlateMeasure['sides'] {
  const [a, b, c, d] = bigMarks(size).map((at) => project(plane, at)) as [Point, Point, Point, Point, Point]
  const between = ([x, y]: Point, [u, v]: Point) => Math.hypot(u - x, v - y)
  return [between(a, b), between(d, c), between(a, d), between(b, c)]
}

/** The second for plates that are a small part of the picture, as on a scanned page. */
const SIDES = [800, 1600]

interface Seen {
  readonly reading: PlateReading
  /** Of the frame: the likeliest is 0. */
  readonly order: number
  readonly box: Box
}

/** The best reading of each place in the picture. */
function platesIn(raster: Raster, frames: readonly Frame[]): readonly PlateReading[] {
  const seen: Seen[] = []
  let blank = Number.POSITIVE_INFINITY
  const soft = softener(raster)
  const told = frames.map((frame) => ({ frame, mark: readMark(soft(frame), frame) }))
  const clear = told.filter(({ mark }) => mark.kind !== null).slice(0, MOST_READ)
  const unclear = told.filter(({ mark }) => mark.kind === null).slice(0, MOST_GUESSED)
  for (const [order, { frame, mark }] of [...clear, ...unclear].entries()) {
    if (seen.some(({ box, reading }) => isGood(reading) && isWithin(frame.box, box))) continue
    const reading = readFrame(soft(frame), frame, mark)
    if (reading === 'blank') blank = Math.min(blank, order)
    else if (reading) seen.push({ reading, box: frame.box, order })
  }
  if (seen.every(({ reading, order }) => !isGood(reading) && order > blank) && Number.isFinite(blank))
    return fail('steel-blank')
  return apart(seen)
    .map(({ reading }) => reading)
    .sort((a, b) => a.kind.number - b.kind.number)
}

/**
 * Of those that overlap the one whose check holds, else that of the likeliest frame: a frame that is none gives punches
 * at random, whose check all but never holds.
 */
function apart(seen: readonly Seen[]): readonly Seen[] {
  const kept: Seen[] = []
  const rank = ({ reading, order }: Seen) => (isGood(reading) ? -1 : order)
  for (const one of [...seen].sort((a, b) => rank(a) - rank(b)))
    if (!kept.some(({ box }) => isWithin(one.box, box))) kept.push(one)
  return kept
}

/** By the middle of the inner one, either way round: plates do not lie on each other. */
function isWithin(a: Box, b: Box): boolean {
  const holdsMiddle = (outer: Box, inner: Box) => {
    const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2]
    return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height
  }
  return holdsMiddle(a, b) || holdsMiddle(b, a)
}

/** Letters have no check of their own here. */
function isGood({ kind, check }: PlateReading): boolean {
  return check === 'holds' && kind.style !== 'letters'
}

/** Frames whose mark is a mark, and frames whose mark may have a slip. */
const MOST_READ = 60
const MOST_GUESSED = 3

interface MarkSeen {
  readonly found: readonly Found[]
  /** Null where it is not clear, or none. */
  readonly kind: PlateKind | null
}

function readMark(raster: Soft, { size, plane }: Frame): MarkSeen {
  const { found } = readHoles(raster, plane, codeHoles()).cells
  const isClear = found.every((one) => one !== null)
  return { found, kind: isClear ? decodeMark(found as readonly boolean[], size) : null }
}

function readFrame(raster: Soft, { size, plane }: Frame, mark: MarkSeen): PlateReading | 'blank' | null {
  const { found, kind: sure } = mark
  const kinds = sure ? [sure] : everyKind(size).filter((kind) => slips(encodeMark(kind), found) <= 1)
  const readings = kinds.map((kind) => readKind(raster, plane, kind)).filter((one) => one !== null)
  const best = readings.find(isGood) ?? readings[0]
  if (best === undefined) return sure || found.every((one) => one === false) ? 'blank' : null
  if (sure) return best
  return isGood(best) && readings.filter(isGood).length === 1 ? best : null
}

function slips(expected: readonly boolean[], found: readonly Found[]): number {
  return expected.filter((bit, i) => found[i] !== null && found[i] !== bit).length
}

function codeHoles(): readonly Hole[] {
  const places = codePlaces()
  const gap = ((places[1]?.[0] as number) - (places[0]?.[0] as number)) / 2
  return places.map((at) => ({ at, radius: PUNCH_RADIUS, gap: [gap, gap] }))
}

/** Null where nothing is punched at all. */
function readKind(raster: Soft, plane: Homography, kind: PlateKind): PlateReading | null {
  if (kind.style === 'letters') return withStamps(kind, readStamps(raster, plane, kind))
  const grid = gridOf(kind)
  const { cells } = readHoles(raster, plane, gridHoles(grid))
  if (!cells.found.some((found) => found !== false)) return null
  return kind.style === 'seedqr' ? withModules(kind, grid, cells) : withRows(kind, grid, cells)
}

function gridHoles({ xs, ys, radius }: Grid): readonly Hole[] {
  const least = (places: readonly number[]) =>
    Math.min(...places.slice(1).map((place, i) => place - (places[i] as number))) / 2
  const gap = [Math.min(least(xs), 1.6), Math.min(least(ys), 1.6)] as const
  return ys.flatMap((y) => xs.map((x): Hole => ({ at: [x, y], radius, gap })))
}

function rowsOf<T>(values: readonly T[], width: number): readonly (readonly T[])[] {
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  )
}

function withRows(kind: PlateKind, grid: Grid, { found, contrast }: Cells): PlateReading {
  const unsure = placesOf(found, grid)
  const settled = settle(found, grid.xs.length)
  const rows = rowsOf(settled ?? found.map((one) => one === true), grid.xs.length)
  const odd = oddOnes(rows)
  const oddNames = [
    ...odd.rows.map((row) => `row ${grid.rowNames[row]}`),
    ...odd.columns.map((column) => `column ${grid.columnNames[column]}`),
  ]
  const check = unsure.length > 0 ? (settled ? 'settled' : 'unsure') : holds(odd) ? 'holds' : 'fails'
  const numbers = rows.slice(0, -1).map((row) => decodeDots(row.slice(0, -1), kind.style as DotStyle))
  return {
    ...{ kind, of: countOf(kind), check, contrast, modules: null, stamps: null },
    where: unsure.length > 0 ? unsure : oddNames,
    numbers: check === 'holds' || check === 'settled' ? numbers : null,
  }
}

function placesOf(found: readonly Found[], { xs, rowNames, columnNames }: Grid): readonly string[] {
  return found.flatMap((one, i) => {
    const [row, column] = [Math.floor(i / xs.length), i % xs.length]
    return one === null ? [`row ${rowNames[row]} column ${columnNames[column]}`] : []
  })
}

/** More are not settled: with two, one slip elsewhere is still noticed. */
const MOST_SETTLED = 2

/** The one way in which unsure places fulfil the check, or null. */
function settle(found: readonly Found[], width: number): readonly boolean[] | null {
  const open = found.flatMap((one, i) => (one === null ? [i] : []))
  if (open.length > MOST_SETTLED) return null
  const ways = Array.from({ length: 2 ** open.length }, (_, way) =>
    found.map((one, i) => one ?? ((way >> open.indexOf(i)) & 1) === 1),
  )
  const right = ways.filter((way) => holds(oddOnes(rowsOf(way, width))))
  return right.length === 1 ? (right[0] as readonly boolean[]) : null
}

function withModules(kind: PlateKind, grid: Grid, { found, contrast }: Cells): PlateReading {
  const where = placesOf(found, grid)
  const modules = rowsOf(
    found.map((one) => one === true),
    grid.xs.length,
  )
  const common = { kind, of: 1, contrast, modules, numbers: null, stamps: null }
  if (!isSeedQr(modules)) return { ...common, check: 'fails', where }
  return { ...common, check: where.length > 0 ? 'settled' : 'holds', where }
}

function isSeedQr(modules: Modules): boolean {
  try {
    readSeedQrModules(modules)
    return true
  } catch (error) {
    if (isCairnError(error)) return false
    throw error
  }
}

/** How well letters fit at all; which words they are is for `join.ts` to say. */
function withStamps(kind: PlateKind, stamps: readonly Stamps[]): PlateReading | null {
  if (stamps.every(({ isEmpty }) => isEmpty)) return null
  const where = stamps.filter(({ fits }) => fits.some((fit) => Math.max(...fit.values()) < LEAST_FIT))
  const check = where.length === 0 ? 'holds' : 'unsure'
  const names = where.map(({ name }) => `word ${name}`)
  return { kind, of: countOf(kind), check, where: names, contrast: 0, numbers: null, modules: null, stamps }
}
