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

const LEAST_NOTES = 2
const MOST_NOTES = 6

/** The blocks with lines to write on at the bottom of the page, where two or more have room. */
export function withNotes(kit: Kit, blocks: readonly Block[]): readonly Block[] {
  if (!hasRoomForNotes(kit, blocks)) return blocks
  const room = roomBelow(kit, blocks)
  const lines = notes(kit, Math.min(Math.floor(room / HAND_LINES), MOST_NOTES))
  return [...blocks, stack([space(room - lines.height), lines])]
}

export function hasRoomForNotes(kit: Kit, blocks: readonly Block[]): boolean {
  return roomBelow(kit, blocks) >= LEAST_NOTES * HAND_LINES
}

/** Lines to write on, and what for. */
export function notes(kit: Kit, lines = MOST_NOTES): Block {
  const label = shifted(heading(kit, 'Notes'), { y: HAND_LINES - kit.style.body * LEADING })
  return beside([label, handLines(lines, mainWidth(kit))], [0, kit.axis])
}

function roomBelow({ style, height: page }: Kit, blocks: readonly Block[]): number {
  return page - blocks.reduce((sum, { height }) => sum + height + style.gap, 0)
}
