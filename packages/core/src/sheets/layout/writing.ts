/** Room to write by hand, and hairlines. */
import type { Mark } from '../drawing.js'
import { type Block, beside, shifted, space, stack } from './block.js'
import { HAIRLINE, HAND_LINES, type Kit, LEADING } from './kit.js'
import { heading, mainWidth } from './section.js'

export function rule(width: number): Block {
  return { height: HAIRLINE, draw: ({ x, y }) => [line(x, y, width)] }
}

/** A hairline across. */
export function line(x: number, y: number, width: number): Mark {
  return { kind: 'line', from: [x, y], to: [x + width, y], stroke: HAIRLINE }
}

/** Lines to write on by hand. */
export function handLines(count: number, width: number): Block {
  return {
    height: count * HAND_LINES,
    draw: ({ x, y }) => Array.from({ length: count }, (_, i) => line(x, y + (i + 1) * HAND_LINES, width)),
  }
}

const MOST_NOTES = 6

/** The blocks with lines to write on at the bottom of the page, where two or more have room. */
export function withNotes(kit: Kit, blocks: readonly Block[]): readonly Block[] {
  const { gap } = kit.style
  const room = kit.height - blocks.reduce((sum, { height }) => sum + height + gap, 0)
  const lines = Math.min(Math.floor(room / HAND_LINES), MOST_NOTES)
  if (lines < 2) return blocks
  const label = shifted(heading(kit, 'Notes'), { y: HAND_LINES - kit.style.body * LEADING })
  const notes = beside([label, handLines(lines, mainWidth(kit))], [0, kit.axis])
  return [...blocks, stack([space(room - notes.height), notes])]
}
