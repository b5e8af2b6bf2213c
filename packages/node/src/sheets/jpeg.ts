/** JPEG to grey pixels, by `jpeg-js`, held to bounds before it begins. */
import { fail } from '@cairn/core/errors.js'
import { fromRgba, type Raster } from '@cairn/core/sheets/read/raster.js'
import { decode } from 'jpeg-js'
import { checkPixels, MAX_PIXELS } from './bounds.js'

/** Progressive pictures of cameras have about ten; each goes over the whole picture. */
const MAX_SCANS = 40
const MAX_MEMORY_MB = 1024

/** @throws CairnError `picture-damaged`, `picture-too-large` */
export function decodeJpeg(name: string, bytes: Uint8Array): Raster {
  const { width, height } = sizeOf(name, bytes)
  checkPixels(name, width, height)
  if (scansOf(bytes) > MAX_SCANS)
    fail('picture-damaged', { name, reason: 'it has more scans than any camera makes' })
  try {
    const picture = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      maxResolutionInMP: MAX_PIXELS / 1e6,
      maxMemoryUsageInMB: MAX_MEMORY_MB,
    })
    return fromRgba(picture)
  } catch {
    return fail('picture-damaged', { name, reason: 'the JPEG is cut off or of a kind that is not known' })
  }
}

/** ITU-T T.81, table B.1: a frame begins with SOF0 to SOF15, which are not DHT, JPG and DAC. */
function sizeOf(name: string, bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 2; at + 9 < view.length; ) {
    const [start, marker] = [view[at], view[at + 1]!]
    if (start !== 0xff) break
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) }
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
