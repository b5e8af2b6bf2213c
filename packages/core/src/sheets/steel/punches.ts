/** What to punch, in the order of the hand: from the top, in a row from the left. docs/steel.md, section "Punching". */

import { encodeMark, STEEL_SIZES, type SteelSize, type SteelStyle } from './kinds.js'
import { codePlaces, gridOf, letterPlaces } from './places.js'
import type { Plate } from './plates.js'

/** A list is as secret as the phrase. */
export interface PunchList {
  readonly plate: number
  readonly of: number
  readonly style: SteelStyle
  readonly size: SteelSize
  /** Places of the mark in the upper left to punch, from 1 to 12. */
  readonly mark: readonly number[]
  readonly rows: readonly PunchRow[]
  /** Of dots, without the mark and the corners; of letters, stamps. */
  readonly total: number
}

export interface PunchRow {
  /** The number of a word, "check", or the number of a row of modules. */
  readonly row: string
  /** Names of columns to punch, or the letters to stamp. */
  readonly punches: readonly string[]
  /** From 1, of each punch. */
  readonly columns: readonly number[]
  readonly count: number
}

/** Of a plate that is not blank. */
export function punchList(plate: Plate): PunchList {
  const { number, of, style, size } = plate
  const rows = style === 'letters' ? letterRows(plate) : dotRows(plate)
  return {
    ...{ plate: number, of, style, size, mark: trueAt(encodeMark(plate)), rows },
    total: rows.reduce((sum, { count }) => sum + count, 0),
  }
}

/** As lines of text. */
export function formatPunchList(list: PunchList): readonly string[] {
  const { width, height } = STEEL_SIZES[list.size]
  const unit = list.style === 'letters' ? 'stamps' : 'punches'
  const wide = Math.max(...list.rows.map(({ row }) => row.length))
  return [
    `plate ${list.plate} of ${list.of}: ${list.style}, ${list.size}, ${width} x ${height} mm`,
    'corners: the five big marks, ten blows each or a drill of 3 mm',
    `mark: punch places ${list.mark.join(', ')} of the ${codePlaces().length} small ones in the top line`,
    ...list.rows.map(({ row, punches, count }) => {
      const what = list.style === 'letters' ? punches.join(' ') : runs(punches)
      return `${row.padStart(wide)}: ${String(count).padStart(2)}  ${what || '-'}`
    }),
    `all rows together: ${list.total} ${unit}`,
  ]
}

/** 1, 2, 3, 7 as 1-3 7, of modules; names of columns with values stand by themselves. */
function runs(names: readonly string[]): string {
  const numbers = names.map(Number)
  const isRow = numbers.every((number, i) => number > (numbers[i - 1] ?? 0))
  if (!isRow) return names.join(' ')
  const starts = numbers.filter((number, i) => number !== (numbers[i - 1] ?? -1) + 1)
  return starts
    .map((start) => {
      let end = start
      while (numbers.includes(end + 1)) end++
      return end > start + 1 ? `${start}-${end}` : end > start ? `${start} ${end}` : String(start)
    })
    .join(' ')
}

function dotRows(plate: Plate): readonly PunchRow[] {
  const { rowNames, columnNames } = gridOf(plate)
  return (plate.holes ?? []).map((holes, row) => {
    const columns = trueAt(holes)
    const punches = columns.map((column) => columnNames[column - 1] as string)
    return { row: rowNames[row] as string, punches, columns, count: columns.length }
  })
}

function letterRows(plate: Plate): readonly PunchRow[] {
  return letterPlaces(plate).map(({ name }, i) => {
    const punches = [...(plate.letters?.[i] ?? '')]
    return { row: name, punches, columns: punches.map((_, column) => column + 1), count: punches.length }
  })
}

function trueAt(bits: readonly boolean[]): readonly number[] {
  return bits.flatMap((bit, i) => (bit ? [i + 1] : []))
}
