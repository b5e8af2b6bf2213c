/**
 * The codes of a print of several sheets, from scans, photos, PDFs, or texts of codes that another program read. In any
 * order, some twice, some of other things. First each picture is looked at once; only when that does not bring enough,
 * the bad ones are prepared in further ways and shown to the second reader too. Not here: what the codes bear.
 */
import { text as decodeText } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { decodeSheets, parsePage, perSheetOf, type ReadSheets, sortPages } from '@cairn/core/sheets/paper.js'
import type { CodeReader } from '@cairn/core/sheets/read/codes.js'
import { preparations } from '@cairn/core/sheets/read/prepare.js'
import { qrReader } from '@cairn/core/sheets/read/qr-reader.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { type Progress, silent } from '../ports.js'
import { isPicture, type PictureFile, picturePages, textOf } from './picture.js'
import { zxingReader } from './zxing-reader.js'

/** Of scans of paper; what is larger is no sharper. */
const DPI = 300

export interface ScannedSheets extends ReadSheets {
  /** Names of files on which there was no code of a print. */
  readonly without: readonly string[]
}

export interface Scanning {
  /** The id of the print that is meant, when sheets of several are there. */
  readonly only?: string | undefined
  readonly progress?: Progress
}

/**
 * What was printed on the sheets.
 * @throws CairnError `codes-none`, those of `decodeSheets` and of `picturePages`
 */
export async function readScans(
  files: readonly PictureFile[],
  { only, progress = silent }: Scanning = {},
): Promise<ScannedSheets> {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const found: Found[] = []
  let done = 0
  for (const file of files) {
    found.push({ file, texts: await textsOf(file, quickly) })
    done += file.bytes.length
    progress({ what: 'read', done, total })
  }
  if (!isEnough(pagesIn(found), only))
    for (const [i, { file, texts }] of found.entries())
      if (isPicture(file)) found[i] = { file, texts: await textsOf(file, thoroughly, texts) }
  if (pagesIn(found).length === 0) fail('codes-none', { name: files.map(({ name }) => name).join(', ') })
  const without = found.filter(({ texts }) => texts.flat().length === 0).map(({ file }) => file.name)
  return { ...decodeSheets(pagesIn(found), only), without }
}

interface Found {
  readonly file: PictureFile
  /** Texts of codes, by pages of the file. */
  readonly texts: readonly (readonly string[])[]
}

function pagesIn(found: readonly Found[]): readonly Uint8Array[] {
  return [...new Set(found.flatMap(({ texts }) => texts.flat()))].map(parsePage)
}

function isEnough(pages: readonly Uint8Array[], only: string | undefined): boolean {
  return sortPages(pages).sets.some(({ set, needed }) => needed === 0 && (only ?? set.id) === set.id)
}

/** As many codes of one print as are on a sheet of it: there is nothing more to find. */
function isWhole(texts: readonly string[]): boolean {
  const { sets } = sortPages(texts.map(parsePage))
  return sets.some(({ set, pages }) => pages.length >= (perSheetOf(set) ?? Number.POSITIVE_INFINITY))
}

/** A page of paper.ts as text begins so, whatever its version. Other codes are none of our business, and may be secret. */
const MARK = /^CAIRN[1-9]/

type Look = (raster: Raster) => Promise<readonly string[]>

/** @param known what was found on its pages before: pages that are whole are not looked at again */
async function textsOf(file: PictureFile, look: Look, known: Found['texts'] = []): Promise<Found['texts']> {
  if (!isPicture(file)) return [linesOf(textOf(file) ?? '')]
  const texts: (readonly string[])[] = []
  for await (const page of picturePages(file)) {
    const before = known[texts.length] ?? []
    const more = isWhole(before) ? [] : await look(await page.raster(DPI))
    texts.push([...before, ...more.filter((text) => MARK.test(text))])
  }
  return texts
}

/** As zbarimg and others print them, a line each; some say before it what kind of code it was. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^QR-Code:/, ''))
    .filter((line) => MARK.test(line))
}

function quickly(raster: Raster): Promise<readonly string[]> {
  return readBy(zxingReader, raster)
}

async function thoroughly(raster: Raster): Promise<readonly string[]> {
  const texts: string[] = []
  for (const prepared of preparations(raster))
    for (const reader of [zxingReader, qrReader]) texts.push(...(await readBy(reader, prepared)))
  return texts
}

async function readBy(reader: CodeReader, raster: Raster): Promise<readonly string[]> {
  const codes = await reader.read(raster)
  return codes.flatMap(({ bytes }) => {
    try {
      return [decodeText(bytes)]
    } catch {
      return [] // no text, so none of ours
    }
  })
}
