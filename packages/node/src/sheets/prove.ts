/**
 * The proof of a sheet before it gets its name: the file that was drawn is rasterised by a program that knows nothing of
 * us, at the resolution of a good scan and of a poor one, and read back. Every module, every code by both readers, every
 * line of text must be what was to be written. The ink is compared with the same drawing by the other renderer, so that
 * a renderer which moves, swaps or loses a word is found, also where there is no text to select.
 */
import { equal } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { Fonts } from '@cairn/core/sheets/draw/fonts.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Drawing, Page, TextMark } from '@cairn/core/sheets/drawing.js'
import { QUIET_ZONE } from '@cairn/core/sheets/layout/qr.js'
import { type CodeReader, readCodes } from '@cairn/core/sheets/read/codes.js'
import { boxOf, differenceOf, likeness, wrongModules } from '@cairn/core/sheets/read/compare.js'
import { cropped, type Raster } from '@cairn/core/sheets/read/raster.js'
import { formatOf, type PicturePage, picturePages } from './picture.js'
import { READERS } from './read.js'

export interface Drawn {
  /** The pages of one PDF or HTML file, or of one SVG file a page, in order. */
  readonly files: readonly Uint8Array[]
  /** What they were drawn from. */
  readonly drawing: Drawing
  /** What each QR code on the drawing says, in any order. */
  readonly codes: readonly Uint8Array[]
}

/** Of a good scan, at which everything is compared. */
const FINE_DPI = 300
/** Of a poor one, at which the codes must still be read. */
const COARSE_DPI = 150
/** Two programs that draw the same text reach 0.74 and more, other words of the same length 0.4 and less. */
const LEAST_LIKENESS = 0.6
/** They differ by 62 of 255 at most where lines and letters have their edges; ink that is one's alone by more. */
const MOST_DIFFERENCE = 100

/** @throws CairnError `sheet-unproven`; what drawing and opening throw */
export async function proveSheet(drawn: Drawn, fonts: Fonts): Promise<void> {
  const { drawing } = drawn
  const pages = pagesOf(drawn.files)
  const twins = await twinsOf(drawn, fonts)
  const seen: Uint8Array[] = []
  for (const [i, page] of drawing.pages.entries()) {
    const where = { drawing, fonts, page, place: `page ${i + 1}` }
    const [drawnPage, twin] = [await pages.next(), await twins.next()]
    if (drawnPage.done || twin.done) return unproven(`${where.place} is missing`)
    seen.push(...(await provePage(drawnPage.value, twin.value, where)))
  }
  if (!(await pages.next()).done) unproven('it has more pages than were meant')
  await twins.return(undefined)
  if (!isSame(seen, drawn.codes)) unproven('a code on it says something else')
}

/** What the codes on the page say. */
async function provePage(page: PicturePage, twin: PicturePage, where: Where): Promise<readonly Uint8Array[]> {
  const fine = await page.raster(FINE_DPI)
  proveModules(fine, where)
  proveText(page.text, where)
  proveInk(fine, await twin.raster(FINE_DPI), where)
  return provenCodes(fine, await page.raster(COARSE_DPI), where)
}

/** One after another: a whole set of paper pages as pixels is more than memory holds. */
async function* pagesOf(files: readonly Uint8Array[]): AsyncGenerator<PicturePage> {
  for (const bytes of files) yield* picturePages({ name: 'the sheet', bytes })
}

/** The same drawing by the renderer that did not draw the file. */
async function twinsOf({ files, drawing }: Drawn, fonts: Fonts): Promise<AsyncGenerator<PicturePage>> {
  const isPdf = formatOf({ name: 'the sheet', bytes: files[0] ?? new Uint8Array() }) === 'pdf'
  return pagesOf(
    isPdf
      ? drawing.pages.map((_, page) => Buffer.from(drawSvg(drawing, { fonts, page })))
      : [await drawPdf(drawing, { fonts })],
  )
}

interface Where {
  readonly drawing: Drawing
  readonly fonts: Fonts
  readonly page: Page
  readonly place: string
}

function proveModules(raster: Raster, { drawing, page, place }: Where): void {
  for (const mark of page.marks) {
    if (mark.kind !== 'modules') continue
    const wrong = wrongModules(raster, drawing.size, mark)
    if (wrong > 0) unproven(`on ${place} ${wrong} modules of a code are wrong`)
  }
}

/** Where text can be selected, it is that of the drawing, in its order. */
function proveText(text: string, { page, place }: Where): void {
  if (text === '') return
  const meant = textsOf(page)
    .map(({ text: line }) => line)
    .join('')
  if (letters(text) !== letters(meant)) unproven(`the text on ${place} differs`)
}

function textsOf({ marks }: Page): readonly TextMark[] {
  return marks.filter((mark) => mark.kind === 'text')
}

/** Spaces are where a reader thinks that they are, and Korean comes in letters or in syllables. */
function letters(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\ufffe]/g, '')
}

function proveInk(raster: Raster, twin: Raster, { drawing, fonts, page, place }: Where): void {
  const { size } = drawing
  for (const [i, mark] of textsOf(page).entries()) {
    const box = boxOf(mark, fonts)
    if (mark.text.trim() === '' || isOutside(box, size)) continue
    if (likeness(raster, twin, { size, box }) < LEAST_LIKENESS)
      unproven(`line ${i + 1} on ${place} is drawn otherwise`)
  }
  if (differenceOf(raster, twin, size) > MOST_DIFFERENCE) unproven(`${place} is drawn otherwise`)
}

function isOutside({ x, y, width, height }: ReturnType<typeof boxOf>, size: Drawing['size']): boolean {
  return x + width < 0 || y + height < 0 || x > size.width || y > size.height
}

/** What both readers read: on the good scan each code in its place, on the poor one whatever is on the page. */
async function provenCodes(fine: Raster, coarse: Raster, where: Where): Promise<readonly Uint8Array[]> {
  const places = codesOn(fine, where)
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
    unproven(`the readers of codes do not agree on ${where.place}`)
  return first
}

async function contents(raster: Raster, reader: CodeReader): Promise<readonly Uint8Array[]> {
  return bytesOf(await readCodes(raster, [reader]))
}

function bytesOf(codes: readonly { readonly bytes: Uint8Array }[]): readonly Uint8Array[] {
  return codes.map(({ bytes }) => bytes)
}

/** Each code that was drawn, with its quiet zone. */
function codesOn(fine: Raster, { page, drawing }: Where): readonly Raster[] {
  const unit = fine.width / drawing.size.width
  return page.marks
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

function unproven(what: string): never {
  return fail('sheet-unproven', { what })
}
