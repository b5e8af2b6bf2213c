/**
 * The proof of a sheet before it gets its name: the file that was drawn is rasterised by a program that knows nothing of
 * us, at the resolution of a good scan and of a poor one, and read back. Every page must look as it was meant
 * (`prove-page.ts`), and every code say by both readers what was to be written.
 */
import { equal } from '@cairn/core/bytes.js'
import type { Fonts } from '@cairn/core/sheets/draw/fonts.js'
import type { Page, Size } from '@cairn/core/sheets/drawing.js'
import { QUIET_ZONE } from '@cairn/core/sheets/layout/qr.js'
import { type CodeReader, readCodes } from '@cairn/core/sheets/read/codes.js'
import { cropped, type Raster } from '@cairn/core/sheets/read/raster.js'
import { COARSE_DPI, type DrawnPages, type ProvenPage, provenPages, unproven } from './prove-page.js'
import { READERS } from './read.js'

export interface Drawn extends DrawnPages {
  /** What each QR code on the drawing says, in any order. */
  readonly codes: readonly Uint8Array[]
}

/** @throws CairnError `sheet-unproven`; what drawing and opening throw */
export async function proveSheet(drawn: Drawn, fonts: Fonts): Promise<void> {
  const seen: Uint8Array[] = []
  for await (const page of provenPages(drawn, fonts))
    seen.push(...(await provenCodes(page, drawn.drawing.size)))
  if (!isSame(seen, drawn.codes)) unproven('a code on it says something else')
}

/** What both readers read: on the good scan each code in its place, on the poor one whatever is on the page. */
async function provenCodes(
  { place: where, page, fine, meant }: ProvenPage,
  size: Size,
): Promise<readonly Uint8Array[]> {
  const coarse = await page.raster(COARSE_DPI)
  const places = codesOn(fine, meant, size)
  const rounds: (readonly Uint8Array[])[] = []
  for (const reader of READERS) {
    const inPlace: Uint8Array[] = []
    for (const place of places) inPlace.push(...(await contents(place, reader)))
    // where none was drawn one look is enough: that there is none makes a reader try all its ways
    const found = places.length > 0 ? await contents(coarse, reader) : bytesOf(await reader.read(coarse))
    rounds.push(inPlace, found)
  }
  const [first = [], ...others] = rounds
  if (!others.every((other) => isSame(first, other)))
    unproven(`the readers of codes do not agree on ${where}`)
  return first
}

async function contents(raster: Raster, reader: CodeReader): Promise<readonly Uint8Array[]> {
  return bytesOf(await readCodes(raster, [reader]))
}

function bytesOf(codes: readonly { readonly bytes: Uint8Array }[]): readonly Uint8Array[] {
  return codes.map(({ bytes }) => bytes)
}

/** Each code that was drawn, with its quiet zone. */
function codesOn(fine: Raster, { marks }: Page, { width: paper }: Size): readonly Raster[] {
  const unit = fine.width / paper
  return marks
    .filter((mark) => mark.kind === 'modules')
    .map(({ x, y, side, rows }) => {
      const quiet = QUIET_ZONE * side
      const width = (rows.length * side + 2 * quiet) * unit
      return cropped(fine, { x: (x - quiet) * unit, y: (y - quiet) * unit, width, height: width })
    })
}

/** The same contents, each as often, in any order. */
function isSame(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  const rest = [...b]
  return (
    a.length === b.length &&
    a.every((bytes) => {
      const i = rest.findIndex((other) => equal(other, bytes))
      if (i >= 0) rest.splice(i, 1)
      return i >= 0
    })
  )
}
