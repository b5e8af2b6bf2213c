/**
 * The proof of a template: the file as it was drawn is rasterised, every page must look as it was meant, its plates must
 * be as large as they say, and what is punched is read like from a photo. Of a blank one there is nothing to read but what
 * plate it is.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Fonts } from '@cairn/core/sheets/draw/fonts.js'
import type { Drawing, Page } from '@cairn/core/sheets/drawing.js'
import { type Box, cropped, type Raster } from '@cairn/core/sheets/read/raster.js'
import { formatSteelWords, type SteelWords } from '@cairn/core/sheets/steel/content.js'
import { joinPlates, type SteelText } from '@cairn/core/sheets/steel/join.js'
import type { PlateKind } from '@cairn/core/sheets/steel/kinds.js'
import { bigMarks } from '@cairn/core/sheets/steel/places.js'
import { measurePlate, readPlate } from '@cairn/core/sheets/steel/read.js'
import { COARSE_DPI, type DrawnPages, provenPages, unproven } from './prove-page.js'

export interface SteelProof extends DrawnPages {
  /** In the order of the pages. */
  readonly plates: readonly PlateKind[]
  /** Null for blank ones. */
  readonly content: SteelWords | null
}

/** Of the distance between two marks, in mm: what spots and whole pixels leave open. */
const MOST_OFF = 0.2

/** @throws CairnError `sheet-unproven`; what drawing and opening throw */
export async function proveSteel(proof: SteelProof, fonts: Fonts): Promise<void> {
  const { drawing, plates, content } = proof
  const [fine, coarse]: [PlatePicture[], PlatePicture[]] = [[], []]
  for await (const seen of provenPages(proof, fonts)) {
    const boxes = boxesOn(seen.meant)
    fine.push(...platesOn(seen.fine, drawing, boxes))
    if (content) coarse.push(...platesOn(await seen.page.raster(COARSE_DPI), drawing, boxes))
  }
  if (fine.length !== plates.length) unproven(`it has ${fine.length} plates in the place of ${plates.length}`)
  for (const [i, plate] of plates.entries()) proveMeasures(fine[i] as PlatePicture, plate)
  if (content === null) return
  const [good, poor] = [readBack(fine), readBack(coarse)]
  // stamps of 3 mm are 12 by 18 dots on the poor scan: the check words may be needed to settle one
  const isClear = good?.settled.length === 0
  if (!isClear || [good, poor].some((read) => read?.text !== formatSteelWords(content)))
    unproven('its plates are not read as what they hold')
}

interface PlatePicture {
  readonly raster: Raster
  /** Pixels a mm. */
  readonly unit: number
}

/** A plate says what it is, and its marks are as far apart as on steel. */
function proveMeasures({ raster, unit }: PlatePicture, plate: PlateKind): void {
  const found = measurePlate(raster) ?? unproven(`plate ${plate.number} is not seen`)
  if (!isSameKind(found.kind, plate)) unproven(`plate ${plate.number} does not say what it is`)
  const [first, second, , fourth] = bigMarks(plate.size)
  const [wide, high] = [second[0] - first[0], fourth[1] - first[1]]
  const meant = [wide, wide, high, high]
  if (found.sides.some((side, i) => Math.abs(side / unit - (meant[i] as number)) > MOST_OFF))
    unproven(`plate ${plate.number} is not in its true size`)
}

function isSameKind(a: PlateKind, b: PlateKind): boolean {
  const keys = ['style', 'size', 'words', 'number', 'compact', 'list'] as const
  return keys.every((key) => a[key] === b[key])
}

/** Null for what is refused, by whatever error. */
function readBack(pictures: readonly PlatePicture[]): SteelText | null {
  try {
    const plates = pictures.map(({ raster }) => readPlate(raster, ['straight']))
    return joinPlates(plates)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

/** The picture of each plate; the whole page where it is one. */
function platesOn(raster: Raster, { size }: Drawing, boxes: readonly Box[]): readonly PlatePicture[] {
  const unit = raster.width / size.width
  const scaled = ({ x, y, width, height }: Box): Box => ({
    ...{ x: x * unit, y: y * unit, width: width * unit, height: height * unit },
  })
  const rasters = boxes.length === 0 ? [raster] : boxes.map((box) => cropped(raster, scaled(box)))
  return rasters.map((one) => ({ raster: one, unit }))
}

/** The lines along which plates are cut out; none on a page that is a plate. */
function boxesOn({ marks }: Page): readonly Box[] {
  return marks.filter((mark) => mark.kind === 'rect').filter(({ dash }) => dash !== undefined)
}
