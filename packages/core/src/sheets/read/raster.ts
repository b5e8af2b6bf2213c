/**
 * A picture as grey pixels, and what can be done with its whole: turn, scale, cut. What opens files of pictures is
 * in the node package; what makes a bad picture readable is in `prepare.ts`.
 */

/** Rows from the top, 0 is black, 255 white; `grey` has width times height bytes. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Corners around a shape. */
export type Quad = readonly [Point, Point, Point, Point]

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** A raster of one grey. */
export function blankRaster(width: number, height: number, grey = 255): Raster {
  return { width, height, grey: new Uint8Array(width * height).fill(grey) }
}

/** Opaque, as most of a page is. */
const WHITE = -1

/** Red, green, blue and opacity, four bytes a pixel, as they look on white paper. ITU-R BT.601: luma. */
export function fromRgba({
  width,
  height,
  data,
}: {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint8ClampedArray
}): Raster {
  const grey = new Uint8Array(width * height).fill(255)
  const pixels = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    if (pixels.getInt32(at) === WHITE) continue
    const luma = (77 * data[at]! + 150 * data[at + 1]! + 29 * data[at + 2]!) >> 8
    const opacity = data[at + 3]!
    grey[i] = opacity === 255 ? luma : (luma * opacity + 255 * (255 - opacity)) / 255
  }
  return { width, height, grey }
}

/** Clockwise, by 0 to 3 quarters. */
export function turned(raster: Raster, quarters: number): Raster {
  if (quarters === 0) return raster
  const { width, height, grey } = raster
  const out = quarters === 2 ? blankRaster(width, height) : blankRaster(height, width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [to, row] =
        quarters === 1
          ? [height - 1 - y, x]
          : quarters === 2
            ? [width - 1 - x, height - 1 - y]
            : [y, width - 1 - x]
      out.grey[row * out.width + to] = grey[y * width + x]!
    }
  return out
}

/** The part of a raster that lies in the box. */
export function cropped({ width, height, grey }: Raster, box: Box): Raster {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))]
  const [right, bottom] = [
    Math.min(width, Math.ceil(box.x + box.width)),
    Math.min(height, Math.ceil(box.y + box.height)),
  ]
  const out = blankRaster(Math.max(1, right - left), Math.max(1, bottom - top))
  for (let y = top; y < bottom; y++)
    out.grey.set(grey.subarray(y * width + left, y * width + right), (y - top) * out.width)
  return out
}

/** Smaller by the mean of the pixels below each new one, larger by the line between two. */
export function scaled(raster: Raster, factor: number): Raster {
  if (factor === 1) return raster
  const width = Math.max(1, Math.round(raster.width * factor))
  const height = Math.max(1, Math.round(raster.height * factor))
  return factor < 1 ? resized(raster, width, height) : grown(raster, width, height)
}

/** The mean of the pixels below each new one. */
export function resized(raster: Raster, width: number, height: number): Raster {
  const { grey } = raster
  const out = blankRaster(width, height)
  const edge = (i: number, parts: number, whole: number) => Math.floor((i * whole) / parts)
  const lefts = Uint32Array.from({ length: width }, (_, x) => edge(x, width, raster.width))
  const rights = lefts.map((left, x) => Math.max(left + 1, edge(x + 1, width, raster.width)))
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    const top = edge(y, height, raster.height)
    const bottom = Math.max(top + 1, edge(y + 1, height, raster.height))
    sums.fill(0)
    for (let row = top; row < bottom; row++)
      for (let x = 0, from = row * raster.width; x < width; x++) {
        let sum = 0
        for (let at = from + lefts[x]!, end = from + rights[x]!; at < end; at++) sum += grey[at]!
        sums[x]! += sum
      }
    for (let x = 0; x < width; x++)
      out.grey[y * width + x] = sums[x]! / ((rights[x]! - lefts[x]!) * (bottom - top))
  }
  return out
}

/** Sums of all pixels above and to the left, modulo 2^32, one row and column more than the raster. */
export function sums({ width, height, grey }: Raster): Uint32Array {
  const table = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    const [above, here] = [y * (width + 1), (y + 1) * (width + 1)]
    for (let x = 0; x < width; x++) {
      row += grey[y * width + x]!
      table[here + x + 1] = table[above + x + 1]! + row
    }
  }
  return table
}

/** The right and bottom edges are those of the next pixels. */
export interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * The sum of a box of less than 2^32, so of 16 million pixels at least. The table of a larger picture wraps; modulo 2^32
 * what it gives is right all the same.
 */
export function sumWithin(table: Uint32Array, stride: number, { left, top, right, bottom }: Edges): number {
  const [above, below] = [top * stride, bottom * stride]
  return (table[below + right]! - table[above + right]! - table[below + left]! + table[above + left]!) >>> 0
}

function grown(raster: Raster, width: number, height: number): Raster {
  const out = blankRaster(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      out.grey[y * width + x] = sampleAt(
        raster,
        ((x + 0.5) * raster.width) / width - 0.5,
        ((y + 0.5) * raster.height) / height - 0.5,
      )
  return out
}

/** The grey at a place between pixels; the edge goes on for ever. */
export function sampleAt({ width, height, grey }: Raster, x: number, y: number): number {
  return between({ width, height, x, y }, (column, row) => grey[row * width + column]!)
}

/** The same of what has its greys elsewhere. */
export function between(
  { width, height, x, y }: Box,
  greyAt: (column: number, row: number) => number,
): number {
  const [cx, cy] = [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)]
  const [left, top] = [Math.floor(cx), Math.floor(cy)]
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)]
  const [dx, dy] = [cx - left, cy - top]
  const above = greyAt(left, top) * (1 - dx) + greyAt(right, top) * dx
  const below = greyAt(left, bottom) * (1 - dx) + greyAt(right, bottom) * dx
  return Math.round(above * (1 - dy) + below * dy)
}
