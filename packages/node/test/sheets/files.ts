/** Files of pictures as others would give them to us, made from grey pixels or by hand. */
import { deflateSync } from 'node:zlib'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { encode as encodeJpeg } from 'jpeg-js'

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}

export interface PngHead {
  readonly width: number
  readonly height: number
  readonly depth?: number
  readonly colour?: number
  readonly interlace?: number
}

/** A PNG of rows as they are stored: a filter before each. */
export function pngFile(
  { width, height, depth = 8, colour = 0, interlace = 0 }: PngHead,
  rows: Uint8Array,
  others: readonly (readonly [type: string, data: Uint8Array])[] = [],
): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([depth, colour, 0, 0, interlace], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...others.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

export function greyPng({ width, height, grey }: Raster): Buffer {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return pngFile({ width, height }, rows)
}

export function jpegFile({ width, height, grey }: Raster, quality = 80): Buffer {
  const data = Buffer.alloc(width * height * 4, 255)
  for (let i = 0; i < grey.length; i++) data.fill(grey[i] as number, i * 4, i * 4 + 3)
  return encodeJpeg({ width, height, data }, quality).data
}

/** A PDF of objects, without a table of where they are, which readers mend. */
export function pdfFile(pages: readonly string[], size = '0 0 595 842'): Buffer {
  const kids = pages.map((_, i) => `${10 + i * 2} 0 R`).join(' ')
  const bodies = pages.map(
    (content, i) =>
      `${10 + i * 2} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[${size}]/Contents ${11 + i * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj
${11 + i * 2} 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj`,
  )
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>endobj
3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
${bodies.join('\n')}
trailer<</Root 1 0 R>>
`)
}

/** Black modules as rectangles in points, from the lower left corner. */
export function pdfModules(rows: readonly (readonly boolean[])[], side = 5): string {
  const marks = rows.flatMap((row, y) =>
    row.flatMap((black, x) => (black ? [`${40 + x * side} ${780 - y * side} ${side} ${side} re`] : [])),
  )
  return `${marks.join('\n')} f`
}

export function svgFile(rows: readonly (readonly boolean[])[], head = ''): string {
  const marks = rows.flatMap((row, y) =>
    row.flatMap((black, x) => (black ? [`M${x + 10} ${y + 10}h1v1h-1z`] : [])),
  )
  return `${head}<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="100mm" viewBox="0 0 100 100"><path d="${marks.join('')}"/></svg>`
}
