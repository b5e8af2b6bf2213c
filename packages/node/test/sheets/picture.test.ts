import { Buffer } from 'node:buffer'
import { text } from '@cairn/core/bytes.js'
import { readCodes } from '@cairn/core/sheets/read/codes.js'
import { qrReader } from '@cairn/core/sheets/read/qr-reader.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { formatOf, picturePages } from '@cairn/node/sheets/picture.js'
import { zxingReader } from '@cairn/node/sheets/zxing-reader.js'
import { describe, expect, test } from 'vitest'
import { codeOfRejection } from '../../../core/test/refusal.js'
import { drawCodes, inShadow, modulesOf } from '../../../core/test/sheets/read/drawn.js'
import { greyPng, jpegFile, pdfFile, pdfModules, pngFile, svgFile } from './files.js'

const READERS = [qrReader, zxingReader]

async function rasters(bytes: Uint8Array, passphrase?: string): Promise<readonly Raster[]> {
  const found: Raster[] = []
  for await (const page of picturePages({ name: 'the file', bytes, passphrase }))
    found.push(await page.raster(150))
  return found
}

async function readBack(bytes: Uint8Array): Promise<readonly string[]> {
  const pages = await rasters(bytes)
  const codes = await Promise.all(pages.map((page) => readCodes(page, READERS)))
  return codes.flat().map((code) => `${text(code.bytes)} ${code.readers.join('+')}`)
}

const code = { text: 'cairn 2026' }
const page = drawCodes([code])
/** Where the pixels of a JPEG begin. */
const SCAN = Buffer.from([0xff, 0xda])

describe('a code comes back by both readers', () => {
  test.each([
    ['PNG', greyPng(page)],
    ['JPEG', jpegFile(page, 60)],
    ['JPEG in the shadow', jpegFile(inShadow(page), 60)],
    ['PDF', pdfFile([pdfModules(modulesOf(code))])],
    ['SVG', Buffer.from(svgFile(modulesOf(code)))],
    [
      'SVG with a declaration',
      Buffer.from(svgFile(modulesOf(code), '<?xml version="1.0"?>\n<!-- made by hand -->\n')),
    ],
    ['HTML', Buffer.from(`<!doctype html><html><body><p>cairn</p>${svgFile(modulesOf(code))}</body></html>`)],
  ])('from %s', async (_, bytes) => {
    expect(await readBack(bytes)).toEqual(['cairn 2026 qr+zxing'])
  })

  test('from each page of a PDF, whose text is there too', async () => {
    const bytes = pdfFile([
      pdfModules(modulesOf({ text: 'one' })),
      'BT /F1 24 Tf 100 700 Td (two words) Tj ET',
    ])
    expect(await readBack(bytes)).toEqual(['one qr+zxing'])
    const texts: string[] = []
    for await (const { text: words } of picturePages({ name: 'a', bytes })) texts.push(words)
    expect(texts).toEqual(['', 'two words'])
  })

  test('from the part of a JPEG that there is', async () => {
    const jpeg = jpegFile(drawCodes([{ text: 'above' }, { text: 'below' }]))
    expect(await readBack(jpeg.subarray(0, jpeg.length * 0.6))).toEqual(['above qr+zxing'])
  })

  test('with all bytes of one that holds any', async () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 200) & 255)
    const latin1 = String.fromCharCode(...bytes)
    const { default: encodeQR } = await import('qr')
    const rows = encodeQR(latin1, 'raw', {
      encoding: 'byte',
      textEncoder: () => bytes,
    } as Parameters<typeof encodeQR>[2])
    for (const reader of READERS) {
      const [found] = await readCodes(drawRows(rows), [reader])
      expect(Buffer.from(found?.bytes ?? [])).toEqual(Buffer.from(bytes))
    }
  })
})

function drawRows(rows: readonly (readonly boolean[])[], side = 8): Raster {
  const width = (rows.length + 8) * side
  const grey = new Uint8Array(width * width).fill(255)
  for (let y = 0; y < rows.length * side; y++)
    for (let x = 0; x < rows.length * side; x++)
      if (rows[Math.floor(y / side)]?.[Math.floor(x / side)]) grey[(y + 4 * side) * width + x + 4 * side] = 0
  return { width, height: width, grey }
}

describe('PNG', () => {
  const greys = async (...given: Parameters<typeof pngFile>) => [
    ...((await rasters(pngFile(...given)))[0]?.grey ?? []),
  ]

  test.each([
    [1, [0b1010_0000], [255, 0, 255]],
    [2, [0b0001_1000], [0, 85, 170]],
    [4, [0x0f, 0x80], [0, 255, 136]],
    [8, [0, 128, 255], [0, 128, 255]],
    [16, [0, 9, 128, 9, 255, 9], [0, 128, 255]],
  ])('of grey with %i bits', async (depth, row, expected) => {
    expect(await greys({ width: 3, height: 1, depth }, Uint8Array.from([0, ...row]))).toEqual(expected)
  })

  test.each([
    ['colours', 2, [255, 0, 0, 0, 255, 0], [76, 149]],
    ['grey and opacity', 4, [0, 255, 0, 0], [0, 255]],
    ['colours and opacity', 6, [0, 0, 255, 255, 0, 0, 0, 51], [28, 204]],
  ])('of %s', async (_, colour, row, expected) => {
    expect(await greys({ width: 2, height: 1, colour }, Uint8Array.from([0, ...row]))).toEqual(expected)
  })

  test('of a palette, parts of it transparent', async () => {
    const palette = Uint8Array.of(0, 0, 0, 255, 255, 255, 0, 0, 0)
    const head = { width: 3, height: 1, depth: 2, colour: 3 }
    const others = [
      ['PLTE', palette],
      ['tRNS', Uint8Array.of(255, 255, 0)],
    ] as const
    expect(await greys(head, Uint8Array.of(0, 0b0001_1000), others)).toEqual([0, 255, 255])
  })

  test('with every filter', async () => {
    const rows = [
      [1, 10, 5, 5],
      [2, 1, 1, 1],
      [3, 10, 0, 0],
      [4, 1, 1, 1],
      [0, 7, 8, 9],
    ]
    expect(await greys({ width: 3, height: 5 }, Uint8Array.from(rows.flat()))).toEqual([
      10, 15, 20, 11, 16, 21, 15, 15, 18, 16, 17, 19, 7, 8, 9,
    ])
  })

  test('that is interlaced', async () => {
    // Adam7: pass 1 has (0,0), pass 6 (1,0) for two columns of one row each, pass 7 the second row
    const rows = Uint8Array.of(0, 11, 0, 22, 0, 33, 44)
    expect(await greys({ width: 2, height: 2, interlace: 1 }, rows)).toEqual([11, 22, 33, 44])
  })
})

describe('what no file may do', () => {
  const bomb = pngFile({ width: 100_000, height: 100_000, depth: 1 }, new Uint8Array(9))
  const liar = pngFile({ width: 8, height: 8 }, new Uint8Array(50_000_000))
  const cases: readonly (readonly [string, Uint8Array | string, string])[] = [
    ['a PNG that says it is huge', bomb, 'picture-too-large'],
    ['a PNG that unpacks to more than it says', liar, 'picture-damaged'],
    ['a PNG that is cut off', greyPng(page).subarray(0, -40), 'picture-damaged'],
    ['a PNG without pixels', pngFile({ width: 0, height: 4 }, new Uint8Array()), 'picture-damaged'],
    [
      'a PNG of a kind that is none',
      pngFile({ width: 4, height: 4, depth: 3 }, new Uint8Array()),
      'picture-damaged',
    ],
    ['a JPEG that is cut off', jpegFile(page).subarray(0, 200), 'picture-damaged'],
    [
      'a JPEG without its pixels',
      jpegFile(page).subarray(0, jpegFile(page).indexOf(SCAN)),
      'picture-damaged',
    ],
    ['a JPEG that says it is huge', hugeJpeg(), 'picture-too-large'],
    ['a JPEG of endless scans', scans(jpegFile(page)), 'picture-damaged'],
    ['a PDF of nothing', '%PDF-1.7 nothing', 'picture-damaged'],
    ['a PDF of 10,000 pages', pdfFile(Array.from({ length: 10_000 }, () => '')), 'picture-too-large'],
    [
      'an SVG with entities of files',
      svgFile([], '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
      'picture-damaged',
    ],
    [
      'an SVG that is huge',
      '<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"/>',
      'picture-too-large',
    ],
    ['an SVG that is cut off', svgFile(modulesOf(code)).slice(0, 300), 'picture-damaged'],
    ['a file of anything', Uint8Array.of(0, 1, 2, 3), 'picture-unknown'],
    ['a photo of a telephone in HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0'), 'picture-unknown'],
  ]

  test.each(cases)('%s', async (_, file, expected) => {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file
    expect(await codeOfRejection(() => rasters(bytes))).toBe(expected)
  })

  test('an SVG that names a picture elsewhere loads nothing', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><image href="file:///etc/hostname" width="40" height="40"/></svg>'
    const [drawn] = await rasters(Buffer.from(svg))
    expect(drawn?.grey.every((grey) => grey === 255)).toBe(true)
  })

  test('and after all of them a good file is still read', async () => {
    expect(await readBack(pdfFile([pdfModules(modulesOf(code))]))).toEqual(['cairn 2026 qr+zxing'])
    expect(await readBack(Buffer.from(svgFile(modulesOf(code))))).toEqual(['cairn 2026 qr+zxing'])
  })
})

/** The size in the header of its frame made the largest there is. */
function hugeJpeg(): Buffer {
  const bytes = Buffer.from(jpegFile(page))
  bytes.fill(255, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 9)
  return bytes
}

function scans(jpeg: Buffer): Buffer {
  const start = jpeg.indexOf(SCAN)
  return Buffer.concat([
    jpeg.subarray(0, start),
    ...Array.from({ length: 50 }, () => jpeg.subarray(start, -2)),
    jpeg.subarray(-2),
  ])
}

test('a file is what its first bytes say', () => {
  expect(formatOf({ name: 'photo.png', bytes: jpegFile(page) })).toBe('jpeg')
  expect(formatOf({ name: 'words.pdf', bytes: Buffer.from('abandon ability able') })).toBe('text')
})
