/** The proof of a template: the file as it was drawn is rasterised, and its plates are read like those on a photo
 * of each. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import type { Drawing, Page } from '@cairn/core/sheets/drawing.js'
import { type Box, cropped } from '@cairn/core/sheets/read/raster.js'
import { formatSteelWords, type SteelWords } from '@cairn/core/sheets/steel/content.js'
import { joinPlates } from '@cairn/core/sheets/steel/join.js'
import { type PlateReading, readPlate } from '@cairn/core/sheets/steel/read.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { picturePages } from './picture.js'

/** Of a good scan and a poor one. */
const RESOLUTIONS = [300, 150]

export interface SteelProof {
  /** One PDF, or one SVG a page. */
  readonly files: readonly Uint8Array[]
  readonly drawing: Drawing
  readonly content: SteelWords
}

/** @throws CairnError `sheet-unproven` */
export async function proveSteel(proof: SteelProof): Promise<void> {
  const { drawing, content } = proof
  for (const dpi of RESOLUTIONS) {
    const read = await attempt(proof, dpi)
    if (read !== formatSteelWords(content))
      return fail('sheet-unproven', { what: `${drawing.title}: its plates are not read as what they hold` })
  }
}

/** Null for what is refused, by whatever error. */
async function attempt({ files, drawing, content }: SteelProof, dpi: number): Promise<string | null> {
  const plates: PlateReading[] = []
  let number = 0
  try {
    for (const bytes of files)
      for await (const page of picturePages({ name: 'template', bytes })) {
        const raster = await page.raster(dpi)
        const boxes = boxesOn(drawing.pages[number++] ?? { marks: [] })
        const parts = boxes.length === 0 ? [raster] : boxes.map((box) => cropped(raster, scaledBox(box, dpi)))
        plates.push(...parts.map(readPlate))
      }
    const language = content.list === 'slip39' ? undefined : (content.list as Language)
    const { text, settled } = joinPlates(plates, language)
    return settled.length === 0 ? text : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

/** The lines along which plates are cut out; none on a page that is a plate. */
function boxesOn({ marks }: Page): readonly Box[] {
  return marks.filter((mark) => mark.kind === 'rect').filter(({ dash }) => dash !== undefined)
}

function scaledBox({ x, y, width, height }: Box, dpi: number): Box {
  const unit = dpi / 25.4
  return { x: x * unit, y: y * unit, width: width * unit, height: height * unit }
}
