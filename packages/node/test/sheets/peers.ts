/**
 * What programs of others make of our sheets: poppler of their text and their ink, zbar and our own readers of what
 * poppler drew. Many pages a call, since starting a program takes longer than a page.
 */
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text as decodeText } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import type { Drawing, Page } from '@cairn/core/sheets/drawing.js'
import { readCodes } from '@cairn/core/sheets/read/codes.js'
import { type Box, cropped, type Raster } from '@cairn/core/sheets/read/raster.js'
import { joinPlates } from '@cairn/core/sheets/steel/join.js'
import { readPlate } from '@cairn/core/sheets/steel/read.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { type PictureFile, picturePages } from '@cairn/node/sheets/picture.js'
import { READERS, readSheets } from '@cairn/node/sheets/read.js'
import { fontsOutside, type Scanned, scanPages, textsIn } from '../../../../test/peers/poppler.js'
import { zbarBytes, zbarLines } from '../../../../test/peers/zbar.js'
import type { KnownSheet } from './known-sheets.js'

/** Sheets that are pages of one file. */
export interface Bundle {
  readonly sheets: readonly KnownSheet[]
  readonly file: Uint8Array
}

/** By paper and language, which a file has one of. */
export function together(sheets: readonly KnownSheet[]): readonly (readonly KnownSheet[])[] {
  const keyOf = ({ drawing: { size, language } }: KnownSheet) => `${size.width} ${size.height} ${language}`
  const keys = [...new Set(sheets.map(keyOf))]
  return keys.map((key) => sheets.filter((sheet) => keyOf(sheet) === key))
}

/** All pages of sheets of one paper and language. */
export function joined(sheets: readonly KnownSheet[]): Drawing {
  const [first] = sheets as readonly [KnownSheet]
  return { ...first.drawing, pages: sheets.flatMap(({ drawing }) => drawing.pages) }
}

/** @param drawn what is drawn for a sheet: its drawing, unless the renderer is a twin that errs */
export async function bundles(
  sheets: readonly KnownSheet[],
  drawn: (sheet: KnownSheet) => Drawing = ({ drawing }) => drawing,
): Promise<readonly Bundle[]> {
  const made: Bundle[] = []
  for (const group of together(sheets)) {
    const drawing = joined(group.map((sheet) => ({ ...sheet, drawing: drawn(sheet) })))
    made.push({ sheets: group, file: await drawPdf(drawing, { fonts: diskFonts() }) })
  }
  return made
}

/** Pages whose text is not what was meant, and fonts that are not inside the file. */
export async function textFaults({ sheets, file }: Bundle): Promise<readonly string[]> {
  const said = await textsIn(file)
  const meant = sheets.flatMap(({ name, drawing }) => drawing.pages.map((page) => ({ name, page })))
  return [
    ...(await fontsOutside(file)),
    ...(said.length === meant.length ? [] : [`${said.length} pages in the place of ${meant.length}`]),
    ...meant.flatMap(({ name, page }, i) =>
      letters(said[i] ?? '') === letters(textOf(page)) ? [] : [`${name}: other text`],
    ),
  ]
}

function textOf({ marks }: Page): string {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])).join(' ')
}

/** Spaces are where a reader thinks that they are. */
function letters(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad]/g, '')
}

/** Sheets that zbar or our readers do not read from the pages that poppler drew, or that are not in their true size. */
export async function scanFaults(
  all: readonly Bundle[],
  { dpi, folder: parent }: Pick<Scanned, 'dpi' | 'folder'>,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(parent, 'scan-'))
  const faults: string[] = []
  for (const [i, { sheets, file }] of all.entries()) {
    const pages = await scanPages(file, { dpi, folder, name: `at${dpi}-${i}` })
    const starts = sheets.map((_, n) => joined(sheets.slice(0, n + 1)).pages.length)
    for (const [n, sheet] of sheets.entries()) {
      const own = pages.slice(n === 0 ? 0 : starts[n - 1], starts[n])
      faults.push(...own.filter((page) => !isTrue(page, sheet, dpi)).map(() => `${sheet.name}: another size`))
      if (!(await isReadByUs(sheet, own))) faults.push(`${sheet.name}: our readers do not read it`)
      if (!(await isReadByZbar(sheet, own))) faults.push(`${sheet.name}: zbar does not read it`)
    }
  }
  return faults
}

async function isReadByZbar({ codes, isHex }: KnownSheet, pages: readonly string[]): Promise<boolean> {
  if (codes.length === 0) return true
  if (codes.length === 1) return (await zbarBytes(pages)).toString(isHex ? 'hex' : 'utf8') === codes[0]
  const found = new Set([...(await zbarLines(pages)), ...(await zbarLines(pages, 2))])
  return [...found].toSorted().join('\n') === codes.toSorted().join('\n')
}

/** PNG, section 11.2.2: width and height follow the name of the first chunk. */
function isTrue(path: string, { drawing: { size } }: KnownSheet, dpi: number): boolean {
  const head = readFileSync(path).subarray(16, 24)
  const isNear = (pixels: number, mm: number) => Math.abs(pixels - (mm * dpi) / 25.4) <= 1
  return isNear(head.readUInt32BE(0), size.width) && isNear(head.readUInt32BE(4), size.height)
}

async function isReadByUs(sheet: KnownSheet, paths: readonly string[]): Promise<boolean> {
  const { codes, reads, drawing } = sheet
  const isWorth = (page: Page | undefined) => codes.length === 0 || (page !== undefined && hasCode(page))
  const files = paths
    .filter((_, i) => isWorth(drawing.pages[i]))
    .map((path) => ({ name: path, bytes: readFileSync(path) }))
  if (reads === null && codes.length === 0) return true
  try {
    if (codes.length === 0) return (await platesOn(files, drawing)) === reads
    const found = reads === null ? await codesOn(files) : await readingsOf(files)
    const meant = reads ?? codes.toSorted().join('\n')
    const text = found.map(({ text: one }) => one.normalize('NFKD')).toSorted()
    return text.join('\n') === meant.normalize('NFKD') && found.every(({ readers }) => readers.length === 2)
  } catch (error) {
    if (isCairnError(error)) return false
    throw error
  }
}

interface Found {
  readonly text: string
  readonly readers: readonly string[]
}

type Files = readonly PictureFile[]

/** Instructions have none. */
function hasCode({ marks }: Page): boolean {
  return marks.some(({ kind }) => kind === 'modules')
}

async function readingsOf(files: Files): Promise<readonly Found[]> {
  const all: Found[] = []
  for (const file of files) all.push(...(await readSheets([file])).found)
  return all
}

async function codesOn(files: Files): Promise<readonly Found[]> {
  const all: Found[] = []
  for (const raster of await rasters(files))
    for (const { bytes, readers } of await readCodes(raster, READERS))
      all.push({ text: decodeText(bytes), readers })
  return all
}

/** Cut out along their dashed lines, as on a photo of each. */
async function platesOn(files: Files, { pages, size }: Drawing): Promise<string> {
  const plates = (await rasters(files)).flatMap((raster, i) => {
    const unit = raster.width / size.width
    return (pages[i]?.marks ?? []).flatMap((mark) => {
      if (mark.kind !== 'rect' || mark.dash === undefined) return []
      const [x, y, width, height] = [mark.x, mark.y, mark.width, mark.height].map((mm) => mm * unit)
      return [readPlate(cropped(raster, { x, y, width, height } as Box))]
    })
  })
  return joinPlates(plates).text
}

async function rasters(files: Files): Promise<readonly Raster[]> {
  const all: Raster[] = []
  for (const file of files) for await (const page of picturePages(file)) all.push(await page.raster(300))
  return all
}
