/** The damage margin of the codes in a file of a picture. */
import { fail } from '@cairn/core/errors.js'
import { cutOut, type Margin, marginOf } from '@cairn/core/sheets/margin.js'
import type { Code } from '@cairn/core/sheets/read/codes.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { type Reading, readContent } from '@cairn/core/sheets/read.js'
import { formatOf, type PictureFile, type PicturePage, picturePages } from './picture.js'
import { READERS } from './read.js'
import { zxingReader } from './zxing-reader.js'

/** Damage is drawn by lot: each level is tried so often. */
const SEEDS = [1, 2, 3]
/** Of a good scan. */
const DPI = 300
const MM_PER_INCH = 25.4

export interface CodeMargin {
  readonly file: string
  /** From 1. */
  readonly page: number
  /** From 1, on its page. */
  readonly code: number
  /** What the code is; what it says stays here. */
  readonly sheet: Omit<Reading, 'text'>
  /** Of its correction: L, M, Q or H. */
  readonly level: string
  /** Along a side. */
  readonly modules: number
  /** Of a module in mm, where the file has a size. */
  readonly module: number | null
  /** Other codes in the file of this kind, level and size, which stand as much and were not tried. */
  readonly alike: number
  readonly margins: readonly Margin[]
}

/**
 * @throws CairnError those of `picturePages`; `margin-codeless`
 */
export async function marginsOf(file: PictureFile): Promise<readonly CodeMargin[]> {
  const found = new Map<string, CodeMargin>()
  let number = 0
  for await (const page of picturePages(file)) {
    number++
    const raster = await page.raster(DPI)
    for (const [i, code] of (await zxingReader.read(raster)).entries()) {
      const about = { ...aboutCode(code, file, page), file: file.name, page: number, code: i + 1 }
      const key = [about.sheet.kind, about.level, about.modules, about.module?.toFixed(2)].join(' ')
      const known = found.get(key)
      found.set(
        key,
        known
          ? { ...known, alike: known.alike + 1 }
          : { ...about, alike: 0, margins: await tried(raster, code) },
      )
    }
  }
  return found.size > 0 ? [...found.values()] : fail('margin-codeless', { name: file.name })
}

function aboutCode(code: Code, file: PictureFile, page: PicturePage) {
  const { text: _, ...sheet } = readContent(code.bytes, `${page.title ?? ''}\n${page.text}`)
  const modules = modulesOf(code)
  const [a, b] = code.corners
  const side = (Math.hypot(b.x - a.x, b.y - a.y) * MM_PER_INCH) / DPI
  const isSized = ['pdf', 'svg', 'html'].includes(formatOf(file))
  return { sheet, level: code.level ?? '', modules, module: isSized ? side / modules : null }
}

function modulesOf({ modules = 37 }: Code): number {
  return modules
}

/** Where the code is tells the reader that tells it best. */
function tried(page: Raster, code: Code): Promise<readonly Margin[]> {
  const cut = cutOut(page, code.corners, modulesOf(code))
  return marginOf({ code: cut, bytes: code.bytes, readers: READERS }, SEEDS)
}
