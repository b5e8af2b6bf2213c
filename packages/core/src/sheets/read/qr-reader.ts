/**
 * A reader of QR codes: the decoder of `qr`. It finds one code in one look, so that each code is painted over before
 * the next look. The other reader is in the node package.
 */
import { decodeQR } from 'qr/decode.js'
import { utf8 } from '../../bytes.js'
import { type Code, type CodeReader, MAX_CODES } from './codes.js'
import type { Point, Quad, Raster } from './raster.js'

export const qrReader: CodeReader = { name: 'qr', read: readAll }

/** A decoder that gives up by the clock would read more on a faster machine: this one gives up by its tries. */
const PATIENCE = { effort: 16, timeLimit: Number.POSITIVE_INFINITY } as const

function readAll(raster: Raster): readonly Code[] {
  const codes: Code[] = []
  const canvas = { width: raster.width, height: raster.height, data: raster.grey.slice() }
  for (let code = readOne(canvas); code && codes.length < MAX_CODES; code = readOne(canvas)) {
    codes.push(code)
    paintOver(canvas, code.corners)
  }
  return codes
}

interface Canvas {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

function readOne(canvas: Canvas): Code | null {
  let corners: Quad | undefined
  try {
    const text = decodeQR(canvas, {
      ...PATIENCE,
      format: 'I420', // begins with a plane of grey, and no more of it is looked at
      textDecoder: (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''),
      pointsOnDetect: ({ outline }) => {
        corners = outline
      },
    })
    return corners ? { bytes: toBytes(text), corners } : null
  } catch {
    return null // it throws for everything that is no code, and for nothing else
  }
}

/** What is not of a byte segment can only be Kanji. */
function toBytes(text: string): Uint8Array {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0))
  return codes.some((code) => code > 255) ? utf8(text) : Uint8Array.from(codes)
}

/** White on the quadrangle: no finder pattern of a code that was read may be taken for one of another. */
function paintOver({ width, height, data }: Canvas, corners: Quad): void {
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y))))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...corners.map(({ y }) => y))))
  for (let y = top; y <= bottom; y++) {
    const [left, right] = span(corners, y)
    const [from, to] = [Math.max(0, Math.floor(left)), Math.min(width, Math.ceil(right) + 1)]
    if (from < to) data.fill(255, y * width + from, y * width + to)
  }
}

/** Where a row crosses the edges of a convex quadrangle. */
function span(corners: Quad, y: number): readonly [left: number, right: number] {
  const crossings = corners.flatMap((from, i): readonly number[] => {
    const to = corners[(i + 1) % 4] as Point
    if (from.y === to.y) return from.y === y ? [from.x, to.x] : []
    const share = (y - from.y) / (to.y - from.y)
    return share >= 0 && share <= 1 ? [from.x + share * (to.x - from.x)] : []
  })
  return [Math.min(...crossings), Math.max(...crossings)]
}
