/** Whole sheets as Cairn prints them, as pixels, damaged, and read as `cairn sheet read` reads a picture. */
import { utf8 } from '../../../core/src/bytes.js'
import { drawPdf } from '../../../core/src/sheets/draw/pdf.js'
import type { Drawing, ModulesMark } from '../../../core/src/sheets/drawing.js'
import type { Damage, Damaged } from '../../../core/src/sheets/margin.js'
import { phraseContent } from '../../../core/src/sheets/phrase-content.js'
import { layOutPhrase } from '../../../core/src/sheets/phrase-sheet.js'
import { readCodes } from '../../../core/src/sheets/read/codes.js'
import { layOutShare, shareContent } from '../../../core/src/sheets/share-sheet.js'
import { fromEntropy } from '../../../core/src/words/bip39.js'
import { splitWith } from '../../../core/src/words/shares.js'
import { stream } from '../../../core/test/draws.js'
import { diskFonts } from '../../src/sheets/fonts.js'
import { picturePages } from '../../src/sheets/picture.js'
import { READERS } from '../../src/sheets/read.js'

/** Of a good scan. */
const DPI = 300
const MM_PER_INCH = 25.4

export interface WholeSheet {
  /** The page, and where its code lies. */
  readonly code: Damaged
  readonly bytes: Uint8Array
}

/** The sheet of a phrase of 24 words, and that of a share of SLIP-39 with 33 words, in turn; A4. */
export async function wholeSheet(seed: number): Promise<WholeSheet> {
  const { drawing, says } = drawingOf(seed)
  const file = { name: 'sheet.pdf', bytes: await drawPdf(drawing, { fonts: diskFonts() }) }
  for await (const page of picturePages(file)) {
    const raster = await page.raster(DPI)
    return { code: { raster, ...placeOf(drawing) }, bytes: utf8(says) }
  }
  throw new Error('a sheet has a page')
}

function drawingOf(seed: number): { readonly drawing: Drawing; readonly says: string } {
  const [fonts, entropy] = [diskFonts(), stream(seed).draw(32)]
  const where = { paper: 'a4', metrics: fonts } as const
  if (seed % 2 === 0) {
    const content = phraseContent(fromEntropy(entropy), { date: '2026-11-26', name: 'Savings' })
    return { drawing: layOutPhrase(content, where), says: content.qr ?? '' }
  }
  const scheme = { scheme: 'slip39', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] } as const
  const [[share = ''] = []] = splitWith(entropy, scheme, stream(seed).draw)
  const content = shareContent(share, 1, { date: '2026-11-26', of: 3, holders: [] })
  return { drawing: layOutShare(content, where), says: content.qr ?? '' }
}

function placeOf({ pages }: Drawing): Omit<Damaged, 'raster'> {
  const mark = pages[0]?.marks.find((each): each is ModulesMark => each.kind === 'modules')
  if (!mark) throw new Error('the sheet has a code')
  const [pixels, module] = [DPI / MM_PER_INCH, (mark.side * DPI) / MM_PER_INCH]
  const width = mark.rows.length * module
  return { box: { x: mark.x * pixels, y: mark.y * pixels, width, height: width }, module }
}

export interface SheetSurvey {
  readonly tried: number
  /** The seeds whose sheet was not read. */
  readonly lost: readonly string[]
}

/** One sheet a seed at one level, the whole page given to both readers. */
export async function surveySheets(
  seeds: Iterable<number>,
  damage: Damage,
  level: number,
): Promise<SheetSurvey> {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const { code, bytes } = await wholeSheet(seed)
    const seen = await readCodes(damage.apply(code, level, seed), READERS)
    if (!seen.some((found) => Buffer.compare(found.bytes, bytes) === 0))
      lost.push(`sheet, ${damage.name} ${level}, seed ${seed}`)
  }
  return { tried, lost }
}
