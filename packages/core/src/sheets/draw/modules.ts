/**
 * Square modules as outlines: the borders of black regions, in whole modules. Drawn as one path, neighbours have no seam
 * between them, which squares side by side have in most viewers.
 */

export type Corner = readonly [x: number, y: number]

/** Closed rings, black to the right of their direction with y downwards, so that both fill rules fill the same. */
export function outlineModules(rows: readonly (readonly boolean[])[]): readonly (readonly Corner[])[] {
  const grid = edges(rows)
  const rings: (readonly Corner[])[] = []
  for (let start = 0; start < grid.leaving.length; start++)
    while (grid.leaving[start] !== 0) rings.push(walk(grid, start))
  return rings
}

interface Grid {
  /** Corners in a row. */
  readonly width: number
  /** Where the border goes on from each corner: 1 rightwards, 2 downwards, 4 leftwards, 8 upwards. */
  readonly leaving: Uint8Array
}

function edges(rows: readonly (readonly boolean[])[]): Grid {
  const width = 1 + Math.max(0, ...rows.map((row) => row.length))
  const leaving = new Uint8Array(width * (rows.length + 1))
  for (const [y, row] of rows.entries())
    for (const [x, black] of row.entries()) {
      if (!black) continue
      const at = y * width + x
      if (rows[y - 1]?.[x] !== true) leaving[at]! |= 1
      if (row[x + 1] !== true) leaving[at + 1]! |= 2
      if (rows[y + 1]?.[x] !== true) leaving[at + width + 1]! |= 4
      if (row[x - 1] !== true) leaving[at + width]! |= 8
    }
  return { width, leaving }
}

/** Takes one ring out of the edges: the corners at which it turns, of which the first in reading order is one. */
function walk({ width, leaving }: Grid, start: number): readonly Corner[] {
  const steps = [1, width, -1, -width] as const
  const ring: Corner[] = []
  for (let at = start, before = -1; before === -1 || at !== start; ) {
    const direction = turn(leaving[at]!, before)
    if (direction !== before) ring.push([at % width, Math.floor(at / width)])
    leaving[at]! &= ~(1 << direction)
    at += steps[direction] as number
    before = direction
  }
  return ring
}

/** Where two black modules touch at a corner only, the ring turns right and stays with its module. */
function turn(ways: number, before: number): number {
  const right = (before + 1) % 4
  return (ways >> right) & 1 ? right : 31 - Math.clz32(ways)
}
