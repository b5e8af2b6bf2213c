/** The damage margin of every code in a file of a picture. */
import { fail } from '@cairn/core/errors.js'
import { cutOut, type Margin, marginOf } from '@cairn/core/sheets/margin.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { type PictureFile, picturePages } from './picture.js'
import { READERS } from './read.js'
import { zxingReader } from './zxing-reader.js'

/** Damage is drawn by lot: each level is tried so often. */
const SEEDS = [1, 2, 3]
/** Of a good scan. */
const DPI = 300

export interface CodeMargin {
  readonly file: string
  /** From 1. */
  readonly page: number
  /** From 1, on its page. */
  readonly code: number
  readonly margins: readonly Margin[]
}

/**
 * @throws CairnError those of `picturePages`; `codes-none`
 */
export async function marginsOf(file: PictureFile): Promise<readonly CodeMargin[]> {
  const found: CodeMargin[] = []
  let page = 0
  for await (const picture of picturePages(file)) {
    page++
    const margins = await onPage(await picture.raster(DPI))
    found.push(...margins.map((each, i) => ({ file: file.name, page, code: i + 1, margins: each })))
  }
  return found.length > 0 ? found : fail('codes-none', { name: file.name })
}

/** Where the codes are tells the reader that tells it best. */
async function onPage(page: Raster): Promise<readonly (readonly Margin[])[]> {
  const all: (readonly Margin[])[] = []
  for (const { bytes, corners, modules } of await zxingReader.read(page)) {
    const code = cutOut(page, corners, modules ?? 37)
    all.push(await marginOf({ code, bytes, readers: READERS }, SEEDS))
  }
  return all
}
