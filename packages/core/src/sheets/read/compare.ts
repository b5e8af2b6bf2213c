/**
 * Whether a page of pixels is the page that was meant: its modules one by one, and its ink beside that of the same page
 * drawn by another program. Not here: what the codes and words on it say.
 */
import type { CircleMark, LineMark, Metrics, ModulesMark, RectMark, Size, TextMark } from '../drawing.js'
import { smoothed } from './prepare.js'
import { type Box, blankRaster, type Raster, resized } from './raster.js'

/** How many modules of a code are of the other colour at their centres. */
export function wrongModules(raster: Raster, size: Size, { x, y, side, rows }: ModulesMark): number {
  const [across, down] = [raster.width / size.width, raster.height / size.height]
  let wrong = 0
  for (const [i, row] of rows.entries())
    for (const [j, black] of row.entries()) {
      const column = Math.floor((x + (j + 0.5) * side) * across)
      const line = Math.floor((y + (i + 0.5) * side) * down)
      const grey = raster.grey[line * raster.width + column] ?? 255
      if (grey < 128 !== black) wrong++
    }
  return wrong
}

/** Squares of 1.5 mm have the same ink on both pages; smaller ones differ by how edges are smoothed. */
const CELL_MM = 0.75

/**
 * The largest difference between two pictures of one page: of the mean grey of a square, 0 for the same to 255.
 * Pictures of other shapes are nothing alike.
 */
export function differenceOf(a: Raster, b: Raster, size: Size): number {
  if (Math.abs(a.width / a.height - b.width / b.height) > 0.01) return 255
  const columns = Math.round(size.width / CELL_MM)
  const rows = Math.round(size.height / CELL_MM)
  const [first, second] = [resized(a, columns, rows).grey, resized(b, columns, rows).grey]
  const more = (at: number) => first[at]! - second[at]!
  let most = 0
  // squares of four cells overlap by half, so that a word that moved by less is seen too
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column
      most = Math.max(most, Math.abs(more(at) + more(at + 1) + more(at + columns) + more(at + columns + 1)))
    }
  return most / 4
}

/**
 * How alike the ink of two pictures of one page is in a box in mm: the correlation of their greys, 1 for the same, about
 * 0 for other words, 0 where one of them has nothing.
 */
export function likeness(
  a: Raster,
  b: Raster,
  { size, box }: { readonly size: Size; readonly box: Box },
): number {
  const [first, second] = [cutOut(a, { size, box }, 0), cutOut(b, { size, box }, REACH)]
  let best = -1
  for (const dy of OFFSETS)
    for (const dx of OFFSETS) if (best < ALIKE) best = Math.max(best, correlation(first, second, { dx, dy }))
  return best
}

/** Programs put the same ink a pixel to one side or the other. */
const REACH = 1
/** The same place first: most ink is there. */
const OFFSETS = [REACH, 0, 2 * REACH] as const
/** Of ink that need not be held against more places. */
const ALIKE = 0.9

/** The box and some pixels around it, smoothed; white beyond the edges of the picture. */
function cutOut(
  raster: Raster,
  { size, box }: { readonly size: Size; readonly box: Box },
  reach: number,
): Raster {
  const [across, down] = [raster.width / size.width, raster.height / size.height]
  const [left, top] = [Math.floor(box.x * across) - reach, Math.floor(box.y * down) - reach]
  const width = Math.ceil(box.width * across) + 2 * reach
  const height = Math.ceil(box.height * down) + 2 * reach
  const out = blankRaster(width, height)
  const [from, to] = [Math.max(0, left), Math.min(raster.width, left + width)]
  for (let y = Math.max(0, top); y < Math.min(raster.height, top + height) && from < to; y++)
    out.grey.set(
      raster.grey.subarray(y * raster.width + from, y * raster.width + to),
      (y - top) * width + from - left,
    )
  return smoothed(out, 1)
}

/** Of the first with the second from a place in it on. */
function correlation(a: Raster, b: Raster, { dx, dy }: { readonly dx: number; readonly dy: number }): number {
  const width = Math.min(a.width, b.width - dx)
  const height = Math.min(a.height, b.height - dy)
  let [ofA, ofB, squareA, squareB, both] = [0, 0, 0, 0, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [va, vb] = [a.grey[y * a.width + x]!, b.grey[(y + dy) * b.width + x + dx]!]
      ofA += va
      ofB += vb
      squareA += va * va
      squareB += vb * vb
      both += va * vb
    }
  const count = width * height
  const [spreadA, spreadB] = [squareA / count - (ofA / count) ** 2, squareB / count - (ofB / count) ** 2]
  if (spreadA < EVEN && spreadB < EVEN) return Math.abs(ofA - ofB) < count ? 1 : 0
  if (spreadA < EVEN || spreadB < EVEN) return 0
  return (both / count - (ofA / count) * (ofB / count)) / Math.sqrt(spreadA * spreadB)
}

/** Of greys that differ by rounding only: the mean of the squares of their differences from the mean. */
const EVEN = 0.01

/** Where a line of text lies, in mm, with what hangs below the baseline. */
export function boxOf({ x, y, size, text, face, anchor = 'start' }: TextMark, { widthOf }: Metrics): Box {
  const width = widthOf(text, face, size)
  const left = x - { start: 0, middle: 0.5, end: 1 }[anchor] * width
  return { x: left, y: y - size * 0.85, width, height: size * 1.1 }
}

/** Of paper around a line, in mm, so that its ink has something beside it. */
const BESIDE = 0.3

/** Where the ink of a line, a disc, a circle or a box lies, in mm: of an empty box its four sides. */
export function edgesOf(mark: LineMark | CircleMark | RectMark): readonly Box[] {
  if (mark.kind === 'line') return [between(mark.from, mark.to)]
  const { x, y } = mark
  if (mark.kind === 'circle') {
    const { radius } = mark
    return [between([x - radius, y - radius], [x + radius, y + radius])]
  }
  const [right, bottom] = [x + mark.width, y + mark.height]
  if (mark.stroke === undefined) return [between([x, y], [right, bottom])]
  return [
    between([x, y], [right, y]),
    between([x, bottom], [right, bottom]),
    between([x, y], [x, bottom]),
    between([right, y], [right, bottom]),
  ]
}

function between([x, y]: readonly [number, number], [u, v]: readonly [number, number]): Box {
  const [width, height] = [Math.abs(u - x), Math.abs(v - y)]
  return {
    ...{ x: Math.min(x, u) - BESIDE, y: Math.min(y, v) - BESIDE },
    ...{ width: width + 2 * BESIDE, height: height + 2 * BESIDE },
  }
}
