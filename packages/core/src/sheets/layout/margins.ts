/**
 * How much damage a code stands, by its correction and the size of its modules: what the layout is chosen by. Measured by
 * `npm run figures -- margins`, which writes the table; nothing here is a guess.
 */
export type Correction = 'high' | 'quartile' | 'medium'

/** From the strongest to the weakest. */
export const CORRECTIONS: readonly Correction[] = ['high', 'quartile', 'medium']

/**
 * What was looked at, and how: codes of so many modules along a side, at the resolution at which the proof of a sheet must
 * still read them, out of focus by a bell curve of this deviation in mm.
 */
export const LOOK = { modules: 57, dpi: 150, blur: 0.1 } as const

/** Percents of a code under stains that are tried, each seed with one code. */
export const STAINS = [0, 5, 10, 15, 20, 25, 30, 35] as const

/** Of a module, in mm. */
export const MODULES = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8] as const

export type Margins = Readonly<Record<Correction, readonly (number | null)[]>>

/**
 * For each size of module the percent of stains that 95 % of the codes stand, and every smaller one; null where they are not
 * read even without. 20 random codes a level.
 */
export const MARGINS: Margins = {
  high: [null, 0, 10, 15, 20, 20, 25, 25],
  quartile: [null, 0, 10, 15, 15, 15, 15, 20],
  medium: [null, 0, 5, 5, 10, 10, 10, 10],
}

/** Percent of a code: whoever prints one that stands less trusts it too much. */
export const LEAST_STAINS = 10

/** The percent of stains that such a code stands, by the next smaller module that was measured; below 0 when it is not read. */
export function stainsStood(correction: Correction, module: number, margins: Margins = MARGINS): number {
  const measured = MODULES.findLastIndex((size) => size <= module)
  return margins[correction][measured] ?? -1
}
