/**
 * Squares of a SeedQR that are not as its code has them: slips of the hand that copied it, or stains. The code still reads,
 * and bears the fewer of them the more there are. Their places tell nothing of the phrase.
 */
import { squareName } from '../layout/zones.js'
import { modulesOf, readSeedQrModules, type SeedQrForm } from '../seedqr.js'
import type { SeenCode } from './codes.js'
import { thresholded } from './prepare.js'
import { quietly } from './quietly.js'
import { modulesIn } from './regrid.js'

export interface SeenSeedQr extends SeedQrForm {
  /** The phrase that readers found. */
  readonly text: string
  readonly words: number
}

/** As in `B2 row 3 column 4`; null where the squares cannot be made out one by one. */
export function seedQrSlips({ seen }: SeenCode, { text, ...form }: SeenSeedQr): readonly string[] | null {
  const side = modulesOf(form)
  const readings = seen.flatMap(({ raster, corners }) => {
    const read = quietly(() => readSeedQrModules(modulesIn(thresholded(raster), corners, side)))
    return read?.phrase === text ? [read.wrong] : []
  })
  const [fewest] = readings.toSorted((a, b) => a.length - b.length)
  return fewest?.map((place) => squareName(place, side)) ?? null
}
