/**
 * The grid of a SeedQR for the hand, on paper and on steel: its zones as on the screen of a SeedSigner, letters down and
 * numbers across, and how many dark squares each line has, which a copy is checked by.
 */
import type { Grey, Mark } from '../drawing.js'
import { fixedModules, zoneSide } from '../seedqr.js'
import { CAP_HEIGHT } from './kit.js'

export interface ZoneGrid {
  /** Of the upper left corner, in mm. */
  readonly left: number
  readonly top: number
  /** Of a square. */
  readonly pitch: number
  /** Squares on a side. */
  readonly modules: number
  /** Em of the names. */
  readonly label: number
  readonly line: GridLine
}

export interface GridLine {
  readonly stroke: number
  readonly grey: Grey
}

export type GridPlace = Pick<ZoneGrid, 'left' | 'top' | 'pitch' | 'modules'>

/**
 * Lines before these squares, counted from 0, but not within the finders and other fixed patterns: a reader looks there
 * for black and white of a ratio, and zbar, which is in SeedSigner and others, takes a line for an edge.
 */
export function gridLines(place: GridPlace, at: readonly number[], line: GridLine): readonly Mark[] {
  const { left, top, pitch, modules } = place
  const fixed = fixedModules(modules)
  const isFixed = (x: number, y: number) => (fixed[y]?.[x] ?? null) !== null
  return at.flatMap((i) => [
    ...runs(modules, (n) => !isFixed(i - 1, n) || !isFixed(i, n)).map(([from, to]): Mark => {
      const x = left + i * pitch
      return { kind: 'line', from: [x, top + from * pitch], to: [x, top + to * pitch], ...line }
    }),
    ...runs(modules, (n) => !isFixed(n, i - 1) || !isFixed(n, i)).map(([from, to]): Mark => {
      const y = top + i * pitch
      return { kind: 'line', from: [left + from * pitch, y], to: [left + to * pitch, y], ...line }
    }),
  ])
}

/** Where it holds without a gap: first, and behind the last. */
function runs(count: number, holds: (n: number) => boolean): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (let n = 0; n < count; n++) {
    if (!holds(n)) continue
    const last = found.at(-1)
    if (last?.[1] === n) last[1] = n + 1
    else found.push([n, n + 1])
  }
  return found
}

/** From the edge of the grid to a name, in em. */
const GAP = { above: 0.4375, left: 0.625 }

/** Lines between zones and around them, and their names: A1 is in the upper left. */
export function zoneMarks({ line, ...grid }: ZoneGrid): readonly Mark[] {
  const { left, top, pitch, modules } = grid
  const side = pitch * modules
  const lines = [...zoneStarts(modules), modules].flatMap((i): readonly Mark[] => [
    { kind: 'line', from: [left + i * pitch, top], to: [left + i * pitch, top + side], ...line },
    { kind: 'line', from: [left, top + i * pitch], to: [left + side, top + i * pitch], ...line },
  ])
  return [...lines, ...zoneNames(grid)]
}

/** The first square of each zone, counted from 0. */
export function zoneStarts(modules: number): readonly number[] {
  const zone = zoneSide(modules)
  return Array.from({ length: Math.ceil(modules / zone) }, (_, i) => i * zone)
}

/** Numbers across and letters down. */
export function zoneNames({ left, top, pitch, modules, label }: Omit<ZoneGrid, 'line'>): readonly Mark[] {
  const middle = (i: number) => pitch * (i + Math.min(zoneSide(modules), modules - i) / 2)
  const common = { kind: 'text', size: label, face: 'text' } as const
  return [
    ...zoneStarts(modules).map((i, n): Mark => {
      return {
        ...common,
        x: left + middle(i),
        y: top - GAP.above * label,
        text: `${n + 1}`,
        anchor: 'middle',
      }
    }),
    ...zoneStarts(modules).map((i, n): Mark => {
      const [x, y] = [left - GAP.left * label, top + middle(i) + (CAP_HEIGHT / 2) * label]
      return { ...common, x, y, text: 'ABCDEF'[n] as string, anchor: 'end' }
    }),
  ]
}

/** How many squares are dark: of each row to its right, of each column below. @param size em of the numbers of rows */
export function countMarks(
  { left, top, pitch, modules }: GridPlace,
  rows: readonly (readonly boolean[])[],
  size: number,
): readonly Mark[] {
  const side = pitch * modules
  const middle = (i: number) => (i + 0.5) * pitch
  const darkIn = (line: readonly boolean[]) => line.filter((dark) => dark).length
  const columns = (rows[0] ?? []).map((_, x) => rows.map((row) => row[x] as boolean))
  const below = size * 0.75
  return [
    ...rows.map((row, i): Mark => {
      const y = top + middle(i) + (CAP_HEIGHT / 2) * size
      return {
        kind: 'text',
        size,
        face: 'text',
        x: left + side + 0.6,
        y,
        text: `${darkIn(row)}`,
        anchor: 'start',
      }
    }),
    ...columns.map((column, i): Mark => {
      const y = top + side + 0.4 + below
      return {
        kind: 'text',
        size: below,
        face: 'text',
        x: left + middle(i),
        y,
        text: `${darkIn(column)}`,
        anchor: 'middle',
      }
    }),
  ]
}

/** Where zone and square of a module are, by names: `B2 row 3 column 4`. */
export function squareName(
  place: { readonly row: number; readonly column: number },
  modules: number,
): string {
  const zone = zoneSide(modules)
  const [down, across] = [Math.floor(place.row / zone), Math.floor(place.column / zone)]
  return `${'ABCDEF'[down]}${across + 1} row ${(place.row % zone) + 1} column ${(place.column % zone) + 1}`
}
