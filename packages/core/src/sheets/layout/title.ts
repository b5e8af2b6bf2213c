/** The head of a sheet: three stones, what it is, and whose or of what. */
import type { Mark } from '../drawing.js'
import { type Block, stack } from './block.js'
import { CAP_HEIGHT, type Kit } from './kit.js'
import { baseline, sentences } from './text.js'
import { rule } from './writing.js'

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
    ...(subtitle === undefined ? [] : [sentences(kit, subtitle, { width: room, size: style.subtitle })]),
  ]
  const text = stack(lines)
  const head: Block = {
    height: text.height,
    draw: ({ x, y }) => [
      ...text.draw({ x, y }),
      ...stones({ x: x + width, y: y + baseline(style.title) }, style.title),
    ],
  }
  return stack([head, rule(width)], style.gap * 0.4)
}

/** Of the widest stone: their widths, the height of each, and from one to the next. */
const STONES = { widths: [0.42, 0.7, 1], height: 0.27, step: 0.325 } as const

/** A cairn of three stones, as high as the capitals beside it. @param foot lower right corner, on their baseline */
function stones(foot: { readonly x: number; readonly y: number }, size: number): readonly Mark[] {
  const { widths, height, step } = STONES
  const side = (CAP_HEIGHT * size) / (2 * step + height)
  const top = foot.y - CAP_HEIGHT * size
  return widths.map((share, i) => ({
    kind: 'rect',
    x: foot.x - side / 2 - (side * share) / 2,
    y: top + i * step * side,
    width: side * share,
    height: height * side,
    radius: (height * side) / 2,
  }))
}
