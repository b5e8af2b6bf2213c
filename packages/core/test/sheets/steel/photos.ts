/** Random plates photographed and read: how many are found, and whether any is read as something else. */
import { isCairnError } from '@cairn/core/errors.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { type Hole, readHoles } from '@cairn/core/sheets/steel/cells.js'
import { formatSteelWords, parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import { decodeDots } from '@cairn/core/sheets/steel/dots.js'
import { findFrames } from '@cairn/core/sheets/steel/frame.js'
import { joinPlates } from '@cairn/core/sheets/steel/join.js'
import { platesOf, type SteelSize, type SteelStyle } from '@cairn/core/sheets/steel/kinds.js'
import { drawPlate } from '@cairn/core/sheets/steel/layout.js'
import { gridOf } from '@cairn/core/sheets/steel/places.js'
import { makePlates } from '@cairn/core/sheets/steel/plates.js'
import { readPlates } from '@cairn/core/sheets/steel/read.js'
import { softener } from '@cairn/core/sheets/steel/soft.js'
import { findSpots } from '@cairn/core/sheets/steel/spots.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { draws, photograph, type View } from './photo.js'

/** How bad the light and the plate are. */
export const LEVELS = {
  scan: { tilt: 0.3, turn: 1, shade: 0, noise: 3, blur: 0 },
  good: { tilt: 4, turn: 4, shade: 0.2, noise: 5, blur: 1, uneven: 0.2, loss: 10 },
  usual: {
    ...{ tilt: 10, turn: 8, shade: 0.4, noise: 8, blur: 1, scratches: 4, dents: 1 },
    ...{ uneven: 0.35, rust: 1, glare: 0.2, loss: 25 },
  },
  poor: {
    ...{ tilt: 15, turn: 15, shade: 0.55, noise: 12, blur: 2, scratches: 10, dents: 3 },
    ...{ uneven: 0.5, rust: 5, glare: 0.5, loss: 50 },
  },
} as const satisfies Record<string, Omit<View, 'seed' | 'material'>>

export type Level = keyof typeof LEVELS

export interface Photos {
  readonly style: SteelStyle
  readonly size: SteelSize
  readonly words: 12 | 24
  readonly material: View['material']
  readonly level: Level
}

export interface Read {
  readonly tried: number
  readonly found: number
  /** Read as another phrase than was punched. */
  readonly lost: readonly string[]
}

/** A phrase out of pictures, or an error of the catalogue. */
export type Reader = (pictures: readonly Raster[]) => string

export const asItIs: Reader = (pictures) =>
  joinPlates(pictures.flatMap((picture) => readPlates(picture))).text

/** Broken: takes what is more punched than not for a punch, and looks at neither the check nor the checksum. */
export const careless: Reader = (pictures) => {
  const numbers = pictures.flatMap((picture) => {
    const [frame] = findFrames(findSpots(picture))
    const [kind] = platesOf({ style: 'binary', size: 'card', words: 12, compact: false, list: 'english' })
    if (!frame || !kind) return []
    const { xs, ys, radius } = gridOf(kind)
    const holes = ys.flatMap((y) => xs.map((x): Hole => ({ at: [x, y], radius, gap: [1.3, 1.3] })))
    const found = readHoles(softener(picture)(frame), frame.plane, holes).cells.found.map(
      (one) => one !== false,
    )
    const rows = ys.slice(0, -1).map((_, row) => found.slice(row * xs.length, (row + 1) * xs.length - 1))
    return rows.map((row) => decodeDots(row, 'binary') ?? 1)
  })
  return formatSteelWords({ list: 'english', numbers })
}

export function photosRead(seeds: Iterable<number>, photos: Photos, reader = asItIs): Read {
  let [tried, found] = [0, 0]
  const lost: string[] = []
  for (const seed of seeds) {
    const phrase = randomPhrase(seed, photos.words)
    const plates = makePlates(parseSteelWords(phrase), photos)
    const pictures = plates.map((plate) =>
      photograph(drawPlate(plate), plate.size, {
        ...LEVELS[photos.level],
        material: photos.material,
        seed: seed * 10 + plate.number,
      }),
    )
    tried++
    const text = attempt(() => reader(pictures))
    if (text === phrase) found++
    else if (text !== null) lost.push(`seed ${seed}: read as another phrase`)
  }
  return { tried, found, lost }
}

export function randomPhrase(seed: number, words: 12 | 24): string {
  const draw = draws(seed + 77)
  return fromEntropy(Uint8Array.from({ length: (words * 4) / 3 }, () => Math.floor(draw() * 256)))
}

function attempt(read: () => string): string | null {
  try {
    return read()
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
