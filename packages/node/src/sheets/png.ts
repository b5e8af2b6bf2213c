/**
 * PNG to grey pixels. W3C, "Portable Network Graphics, Third Edition": chunks (section 5), filters (9), interlacing
 * (8). Only the chunks that pixels need are looked at: no profiles, no texts, no animation. Libraries inflate before
 * they know how much; this knows first. Not here: colours, which are mixed to grey, and checksums of chunks, since
 * that of zlib covers the pixels.
 */
import { inflateSync } from 'node:zlib'
import { fail } from '@cairn/core/errors.js'
import { blankRaster, type Raster } from '@cairn/core/sheets/read/raster.js'
import { checkPixels } from './bounds.js'

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

interface Head {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
  readonly interlaced: boolean
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/** Samples of a pixel, by colour type: grey, colours, palette, grey and opacity, colours and opacity. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** @throws CairnError `picture-damaged`, `picture-too-large` */
export function decodePng(name: string, bytes: Uint8Array): Raster {
  const chunks = [...chunksOf(name, bytes)]
  const head = parseHead(name, chunks[0])
  checkPixels(name, head.width, head.height)
  const passes = passesOf(head)
  const length = passes.reduce((sum, { rows, stride }) => sum + rows * (stride + 1), 0)
  const raw = inflate(name, Buffer.concat(dataOf(chunks, 'IDAT')), length)
  const toGrey = greyOf(head, chunks)
  const raster = blankRaster(head.width, head.height)
  let at = 0
  for (const pass of passes) {
    const size = pass.rows * (pass.stride + 1)
    unfilter(name, raw.subarray(at, at + size), { stride: pass.stride, pixel: pixelBytes(head) })
    place(raster, raw.subarray(at, at + size), { pass, toGrey })
    at += size
  }
  return raster
}

function* chunksOf(name: string, bytes: Uint8Array): Generator<Chunk> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = PNG_SIGNATURE.length; ; ) {
    if (at + 12 > view.length) return fail('picture-damaged', { name, reason: 'the PNG is cut off' })
    const length = view.readUInt32BE(at)
    const type = view.toString('latin1', at + 4, at + 8)
    if (at + 12 + length > view.length) return fail('picture-damaged', { name, reason: 'the PNG is cut off' })
    yield { type, data: view.subarray(at + 8, at + 8 + length) }
    if (type === 'IEND') return
    at += 12 + length
  }
}

function dataOf(chunks: readonly Chunk[], type: string): Buffer[] {
  return chunks.filter((chunk) => chunk.type === type).map(({ data }) => data)
}

function parseHead(name: string, chunk: Chunk | undefined): Head {
  if (chunk?.type !== 'IHDR' || chunk.data.length !== 13)
    return fail('picture-damaged', { name, reason: 'the PNG has no header' })
  const [depth, colour, method, filter, interlace] = [...chunk.data.subarray(8)] as [
    number,
    number,
    number,
    number,
    number,
  ]
  if (!DEPTHS[colour]?.includes(depth) || method !== 0 || filter !== 0 || interlace > 1)
    return fail('picture-damaged', { name, reason: 'its header is none of a PNG' })
  return {
    width: chunk.data.readUInt32BE(0),
    height: chunk.data.readUInt32BE(4),
    depth,
    colour,
    interlaced: interlace === 1,
  }
}

interface Pass {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
  readonly columns: number
  readonly rows: number
  /** Bytes of a row, without that of its filter. */
  readonly stride: number
}

/** Section 8.2, Adam7: where each pass begins, and its steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function passesOf(head: Head): readonly Pass[] {
  const starts = head.interlaced ? ADAM7 : [[0, 0, 1, 1] as const]
  return starts.flatMap(([x, y, dx, dy]) => {
    const columns = Math.ceil((head.width - x) / dx)
    const rows = Math.ceil((head.height - y) / dy)
    if (columns <= 0 || rows <= 0) return []
    const stride = Math.ceil((columns * head.depth * (SAMPLES[head.colour] as number)) / 8)
    return [{ x, y, dx, dy, columns, rows, stride }]
  })
}

function inflate(name: string, packed: Buffer, length: number): Buffer {
  let raw: Buffer
  try {
    raw = inflateSync(packed, { maxOutputLength: length })
  } catch {
    return fail('picture-damaged', { name, reason: 'its pixels are not those that its header says' })
  }
  return raw.length === length
    ? raw
    : fail('picture-damaged', { name, reason: 'its pixels are not those that its header says' })
}

/** Bytes from a pixel to the one on its left, at least one: section 9.2. */
function pixelBytes({ depth, colour }: Head): number {
  return Math.max(1, (depth * (SAMPLES[colour] as number)) / 8)
}

function unfilter(
  name: string,
  rows: Buffer,
  { stride, pixel }: { readonly stride: number; readonly pixel: number },
): void {
  let above: Uint8Array = new Uint8Array(stride)
  for (let at = 0; at < rows.length; at += stride + 1) {
    const row = rows.subarray(at + 1, at + 1 + stride)
    undo(rows[at] as number, row, { above, pixel, name })
    above = row
  }
}

function undo(
  filter: number,
  row: Uint8Array,
  { above, pixel, name }: { readonly above: Uint8Array; readonly pixel: number; readonly name: string },
): void {
  if (filter > 4) fail('picture-damaged', { name, reason: 'a row has a filter that no PNG has' })
  if (filter === 0) return
  for (let i = 0; i < row.length; i++) {
    const left = i < pixel ? 0 : row[i - pixel]!
    const up = above[i]!
    const corner = i < pixel ? 0 : above[i - pixel]!
    const guess =
      filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
    row[i] = row[i]! + guess
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The grey of a pixel from where its first sample is. */
type ToGrey = (row: Uint8Array, column: number) => number

function greyOf(head: Head, chunks: readonly Chunk[]): ToGrey {
  const { depth, colour } = head
  if (colour === 3) return indexed(head, chunks)
  if (depth < 8) {
    const most = (1 << depth) - 1
    return (row, column) => (packed(row, column, depth) * 255) / most
  }
  const [bytes, samples] = [depth / 8, SAMPLES[colour] as number]
  const pixel = bytes * samples
  const sample = (row: Uint8Array, column: number, i: number) => row[column * pixel + i * bytes]!
  const opacity = colour >= 4 ? samples - 1 : null
  return (row, column) => {
    const grey =
      samples < 3
        ? sample(row, column, 0)
        : luma(sample(row, column, 0), sample(row, column, 1), sample(row, column, 2))
    return opacity === null ? grey : onWhite(grey, sample(row, column, opacity))
  }
}

function indexed({ depth }: Head, chunks: readonly Chunk[]): ToGrey {
  const palette = Buffer.concat(dataOf(chunks, 'PLTE'))
  const opacities = Buffer.concat(dataOf(chunks, 'tRNS'))
  const greys = Array.from({ length: Math.floor(palette.length / 3) }, (_, i) =>
    onWhite(luma(palette[i * 3]!, palette[i * 3 + 1]!, palette[i * 3 + 2]!), opacities[i] ?? 255),
  )
  return (row, column) => greys[packed(row, column, depth)] ?? 255
}

function packed(row: Uint8Array, column: number, depth: number): number {
  const bit = column * depth
  return (row[bit >> 3]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
}

/** ITU-R BT.601 */
function luma(red: number, green: number, blue: number): number {
  return (77 * red + 150 * green + 29 * blue) >> 8
}

function onWhite(grey: number, opacity: number): number {
  return (grey * opacity + 255 * (255 - opacity)) / 255
}

interface Placing {
  readonly pass: Pass
  readonly toGrey: ToGrey
}

function place(raster: Raster, rows: Buffer, { pass, toGrey }: Placing): void {
  for (let y = 0; y < pass.rows; y++) {
    const start = y * (pass.stride + 1) + 1
    const row = rows.subarray(start, start + pass.stride)
    const to = (pass.y + y * pass.dy) * raster.width + pass.x
    for (let x = 0; x < pass.columns; x++) raster.grey[to + x * pass.dx] = toGrey(row, x)
  }
}
