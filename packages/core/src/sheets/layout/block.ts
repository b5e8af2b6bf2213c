/** A piece of a page: how high it is, and its marks once it has a place. Blocks are made for a width and stacked. */
import type { Mark } from '../drawing.js'

export interface Place {
  /** Of the upper left corner, in mm. */
  readonly x: number
  readonly y: number
}

export interface Block {
  /** In mm. */
  readonly height: number
  readonly draw: (place: Place) => readonly Mark[]
  /** Of one that may continue on the next page; it stays whole unless given. */
  readonly parts?: Parts
}

export interface Parts {
  /** Each stays whole, the first one with the heading. */
  readonly blocks: readonly Block[]
  readonly gap: number
  /** Above the rest on the next page, such as the head of a table. */
  readonly again?: Block
}

/** White space. */
export function space(height: number): Block {
  return { height, draw: () => [] }
}

/** Below each other. @param gap between two of them */
export function stack(blocks: readonly Block[], gap = 0): Block {
  const tops = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, { height }) => sum + height + gap, 0))
  const last = blocks.at(-1)
  return {
    height: last ? (tops.at(-1) as number) + last.height : 0,
    draw: ({ x, y }) => blocks.flatMap((block, i) => block.draw({ x, y: y + (tops[i] as number) })),
  }
}

/** Below each other, on two pages where one has no room for all. */
export function flow(parts: Parts): Block {
  return { ...stack(parts.blocks, parts.gap), parts }
}

/** Beside each other, tops on one line. @param lefts of each, from the left side of the whole */
export function beside(blocks: readonly Block[], lefts: readonly number[]): Block {
  return {
    height: Math.max(0, ...blocks.map(({ height }) => height)),
    draw: ({ x, y }) => blocks.flatMap((block, i) => block.draw({ x: x + (lefts[i] ?? 0), y })),
  }
}

/** Further right and down. */
export function shifted(block: Block, { x = 0, y = 0 }: Partial<Place>): Block {
  return { height: block.height + y, draw: (place) => block.draw({ x: place.x + x, y: place.y + y }) }
}
