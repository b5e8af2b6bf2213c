/**
 * Pages of a file that was drawn, one after another, each proven to look as it was meant: of the right size, with every
 * module, every letter, and the ink of every mark where the same drawing has it by the other of our two renderers. So a
 * renderer that moves, swaps, loses or shrinks something is found, also where there is no text to select. Not here: what
 * codes and plates on them say.
 */
import { fail } from '@cairn/core/errors.js'
import type { Fonts } from '@cairn/core/sheets/draw/fonts.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Drawing, Mark, Page, TextMark } from '@cairn/core/sheets/drawing.js'
import { boxOf, differenceOf, edgesOf, likeness, wrongModules } from '@cairn/core/sheets/read/compare.js'
import { outlinesOf } from '@cairn/core/sheets/read/letters.js'
import type { Box, Raster } from '@cairn/core/sheets/read/raster.js'
import { formatOf, type PicturePage, picturePages } from './picture.js'

export interface DrawnPages {
  /** The pages of one PDF or HTML file, or of one SVG file a page, in order. */
  readonly files: readonly Uint8Array[]
  /** What they were drawn from. */
  readonly drawing: Drawing
}

export interface ProvenPage {
  /** For errors: `page 2`. */
  readonly place: string
  readonly page: PicturePage
  readonly meant: Page
  /** As a good scan sees it. */
  readonly fine: Raster
}

/** Of a good scan, at which everything is compared. */
export const FINE_DPI = 300
/** Of a poor one, at which codes and plates must still be read. */
export const COARSE_DPI = 150
/** Two programs that draw the same text reach 0.9, other words of the same length 0.4 and less. */
const LEAST_LIKENESS = 0.7
/** The same lines and discs reach 0.9; where one is missing or elsewhere there is little alike. */
const LEAST_MARK_LIKENESS = 0.6
/** They differ by 62 of 255 at most where lines and letters have their edges; ink that is one's alone by more. */
const MOST_DIFFERENCE = 100
const MM_PER_INCH = 25.4
const POINTS_PER_INCH = 72

/** @throws CairnError `sheet-unproven`; what drawing and opening throw */
export async function* provenPages(drawn: DrawnPages, fonts: Fonts): AsyncGenerator<ProvenPage> {
  const { drawing } = drawn
  const pages = pagesOf(drawn.files)
  const twins = await twinsOf(drawn, fonts)
  for (const [i, page] of drawing.pages.entries()) {
    const where = { drawing, fonts, page, place: `page ${i + 1}` }
    const [drawnPage, twin] = [await pages.next(), await twins.next()]
    if (drawnPage.done || twin.done) return unproven(`${where.place} is missing`)
    const fine = await drawnPage.value.raster(FINE_DPI)
    proveSize(fine, where)
    proveModules(fine, where)
    proveText(drawnPage.value, where)
    proveInk(fine, await twin.value.raster(FINE_DPI), where)
    yield { place: where.place, page: drawnPage.value, meant: page, fine }
  }
  if (!(await pages.next()).done) unproven('it has more pages than were meant')
  await twins.return(undefined)
}

export function unproven(what: string): never {
  return fail('sheet-unproven', { what })
}

/** One after another: a whole set of paper pages as pixels is more than memory holds. */
async function* pagesOf(files: readonly Uint8Array[]): AsyncGenerator<PicturePage> {
  for (const bytes of files) yield* picturePages({ name: 'the sheet', bytes })
}

/** The same drawing by the renderer that did not draw the file. */
async function twinsOf({ files, drawing }: DrawnPages, fonts: Fonts): Promise<AsyncGenerator<PicturePage>> {
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

/** In true scale, to a point and a pixel: the reader of PDF tells whole points. */
function proveSize(raster: Raster, { drawing: { size }, place }: Where): void {
  const slack = FINE_DPI / POINTS_PER_INCH + 1
  for (const side of ['width', 'height'] as const) {
    const meant = (size[side] * FINE_DPI) / MM_PER_INCH
    if (Math.abs(raster[side] - meant) > slack) unproven(`the ${side} of ${place} is not ${size[side]} mm`)
  }
}

function proveModules(raster: Raster, { drawing, page, place }: Where): void {
  for (const mark of page.marks) {
    if (mark.kind !== 'modules') continue
    const wrong = wrongModules(raster, drawing.size, mark)
    if (wrong > 0) unproven(`on ${place} ${wrong} modules of a code are wrong`)
  }
}

/** Where text can be selected, it is that of the drawing, in its order; where letters are outlines, they are too. */
function proveText({ text, outlines }: PicturePage, { drawing, fonts, page, place }: Where): void {
  const meant = textsOf(page)
  const isSaid = letters(text) === letters(meant.map(({ text: line }) => line).join(''))
  if (text !== '' && !isSaid) unproven(`the text on ${place} differs`)
  if (outlines === undefined) return
  const drawn = outlines.map((line) => line.join())
  const shapes = meant.map((mark) => outlinesOf(mark, fonts, drawing.language).join())
  const other = shapes.findIndex((line, i) => line !== drawn[i])
  if (other >= 0) unproven(`line ${other + 1} on ${place} has other letters`)
  if (drawn.length > shapes.length) unproven(`${place} has more lines than were meant`)
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
  const isAlike = (box: Box, least: number) =>
    isOutside(box, size) || likeness(raster, twin, { size, box }) >= least
  for (const [i, mark] of textsOf(page).entries())
    if (mark.text.trim() !== '' && !isAlike(boxOf(mark, fonts), LEAST_LIKENESS))
      unproven(`line ${i + 1} on ${place} is drawn otherwise`)
  for (const mark of page.marks)
    if (!boxesOf(mark).every((box) => isAlike(box, LEAST_MARK_LIKENESS)))
      unproven(`a ${NAMES[mark.kind]} on ${place} is drawn otherwise`)
  if (differenceOf(raster, twin, size) > MOST_DIFFERENCE) unproven(`${place} is drawn otherwise`)
}

const NAMES = { rect: 'box', circle: 'disc or circle', line: 'line', text: 'text', modules: 'code' } as const

/** Lines, discs and circles, and what is around them; text and modules have a proof of their own. */
function boxesOf(mark: Mark): readonly Box[] {
  return mark.kind === 'text' || mark.kind === 'modules' ? [] : edgesOf(mark)
}

function isOutside({ x, y, width, height }: Box, size: Drawing['size']): boolean {
  return x + width < 0 || y + height < 0 || x > size.width || y > size.height
}
