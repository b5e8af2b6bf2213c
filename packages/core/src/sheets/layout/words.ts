/** Numbered words in columns, read downwards, or blank places for them. */
import { fail } from '../../errors.js'
import type { Face, Mark } from '../drawing.js'
import type { Block } from './block.js'
import { CAP_HEIGHT, type Kit } from './kit.js'
import { line } from './writing.js'

export interface WordGrid {
  /** In NFC; null for a place to write a word in. */
  readonly words: readonly (string | null)[]
  /** Of each word: 1, 2, 3 unless given. */
  readonly numbers?: readonly string[]
  /** As many as fit, at most this; 3 on a page unless given, as the page has, and 4 on a card. */
  readonly columns?: number
  readonly width?: number
  /** Of a row; the style's unless given. */
  readonly row?: number
  /** In which order words follow each other; the numbers tell. `down` unless given. */
  readonly reads?: 'down' | 'across'
  /** `mono` for letters in groups; `strong` unless given. */
  readonly face?: Face
}

/** What a person needs to write a word, in em of its size. */
const HAND = 7

/** Words stand so high above the line below them, in em; in low rows in the middle. */
const ABOVE_LINE = 0.48

/** As many columns as the widest word allows; 0 when it does not even fit one. */
export function columnsOf(kit: Kit, grid: WordGrid): number {
  const { words, columns = kit.paper === 'card' ? 4 : 3, width = kit.width, face = 'strong' } = grid
  const { word, gutter } = kit.style
  const widths = words.map((text) => (text === null ? HAND * word : kit.metrics.widthOf(text, face, word)))
  const cell = numberWidth(kit) + Math.max(...widths)
  return Math.min(columns, Math.floor((width + gutter) / (cell + gutter)))
}

function numberWidth({ paper, style }: Kit): number {
  return style.number * (paper === 'card' ? 1.8 : 2.3)
}

/** Numbers from 1 with a letter in front: `P1` is the first parity word. */
export function lettered(letter: string, words: readonly unknown[]): readonly string[] {
  return words.map((_, i) => `${letter}${i + 1}`)
}

/** How many rows it takes. @throws CairnError `sheet-paper` for a word that is wider than the paper */
export function rowsOf(kit: Kit, grid: WordGrid): number {
  const columns = columnsOf(kit, grid)
  if (columns < 1) return fail('sheet-paper', { what: 'the longest word', paper: kit.paper })
  return Math.ceil(grid.words.length / columns)
}

/** Each word with its number in front; on a page, and to write on, with a hairline below. @throws CairnError `sheet-paper` */
export function wordGrid(kit: Kit, grid: WordGrid): Block {
  const { words, numbers, width = kit.width, reads = 'down', face = 'strong', row = kit.style.row } = grid
  const rows = rowsOf(kit, grid)
  const columns = columnsOf(kit, grid)
  const cell = (width + kit.style.gutter) / columns
  return {
    height: rows * row,
    draw: ({ x, y }) =>
      words.flatMap((text, i) => {
        const [column, at] =
          reads === 'down' ? [Math.floor(i / rows), i % rows] : [i % columns, Math.floor(i / columns)]
        const place = { x: x + column * cell, y: y + at * row, width: cell - kit.style.gutter, row }
        return drawCell(kit, { ...place, number: numbers?.[i] ?? `${i + 1}`, text, face })
      }),
  }
}

interface Cell {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly row: number
  readonly number: string
  readonly text: string | null
  readonly face: Face
}

/** The number begins where the line does; without a line it is close to its word. */
function drawCell(kit: Kit, { x, y, width, row, number, text, face }: Cell): readonly Mark[] {
  const { word, number: size } = kit.style
  const isLined = kit.paper !== 'card' || text === null
  const left = numberWidth(kit)
  const middle = (row - CAP_HEIGHT * word) / 2
  const base = y + row - (isLined ? Math.min(ABOVE_LINE * word, middle) : middle)
  const numbered = { kind: 'text', y: base, size, face: 'text', text: number } as const
  return [
    isLined ? { ...numbered, x } : { ...numbered, x: x + left - size / 2, anchor: 'end' },
    ...(text === null ? [] : [{ kind: 'text', x: x + left, y: base, size: word, face, text } as const]),
    ...(isLined ? [line(x, y + row, width)] : []),
  ]
}
