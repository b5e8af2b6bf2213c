/**
 * Whether a page of pixels is the page that was meant: its modules one by one, and its ink beside that of the same page
 * drawn by another program. Not here: what the codes and words on it say.
 */
import type { Metrics, ModulesMark, Size, TextMark } from '../drawing.js'
import { smoothed } from './prepare.js'
import { type Box, cropped, type Raster, resized } from './raster.js'

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
 * 0 for other words, 0 where nothing is drawn.
 */
export function likeness(
  a: Raster,
  b: Raster,
  { size, box }: { readonly size: Size; readonly box: Box },
): number {
  const [first, second] = [a, b].map((raster) => {
    const [across, down] = [raster.width / size.width, raster.height / size.height]
    const cut = cropped(raster, {
      x: box.x * across,
      y: box.y * down,
      width: box.width * across,
      height: box.height * down,
    })
    return smoothed(cut, 1)
  }) as [Raster, Raster]
  const width = Math.min(first.width, second.width)
  const height = Math.min(first.height, second.height)
  return correlation(topLeft(first, width, height), topLeft(second, width, height))
}

function topLeft(raster: Raster, width: number, height: number): Uint8Array {
  return cropped(raster, { x: 0, y: 0, width, height }).grey
}

function correlation(a: Uint8Array, b: Uint8Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let [both, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - meanA, b[i]! - meanB]
    both += da * db
    ofA += da * da
    ofB += db * db
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB)
}

function meanOf(values: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Where a line of text lies, in mm, with what hangs below the baseline. */
export function boxOf({ x, y, size, text, face, anchor = 'start' }: TextMark, { widthOf }: Metrics): Box {
  const width = widthOf(text, face, size)
  const left = x - { start: 0, middle: 0.5, end: 1 }[anchor] * width
  return { x: left, y: y - size * 0.85, width, height: size * 1.1 }
}
