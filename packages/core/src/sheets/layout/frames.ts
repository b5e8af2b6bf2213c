/** Boxes of a picture: frames, words in white on black, and how boxes share rows and columns. */
import type { Mark } from '../drawing.js'
import { type Block, beside, stack } from './block.js'
import { CAP_HEIGHT, HAIRLINE, type Kit } from './kit.js'

/** A word of a warning, white on black. */
function tag(kit: Kit, text: string): { readonly width: number; readonly block: Block } {
  const size = kit.style.small
  const [pad, height] = [size * 0.6, size * 1.5]
  const width = kit.metrics.widthOf(text, 'strong', size) + 2 * pad
  const marks = ({ x, y }: { readonly x: number; readonly y: number }): readonly Mark[] => [
    { kind: 'rect', x, y, width, height, radius: height / 2 },
    {
      ...{ kind: 'text', x: x + pad, y: y + (height + size * CAP_HEIGHT) / 2, size, face: 'strong' },
      ...{ text, grey: 1 },
    },
  ]
  return { width, block: { height, draw: marks } }
}

/** Words of warnings, below each other where they do not fit beside each other. */
export function tags(kit: Kit, texts: readonly string[], width: number): Block {
  const made = texts.map((text) => tag(kit, text))
  const gap = kit.style.small * 0.5
  const rows: { block: Block; width: number }[][] = [[]]
  for (const one of made) {
    const row = rows.at(-1) as { block: Block; width: number }[]
    const used = row.reduce((sum, each) => sum + each.width + gap, 0)
    if (row.length > 0 && used + one.width > width) rows.push([one])
    else row.push(one)
  }
  return stack(
    rows.map((row) =>
      beside(
        row.map(({ block }) => block),
        row.map((_, i) => row.slice(0, i).reduce((sum, each) => sum + each.width + gap, 0)),
      ),
    ),
    gap,
  )
}

/** A frame around a block. */
export function framed(
  kit: Kit,
  block: Block,
  { width, isMarked }: { readonly width: number; readonly isMarked: boolean },
): Block {
  const pad = kit.style.gap / 2
  const height = block.height + 2 * pad
  const stroke = isMarked ? HAIRLINE * 4 : HAIRLINE
  return {
    height,
    draw: ({ x, y }) => [
      { kind: 'rect', x, y, width, height, radius: 2, stroke },
      ...block.draw({ x: x + pad, y: y + pad }),
    ],
  }
}

export interface Rows {
  readonly columns: number
  readonly width: number
  readonly gutter: number
}

/** Side by side, and below each other what does not fit. */
export function inRows(boxes: readonly Block[], { columns, width, gutter }: Rows): readonly Block[] {
  const rows = Array.from({ length: Math.ceil(boxes.length / columns) }, (_, i) =>
    boxes.slice(i * columns, (i + 1) * columns),
  )
  return rows.map((row) =>
    beside(
      row,
      row.map((_, i) => i * (width + gutter)),
    ),
  )
}

export interface Columns {
  readonly gap: number
  /** Height of the first pair, and of the others. */
  readonly first: number
  readonly next: number
}

/** Pairs of columns, none higher than it may be unless a single block is. */
export function inColumns(
  boxes: readonly Block[],
  { gap, first, next }: Columns,
): readonly (readonly [Block, Block])[] {
  const pairs: [Block[], Block[]][] = [[[], []]]
  const height = (column: readonly Block[]) => stack(column, gap).height
  for (const box of boxes) {
    const [left, right] = pairs.at(-1) as [Block[], Block[]]
    const shorter = height(right) < height(left) ? right : left
    if (shorter.length > 0 && height([...shorter, box]) > (pairs.length > 1 ? next : first))
      pairs.push([[box], []])
    else shorter.push(box)
  }
  return pairs
    .filter(([left]) => left.length > 0)
    .map(([left, right]) => [stack(left, gap), stack(right, gap)])
}
