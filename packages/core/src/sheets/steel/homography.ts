/**
 * Planes seen in perspective: the homography that takes points of a plate to those of a picture.
 * Least squares over the normal equations, with the last coefficient 1 (R. Hartley and A. Zisserman, Multiple View
 * Geometry, 2nd edition, section 4.1).
 */
export type Point = readonly [x: number, y: number]

/** Row by row, the ninth being 1. */
export type Homography = readonly number[]

/** Null for fewer than four pairs, or points in a line. */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography | null {
  const [k, l] = [unitOf(from), unitOf(to)] // numbers near 1, or the normal equations lose half their digits
  const rows = from.flatMap((point, i) => {
    const [x, y] = [point[0] / k, point[1] / k]
    const [u, v] = [(to[i] as Point)[0] / l, (to[i] as Point)[1] / l]
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  const normal = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 9 }, (_, j) =>
      rows.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0),
    ),
  )
  const solved = solve(normal)
  if (!solved) return null
  const units = [l / k, l / k, l, l / k, l / k, l, 1 / k, 1 / k]
  return [...solved.map((value, i) => value * (units[i] as number)), 1]
}

function unitOf(points: readonly Point[]): number {
  return Math.max(1e-9, ...points.flat().map(Math.abs))
}

export function project(h: Homography, [x, y]: Point): Point {
  const w = h[6]! * x + h[7]! * y + 1
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w]
}

/** Pixels that a mm is, at a place. */
export function pixelsPerMm(h: Homography, [x, y]: Point): number {
  const [[a, b], [c, d]] = [project(h, [x - 1, y - 1]), project(h, [x + 1, y + 1])]
  return Math.hypot(c - a, d - b) / Math.sqrt(8)
}

/** Gauss with the largest pivot; rows of coefficients with the right side at their end. */
function solve(matrix: readonly (readonly number[])[]): readonly number[] | null {
  const rows = matrix.map((row) => [...row])
  const n = rows.length
  for (let column = 0; column < n; column++) {
    const pivot = largest(rows, column)
    const row = rows[pivot] as number[]
    const divisor = row[column] as number
    if (Math.abs(divisor) < 1e-12) return null
    ;[rows[column], rows[pivot]] = [row, rows[column] as number[]]
    for (const other of rows) if (other !== row) subtract(other, row, (other[column] as number) / divisor)
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number))
}

function largest(rows: readonly (readonly number[])[], column: number): number {
  let best = column
  for (let i = column; i < rows.length; i++)
    if (Math.abs(rows[i]?.[column] as number) > Math.abs(rows[best]?.[column] as number)) best = i
  return best
}

function subtract(row: number[], other: readonly number[], factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - factor * (other[i] as number)
}
