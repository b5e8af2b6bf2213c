/**
 * Which characters of a codex32 data part are wrong, as far as its BCH code tells for sure: e unreadable ones and t
 * wrong ones at unknown places while e + 2t <= 8, or unreadable ones only within as many neighbouring places as the
 * checksum has characters (BIP-93, "Error Correction"). By syndromes, the method of Peterson, Gorenstein and Zierler.
 *
 * Knows nothing of prefixes and headers, and changes nothing: a string that was corrected may be another one.
 */
import { type Code, differenceOf, remainder } from './code.js'
import { invert, multiply, power, solve } from './field.js'

export interface Change {
  /** Index in the data part. */
  readonly at: number
  /** What to add to the value that is there. */
  readonly difference: number
}

/** Consecutive roots of the code. */
const ROOTS = 8

/**
 * The changes that make the data part valid, ascending; none when it is. Null when there are none within the bounds.
 * @param erasures indexes of the unreadable characters, whose values in `data` may be any
 */
export function findChanges(
  code: Code,
  data: readonly number[],
  erasures: readonly number[],
): readonly Change[] | null {
  const difference = differenceOf(code, data)
  const placeOf = (index: number) => data.length - 1 - index
  const erased = erasures.map(placeOf)
  if (!isWithinReach(code, erasures)) return null
  const errors = Math.max(0, Math.floor((ROOTS - erased.length) / 2))
  for (let count = 0; count <= errors; count++) {
    const places = locate(code, { difference, erased, count, length: data.length })
    const values = places && valuesAt(code, difference, places)
    if (values) return changesOf(places.map(placeOf), values)
  }
  return null
}

function isWithinReach(code: Code, erasures: readonly number[]): boolean {
  if (erasures.length <= ROOTS) return true
  return Math.max(...erasures) - Math.min(...erasures) < code.length
}

function changesOf(indexes: readonly number[], values: readonly number[]): readonly Change[] {
  return indexes
    .map((at, i) => ({ at, difference: values[i] as number }))
    .filter(({ difference }) => difference !== 0)
    .sort((a, b) => a.at - b.at)
}

interface Search {
  readonly difference: readonly number[]
  /** Powers of x, as all places are. */
  readonly erased: readonly number[]
  /** How many errors at unknown places are looked for. */
  readonly count: number
  readonly length: number
}

/** The places of the erasures and of exactly `count` errors, or null. */
function locate(code: Code, { difference, erased, count, length }: Search): readonly number[] | null {
  if (count === 0) return erased
  const erasure = locatorOf(code, erased)
  const syndromes = Array.from({ length: ROOTS }, (_, j) =>
    evaluate(difference, power(code.root, code.firstRoot + j)),
  )
  const known = syndromes.map((_, j) =>
    erasure.reduce((sum, factor, i) => sum ^ multiply(factor, syndromes[j - i] ?? 0), 0),
  )
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, i) => known[erased.length + count + row - 1 - i] as number),
  )
  const locator = solve(rows, known.slice(erased.length + count, erased.length + 2 * count))
  if (!locator) return null
  const places = Array.from({ length }, (_, place) => place).filter(
    (place) => !erased.includes(place) && isRoot([1, ...locator], invert(power(code.root, place))),
  )
  return places.length === count ? [...erased, ...places] : null
}

/** The product of (1 - X_i x), lowest power first. */
function locatorOf(code: Code, places: readonly number[]): readonly number[] {
  let product = [1]
  for (const place of places) {
    const factor = power(code.root, place)
    product = [...product, 0].map((term, i) => term ^ multiply(product[i - 1] ?? 0, factor))
  }
  return product
}

function isRoot(locator: readonly number[], x: number): boolean {
  return evaluate([...locator].reverse(), x) === 0
}

/** By Horner's rule, highest power first. */
function evaluate(polynomial: readonly number[], x: number): number {
  return polynomial.reduce((sum, term) => multiply(sum, x) ^ term, 0)
}

/** The errors at these places that account for all of the difference, or null. */
function valuesAt(
  code: Code,
  difference: readonly number[],
  places: readonly number[],
): readonly number[] | null {
  const columns = places.map((place) => remainder(code, [1, ...Array(place).fill(0)]))
  return solve(
    difference.map((_, row) => columns.map((column) => column[row] as number)),
    difference,
  )
}
