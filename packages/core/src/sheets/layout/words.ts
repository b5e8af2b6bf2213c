/** Numbered words in columns, read downwards, or blank places for them. */
import { fail } from '../../errors.js'
import type { Face, Mark } from '../drawing.js'
import type { Block } from './block.js'
import { CAP_HEIGHT, HAIRLINE, INK, type Kit } from './kit.js'

export interface WordGrid {
  /** In NFC; null for a place to write a word in. */
  readonly words: readonly (string | null)[]
  /** Before the numbers: `P` for parity words. */
  readonly prefix?: string
  /** As many as fit and the words fill, at most this; 4 unless given. */
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
/** Rows of so many em have a line below; in lower ones it would cross the letters. */
const ROOMY = 1.3

/** More words than a phrase of BIP-39: there is room for nothing but them. */
const MANY = 25
/** Rows of still more are lower, in em. */
const MANY_ROWS = 10
const LOW_ROW = 1.36

/** As many columns as the widest word allows; 0 when it does not even fit one. */
export function columnsOf(
  kit: Kit,
  { words, columns = 4, width = kit.width, face = 'strong' }: WordGrid,
): number {
  const { word, gutter } = kit.style
  const widths = words.map((text) => (text === null ? HAND * word : kit.metrics.widthOf(text, face, word)))
  const cell = numberWidth(kit) + Math.max(...widths)
  const fit = Math.min(columns, Math.floor((width + gutter) / (cell + gutter)))
  if (words.length > MANY || kit.paper === 'card') return fit
  // rows that are all full look calm: 18 words in three columns, not in four and a rest
  const full = Array.from({ length: fit }, (_, i) => fit - i).find(
    (n) => words.length % n === 0 && n * 2 > fit,
  )
  return full ?? fit
}

function numberWidth({ style }: Kit): number {
  return style.number * 2.3
}

/** Each word with its number in front and a hairline below. @throws CairnError `sheet-paper` */
export function wordGrid(kit: Kit, grid: WordGrid): Block {
  const { words, prefix = '', width = kit.width, reads = 'down', face = 'strong' } = grid
  const columns = columnsOf(kit, grid)
  if (columns < 1) return fail('sheet-paper', { what: 'the longest word', paper: kit.paper })
  const rows = Math.ceil(words.length / columns)
  const { gutter, word } = kit.style
  const row = rows > MANY_ROWS ? Math.min(kit.style.row, LOW_ROW * word) : (grid.row ?? kit.style.row)
  const cell = (width - (columns - 1) * gutter) / columns
  return {
    height: rows * row,
    draw: ({ x, y }) =>
      words.flatMap((text, i) => {
        const column = reads === 'down' ? Math.floor(i / rows) : i % columns
        const line = reads === 'down' ? i % rows : Math.floor(i / columns)
        const place = { x: x + column * (cell + gutter), y: y + line * row }
        return drawCell(kit, { ...place, number: `${prefix}${i + 1}`, text, face, cell, row })
      }),
  }
}

interface Cell {
  readonly x: number
  readonly y: number
  readonly number: string
  readonly text: string | null
  readonly face: Face
  readonly cell: number
  readonly row: number
}

function drawCell(kit: Kit, { x, y, number, text, face, cell, row }: Cell): readonly Mark[] {
  const { style } = kit
  const base = y + row / 2 + (style.word * CAP_HEIGHT) / 2
  const left = numberWidth(kit)
  return [
    {
      kind: 'text',
      x,
      y: base,
      size: style.number,
      face: 'text',
      text: number,
      grey: INK.quiet,
    },
    ...(text === null ? [] : [{ kind: 'text', x: x + left, y: base, size: style.word, face, text } as const]),
    ...(row < style.word * ROOMY || (kit.paper === 'card' && text !== null)
      ? []
      : [
          {
            kind: 'line',
            from: [x, y + row],
            to: [x + cell, y + row],
            stroke: HAIRLINE,
            grey: INK.line,
          } as const,
        ]),
  ]
}
