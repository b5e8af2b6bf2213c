/**
 * Square modules as outlines: the borders of black regions, in whole modules. Drawn as one path, neighbours have no seam
 * between them, which squares side by side have in most viewers.
 */

export type Corner = readonly [x: number, y: number]

/** Corners by number: no code has so many modules a side. */
const ROW = 4_096

/** Closed rings, black to the right of their direction with y downwards, so that both fill rules fill the same. */
export function outlineModules(rows: readonly (readonly boolean[])[]): readonly (readonly Corner[])[] {
  const ends = edges(rows)
  const rings: (readonly Corner[])[] = []
  for (const start of ends.keys()) {
    while ((ends.get(start) ?? []).length > 0) rings.push(corners(walk(ends, start)))
  }
  return rings
}

/** From each corner of the grid where to the border goes on. */
function edges(rows: readonly (readonly boolean[])[]): Map<number, number[]> {
  const found = new Map<number, number[]>()
  const add = (from: number, to: number) => {
    const there = found.get(from)
    if (there) there.push(to)
    else found.set(from, [to])
  }
  for (const [y, row] of rows.entries()) {
    for (const [x, black] of row.entries()) {
      if (!black) continue
      const at = y * ROW + x
      if (rows[y - 1]?.[x] !== true) add(at, at + 1)
      if (row[x + 1] !== true) add(at + 1, at + 1 + ROW)
      if (rows[y + 1]?.[x] !== true) add(at + 1 + ROW, at + ROW)
      if (row[x - 1] !== true) add(at + ROW, at)
    }
  }
  return found
}

/** Takes one ring out of the edges: every corner of the grid that it passes. */
function walk(ends: Map<number, number[]>, start: number): readonly number[] {
  const ring = [start]
  for (let at = start, step = 0; ; ) {
    const next = takeNext(ends.get(at) ?? [], at, step)
    if (next === start) return ring
    step = next - at
    at = next
    ring.push(at)
  }
}

/** Where two black modules touch at a corner only, the ring turns right and stays with its module. */
function takeNext(ends: number[], at: number, step: number): number {
  const right = step === 1 ? ROW : step === ROW ? -1 : step === -1 ? -ROW : 1
  const i = ends.indexOf(at + right)
  return ends.splice(Math.max(i, 0), 1)[0] as number
}

function corners(ring: readonly number[]): readonly Corner[] {
  return ring
    .filter((at, i) => {
      const before = ring.at(i - 1) as number
      const next = ring[(i + 1) % ring.length] as number
      return next - at !== at - before
    })
    .map((at) => [at % ROW, Math.floor(at / ROW)])
}
