/** The head of a sheet: three stones, what it is, and whose or of what. */
import type { Mark } from '../drawing.js'
import { type Block, stack } from './block.js'
import { HAIRLINE, INK, type Kit } from './kit.js'
import { rule, sentences } from './text.js'

export interface Title {
  readonly title: string
  /** In a line below. */
  readonly subtitle?: string
}

/** With a hairline below. */
export function titleBlock(kit: Kit, { title, subtitle }: Title, width = kit.width): Block {
  const { style } = kit
  const room = width - 2.2 * style.title
  const lines = [
    sentences(kit, title, { width: room, size: style.title, face: 'strong' }),
    ...(subtitle === undefined
      ? []
      : [sentences(kit, subtitle, { width: room, size: style.subtitle, grey: INK.quiet })]),
  ]
  const text = stack(lines)
  const head: Block = {
    height: text.height,
    draw: ({ x, y }) => [
      ...text.draw({ x, y }),
      ...stones({ x: x + width, y: y + style.title * 0.36 }, style.title),
    ],
  }
  return stack([head, { ...rule(width, 0), height: HAIRLINE }], style.gap * 0.4)
}

/** A cairn of three stones. @param right upper right corner @param side of the square around it */
function stones(right: { readonly x: number; readonly y: number }, side: number): readonly Mark[] {
  const widths = [0.42, 0.7, 1]
  const height = side * 0.27
  return widths.map((share, i) => ({
    kind: 'rect',
    x: right.x - side / 2 - (side * share) / 2,
    y: right.y + i * side * 0.325,
    width: side * share,
    height,
    radius: height / 2,
  }))
}
