/**
 * Where codes lie on a page of black and white: regions that ink fills densely and that have about the shape of a
 * square, with their corners. For codes whose finder patterns are stained, so that no reader sees them.
 */
import type { Point, Quad, Raster } from './raster.js'

/** Cells along the longer side: coarse for a code that fills the picture, finer to part one on a page from its caption. */
const CELLS = [160, 320] as const
const MOST_REGIONS = 3
/** Cells along a side of a code, at least: smaller ones have modules below what can be sampled. */
const LEAST_CELLS = 8

/** The corners of each region, in two guesses: of the smallest rectangle, and of the largest quadrangle inside. */
export function outlines(page: Raster): readonly Quad[] {
  return CELLS.flatMap((cells) => {
    const side = Math.max(2, Math.ceil(Math.max(page.width, page.height) / cells))
    return regions(page, side).flatMap((region) => {
      const hull = hullOf(edgePoints(page, region, side))
      return hull.length < 4 ? [] : [smallestRectangle(hull), largestQuad(hull)]
    })
  })
}

/** Cells that belong together, as columns and rows. */
type Region = readonly (readonly [column: number, row: number])[]

function regions(page: Raster, side: number): readonly Region[] {
  const [columns, rows] = [Math.ceil(page.width / side), Math.ceil(page.height / side)]
  const dark = darkCells(page, side)
  const seen = new Uint8Array(dark.length)
  const found: Region[] = []
  for (let start = 0; start < dark.length; start++) {
    if (dark[start] === 0 || seen[start] === 1) continue
    const region = flood({ dark, seen, columns, rows }, start)
    if (isLikeCode(region)) found.push(region)
  }
  return found.toSorted((a, b) => b.length - a.length).slice(0, MOST_REGIONS)
}

function darkCells({ width, height, grey }: Raster, side: number): Uint8Array {
  const columns = Math.ceil(width / side)
  const counts = new Uint32Array(columns * Math.ceil(height / side))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (grey[y * width + x]! < 128) counts[Math.floor(y / side) * columns + Math.floor(x / side)]! += 1
  return Uint8Array.from(counts, (count) => (count > (side * side) / 8 ? 1 : 0))
}

interface Field {
  readonly dark: Uint8Array
  readonly seen: Uint8Array
  readonly columns: number
  readonly rows: number
}

/** Everything that can be reached over gaps of one cell. */
function flood({ dark, seen, columns, rows }: Field, start: number): Region {
  const region: [number, number][] = []
  const stack = [start]
  seen[start] = 1
  while (stack.length > 0) {
    const at = stack.pop() as number
    const [column, row] = [at % columns, Math.floor(at / columns)]
    region.push([column, row])
    for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y++)
      for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x++) {
        const next = y * columns + x
        if (dark[next] === 1 && seen[next] === 0) {
          seen[next] = 1
          stack.push(next)
        }
      }
  }
  return region
}

function isLikeCode(region: Region): boolean {
  const [xs, ys] = [region.map(([x]) => x), region.map(([, y]) => y)]
  const width = Math.max(...xs) - Math.min(...xs) + 1
  const height = Math.max(...ys) - Math.min(...ys) + 1
  return (
    Math.min(width, height) >= LEAST_CELLS &&
    Math.max(width, height) < 3 * Math.min(width, height) &&
    region.length > (width * height) / 3
  )
}

/** The first and the last dark pixel of each row of the region. */
function edgePoints({ width, height, grey }: Raster, region: Region, side: number): readonly Point[] {
  const byRow = new Map<number, readonly [left: number, right: number]>()
  for (const [column, row] of region) {
    const [left, right] = byRow.get(row) ?? [column, column]
    byRow.set(row, [Math.min(left, column), Math.max(right, column)])
  }
  const points: Point[] = []
  for (const [row, [left, right]] of byRow)
    for (let y = row * side; y < Math.min((row + 1) * side, height); y++) {
      const from = y * width + left * side
      const line = grey.subarray(from, y * width + Math.min((right + 1) * side, width))
      const [first, last] = [line.indexOf(0), line.lastIndexOf(0)]
      if (first >= 0) points.push({ x: left * side + first, y }, { x: left * side + last + 1, y: y + 1 })
    }
  return points
}

const turn = (o: Point, a: Point, b: Point) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)

/** A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979. */
function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const half = (order: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of order) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** One side of the smallest rectangle around a hull lies on one of its edges. */
function smallestRectangle(hull: readonly Point[]): Quad {
  let best: { readonly area: number; readonly quad: Quad } | null = null
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length] as Point
    const angle = Math.atan2(to.y - from.y, to.x - from.x)
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const us = hull.map(({ x, y }) => x * cos + y * sin)
    const vs = hull.map(({ x, y }) => y * cos - x * sin)
    const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)]
    const area = (u1 - u0) * (v1 - v0)
    const at = (u: number, v: number) => ({ x: u * cos - v * sin, y: u * sin + v * cos })
    if (!best || area < best.area) best = { area, quad: [at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)] }
  }
  return (best as { quad: Quad }).quad
}

/** Over each diagonal the farthest points on both sides. Hulls of modules have some dozens of corners. */
function largestQuad(hull: readonly Point[]): Quad {
  const points = hull.length > 80 ? hull.filter((_, i) => i % Math.ceil(hull.length / 80) === 0) : hull
  let best: { readonly area: number; readonly quad: Quad } | null = null
  for (const [i, a] of points.entries())
    for (const c of points.slice(i + 2)) {
      let [b, d, above, below]: [Point, Point, number, number] = [a, a, 0, 0]
      for (const point of points) {
        const height = turn(a, c, point)
        if (height < above) [b, above] = [point, height]
        if (height > below) [d, below] = [point, height]
      }
      const area = below - above
      if (!best || area > best.area) best = { area, quad: [a, b, c, d] }
    }
  return best ? best.quad : smallestRectangle(hull)
}
