/**
 * One plate that a frame was found of: looks at every place for a punch or a letter, and holds what it finds to the
 * check. What is not clear is named by its place and never guessed: a place is filled in only when the check leaves one
 * way, and then said so.
 */
import { isCairnError } from '../../errors.js'
import { type Modules, readSeedQrModules } from '../seedqr.js'
import { type Cells, type Found, type Hole, readHoles } from './cells.js'
import { holds, oddOnes } from './check.js'
import { type DotStyle, decodeDots } from './dots.js'
import type { Frame, Hand } from './frame.js'
import type { Homography } from './homography.js'
import { countOf, decodeMark, encodeMark, everyKind, type PlateKind } from './kinds.js'
import { codePlaces, type Grid, gridOf, PUNCH_RADIUS } from './places.js'
import { rowsOf, settle } from './settle.js'
import type { Soft } from './soft.js'
import { LEAST_FIT, readStamps, type Stamps } from './stamps.js'

/** `settled`: a few places were not clear, and only one way of reading them fulfils the check. */
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
  /** What was seen at each place of dots or squares, row by row; null for letters. */
  readonly found: readonly Found[] | null
  /** Of punches against the plate, from 0; 0.3 is good. */
  readonly contrast: number
  readonly hand: Hand
}

/** Of the whole plate, and nothing on it left open. */
export function isGood({ check }: Pick<PlateReading, 'check'>): boolean {
  return check === 'holds'
}

export interface MarkSeen {
  readonly found: readonly Found[]
  /** Null where it is not clear, or none. */
  readonly kind: PlateKind | null
}

export function readMark(raster: Soft, { size, plane }: Frame): MarkSeen {
  const { found } = readHoles(raster, plane, codeHoles()).cells
  const isClear = found.every((one) => one !== null)
  return { found, kind: isClear ? decodeMark(found as readonly boolean[], size) : null }
}

/** `reading` is null for a plate without a punch; all of it null for a frame that is none. */
export function readFrame(
  raster: Soft,
  { size, plane, hand }: Frame,
  { found, kind: sure }: MarkSeen,
): { readonly reading: PlateReading | null } | null {
  const kinds = sure ? [sure] : everyKind(size).filter((kind) => slips(encodeMark(kind), found) <= 1)
  const readings = kinds.map((kind) => readKind(raster, plane, kind)).filter((one) => one !== null)
  const best = readings.find(isGood) ?? readings[0]
  if (best === undefined) return sure || found.every((one) => one === false) ? { reading: null } : null
  if (sure) return { reading: { ...best, hand } }
  return isGood(best) && readings.filter(isGood).length === 1 ? { reading: { ...best, hand } } : null
}

function slips(expected: readonly boolean[], found: readonly Found[]): number {
  return expected.filter((bit, i) => found[i] !== null && found[i] !== bit).length
}

function codeHoles(): readonly Hole[] {
  const places = codePlaces()
  const gap = ((places[1]?.[0] as number) - (places[0]?.[0] as number)) / 2
  return places.map((at) => ({ at, radius: PUNCH_RADIUS, gap: [gap, gap] }))
}

type Unheld = Omit<PlateReading, 'hand'>

/** Null where nothing is punched at all. */
function readKind(raster: Soft, plane: Homography, kind: PlateKind): Unheld | null {
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

function withRows(kind: PlateKind, grid: Grid, { found, contrast }: Cells): Unheld {
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
    ...{ kind, of: countOf(kind), check, contrast, found, modules: null, stamps: null },
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

function withModules(kind: PlateKind, grid: Grid, { found, contrast }: Cells): Unheld {
  const where = placesOf(found, grid)
  const modules = rowsOf(
    found.map((one) => one === true),
    grid.xs.length,
  )
  const common = { kind, of: 1, contrast, found, modules, numbers: null, stamps: null }
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
function withStamps(kind: PlateKind, stamps: readonly Stamps[]): Unheld | null {
  if (stamps.every(({ isEmpty }) => isEmpty)) return null
  const where = stamps.filter(({ fits }) => fits.some((fit) => Math.max(...fit.values()) < LEAST_FIT))
  const check = where.length === 0 ? 'holds' : 'unsure'
  const names = where.map(({ name }) => `word ${name}`)
  const none = { contrast: 0, numbers: null, modules: null, found: null }
  return { kind, of: countOf(kind), check, where: names, ...none, stamps }
}
