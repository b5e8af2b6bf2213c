/**
 * A code with stained corners, drawn anew. Readers look for the three finder patterns and see nothing when one of them is
 * lost, although the correction of the code itself would bear the stain. Here the outline of the code is guessed, its
 * modules are sampled, and what every code of that size has in common (ISO/IEC 18004, section 6.3: finder patterns,
 * separators, timing patterns, one alignment pattern) is drawn as it must be. What the code says is left to the readers.
 */
import { mended } from './mended.js'
import { outlines } from './outline.js'
import { blankRaster, type Point, type Quad, type Raster } from './raster.js'

const SIZES = Array.from({ length: 40 }, (_, i) => 21 + 4 * i)
const QUIET_ZONE = 4
const MODULE_PIXELS = 6
/** Of the modules that all codes have; by chance it is a half. */
const LEAST_SCORE = 0.68
/** From where it is worth while to see whether a code can be mended, which is never so by chance. */
const LEAST_WORTH = 0.58
const MOST_GRIDS = 4
const MOST_TRIES = 12

/** The codes that are guessed, each as a picture of its own, the likeliest first. The page is black and white; `grey` is the same before it was. */
export function* regridded(page: Raster, grey: Raster = page): Generator<Raster> {
  const guesses = outlines(page)
    .flatMap((quad) => guessesOf(page, quad))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_TRIES)
  const closer = guesses.map((guess) => improved(page, guess)).toSorted((a, b) => b.score - a.score)
  const likely: Raster[] = []
  for (const guess of [...closer, ...guesses]) {
    if (guess.score < LEAST_WORTH) continue
    const modules = sampled(page, guess)
    const whole = mended(modules, guess.size, tones(grey, guess))
    if (whole) yield drawn(whole, guess.size)
    else if (guess.score >= LEAST_SCORE && likely.length < MOST_GRIDS) likely.push(drawn(modules, guess.size))
  }
  yield* likely
}

/** The modules of a code where a reader saw it. @param page in black and white @param size modules on a side */
export function modulesIn(page: Raster, quad: Quad, size: number): readonly (readonly boolean[])[] {
  const place = placeIn(improved(page, scored(page, quad, size)).quad)
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => mostlyBlack(page, place, { x, y, size })),
  )
}

interface Guess {
  /** From the corner without a neighbour in the finder patterns' triangle clockwise: upper left first. */
  readonly quad: Quad
  readonly size: number
  readonly score: number
}

/** The likeliest sizes and turns for one outline. */
function guessesOf(page: Raster, quad: Quad): readonly Guess[] {
  const clockwise = isClockwise(quad) ? quad : ([quad[0], quad[3], quad[2], quad[1]] as const)
  const turns = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((k) => clockwise[(i + k) % 4]) as unknown as Quad)
  return turns
    .flatMap((turned) => SIZES.map((size) => scored(page, turned, size)))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 4)
}

function isClockwise([a, b, c]: Quad): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0
}

function scored(page: Raster, quad: Quad, size: number): Guess {
  const place = placeIn(quad)
  let right = 0
  let all = 0
  for (const { x, y, black } of fixedModules(size)) {
    all++
    if (isBlack(page, place((x + 0.5) / size, (y + 0.5) / size)) === black) right++
  }
  return { quad, size, score: right / all }
}

/** Corner by corner in ever smaller steps, as long as more modules fit. */
function improved(page: Raster, start: Guess): Guess {
  let best = start
  for (const step of [2, 1, 1, 0.5, 0.5, 0.25, 0.25]) {
    const reach =
      (step * Math.hypot(best.quad[1].x - best.quad[0].x, best.quad[1].y - best.quad[0].y)) / best.size
    for (let corner = 0; corner < 4; corner++)
      for (const [dx, dy] of [
        [reach, 0],
        [-reach, 0],
        [0, reach],
        [0, -reach],
      ] as const) {
        const quad = best.quad.map((point, i) =>
          i === corner ? { x: point.x + dx, y: point.y + dy } : point,
        ) as unknown as Quad
        const next = scored(page, quad, best.size)
        if (next.score > best.score) best = next
      }
  }
  return best
}

function isBlack({ width, height, grey }: Raster, { x, y }: Point): boolean {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  return column >= 0 && row >= 0 && column < width && row < height && grey[row * width + column]! < 128
}

/** P. S. Heckbert, "Fundamentals of Texture Mapping", 1989, section 2.2.3: the unit square on a quadrangle. */
function placeIn([a, b, c, d]: Quad): (u: number, v: number) => Point {
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y]
  const [x1, y1, x2, y2] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y]
  const whole = x1 * y2 - x2 * y1
  const g = whole === 0 ? 0 : (sx * y2 - x2 * sy) / whole
  const h = whole === 0 ? 0 : (x1 * sy - sx * y1) / whole
  return (u, v) => {
    const w = g * u + h * v + 1
    return {
      x: ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / w,
      y: ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / w,
    }
  }
}

interface FixedModule extends Point {
  readonly black: boolean
}

const known = new Map<number, readonly FixedModule[]>()

/**
 * Finder patterns with their separators, the timing patterns between them, the alignment pattern in the fourth corner,
 * which all but the smallest have, and every third module of the quiet zone around.
 */
function fixedModules(size: number): readonly FixedModule[] {
  const before = known.get(size)
  if (before) return before
  const modules: FixedModule[] = []
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3))
      const black = ring <= 1 || ring === 3
      modules.push({ x, y, black }, { x: size - 1 - x, y, black }, { x, y: size - 1 - y, black })
    }
  for (let i = 8; i < size - 8; i++)
    modules.push({ x: i, y: 6, black: i % 2 === 0 }, { x: 6, y: i, black: i % 2 === 0 })
  for (let y = -2; y <= 2 && size > 21; y++)
    for (let x = -2; x <= 2; x++)
      modules.push({ x: size - 7 + x, y: size - 7 + y, black: Math.max(Math.abs(x), Math.abs(y)) !== 1 })
  for (let i = -1; i <= size; i += 3)
    for (const edge of [-1, size])
      modules.push({ x: i, y: edge, black: false }, { x: edge, y: i, black: false })
  known.set(size, modules)
  return modules
}

function sampled(page: Raster, { quad, size }: Guess): readonly boolean[] {
  const place = placeIn(quad)
  return Array.from({ length: size * size }, (_, i) =>
    mostlyBlack(page, place, { x: i % size, y: Math.floor(i / size), size }),
  )
}

/** How light each module is in its middle. */
function tones({ width, height, grey }: Raster, { quad, size }: Guess): Uint8Array {
  const place = placeIn(quad)
  return Uint8Array.from({ length: size * size }, (_, i) => {
    let sum = 0
    for (const [dx, dy] of [
      [0.35, 0.35],
      [0.65, 0.35],
      [0.5, 0.5],
      [0.35, 0.65],
      [0.65, 0.65],
    ] as const) {
      const { x, y } = place(((i % size) + dx) / size, (Math.floor(i / size) + dy) / size)
      const column = Math.min(width - 1, Math.max(0, Math.floor(x)))
      sum += grey[Math.min(height - 1, Math.max(0, Math.floor(y))) * width + column]!
    }
    return sum / 5
  })
}

function drawn(modules: readonly boolean[], size: number): Raster {
  const side = (size + 2 * QUIET_ZONE) * MODULE_PIXELS
  const out = blankRaster(side, side)
  for (const [i, black] of modules.entries()) if (black) paint(out, i % size, Math.floor(i / size), 0)
  for (const { x, y, black } of fixedModules(size)) paint(out, x, y, black ? 0 : 255)
  return out
}

/** Nine places in the middle of a module. */
function mostlyBlack(
  page: Raster,
  place: ReturnType<typeof placeIn>,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): boolean {
  let black = 0
  for (const dy of [0.3, 0.5, 0.7])
    for (const dx of [0.3, 0.5, 0.7]) if (isBlack(page, place((x + dx) / size, (y + dy) / size))) black++
  return black > 4
}

function paint({ width, grey }: Raster, x: number, y: number, value: number): void {
  const left = (x + QUIET_ZONE) * MODULE_PIXELS
  for (let row = 0; row < MODULE_PIXELS; row++) {
    const from = ((y + QUIET_ZONE) * MODULE_PIXELS + row) * width + left
    grey.fill(value, from, from + MODULE_PIXELS)
  }
}
