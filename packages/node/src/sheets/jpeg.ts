/**
 * JPEG to grey pixels, held to bounds before it begins: as the only picture on a page of a PDF, pixel for pixel, since
 * PDFium opens JPEG several times as fast as what is written in JavaScript.
 */
import { fail } from '@cairn/core/errors.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { checkPixels, MAX_PIXELS } from './bounds.js'
import { pdfPages } from './pdf.js'

/** Progressive pictures of cameras have about ten; each goes over the whole picture. */
const MAX_SCANS = 40

/** @throws CairnError `picture-damaged`, `picture-too-large` */
export async function decodeJpeg(name: string, bytes: Uint8Array): Promise<Raster> {
  const head = headOf(name, bytes)
  checkPixels(name, head.width, head.height)
  if (scansOf(bytes) > MAX_SCANS)
    fail('picture-damaged', { name, reason: 'it has more scans than any camera makes' })
  for await (const page of pdfPages(name, pageOf(bytes, head), { mostPixels: MAX_PIXELS })) {
    const raster = await page.raster(PIXELS_PER_INCH)
    // PDFium leaves out what it cannot open
    if (raster.grey.some((grey) => grey < 255)) return raster
  }
  return fail('picture-damaged', { name, reason: 'the JPEG is cut off or of a kind that is not known' })
}

interface Head {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 colours, 4 inks. */
  readonly components: number
}

/** ITU-T T.81, table B.1: a frame begins with SOF0 to SOF15, which are not DHT, JPG and DAC. */
function headOf(name: string, bytes: Uint8Array): Head {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 2; at + 9 < view.length; ) {
    const [start, marker] = [view[at], view[at + 1]!]
    if (start !== 0xff) break
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {
        height: view.readUInt16BE(at + 5),
        width: view.readUInt16BE(at + 7),
        components: view[at + 9]!,
      }
    else at += 2 + view.readUInt16BE(at + 2)
  }
  return fail('picture-damaged', { name, reason: 'the JPEG does not say how large it is' })
}

function scansOf(bytes: Uint8Array): number {
  let scans = 0
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === 0xda) scans++
  return scans
}

/** A point is a pixel. */
const PIXELS_PER_INCH = 72
/** Of inks 255 is none in a JPEG, as Adobe writes them, and all in a PDF. */
const COLOURS: Readonly<Record<number, string>> = {
  1: '/DeviceGray',
  4: '/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]',
}

/** ISO 32000-1, 7.4.8 and 8.9.5. Without a table of where its objects are, which PDFium finds. */
function pageOf(jpeg: Uint8Array, { width, height, components }: Head): Uint8Array {
  const content = `${width} 0 0 ${height} 0 0 cm /P Do`
  const picture = `/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace${COLOURS[components] ?? '/DeviceRGB'}`
  const page = `/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</P 5 0 R>>>>`
  return Buffer.concat([
    Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R${page}>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/XObject/Subtype/Image/Filter/DCTDecode${picture}/Length ${jpeg.length}>>stream
`),
    jpeg,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n'),
  ])
}
