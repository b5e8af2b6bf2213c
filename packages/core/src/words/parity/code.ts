/**
 * The Reed-Solomon code of the parity words, on word indexes: docs/parity-words.md, section "The code".
 *
 * For k words there is one polynomial f over GF(2^11) of degree at most k with f(0) = k and f(x_i) = the index
 * of word i. Parity word j is f(y_j). Any k of the indexes give f back, and two phrases share at most k - 1 of
 * them: p parity words undo s lost words and e wrong ones whenever s + 2e <= p.
 */
import { alphaTo, invert, multiply } from './gf2048.js'
import {
  add,
  degree,
  divide,
  evaluate,
  interpolate,
  type Point,
  type Polynomial,
  times,
  vanishing,
} from './polynomial.js'

/** Parity words that a phrase has; sheets bear the first 2, 4, 6 or all of them. */
export const MAX_PARITY = 8

/** No phrase is longer, so that the places of parity words are the same for every length. */
const MAX_WORDS = 24

/** alpha^0 to alpha^23 for the words, alpha^24 to alpha^31 for the parity words. None is 0. */
const PLACES = Array.from({ length: MAX_WORDS + MAX_PARITY }, (_, i) => alphaTo(i))

/** Indexes of the words and of the parity words behind them; null for one that is lost. */
export type Received = readonly (number | null)[]

/** The indexes of the first `count` parity words of a phrase of 12 to 24 word indexes. */
export function encode(words: readonly number[], count: number): readonly number[] {
  const f = polynomialOf(
    interpolate(words.map((y, i) => reduced({ x: PLACES[i] as number, y }, words.length))),
    words.length,
  )
  return PLACES.slice(MAX_WORDS, MAX_WORDS + count).map((y) => evaluate(f, y))
}

/**
 * The one code word that differs from what was received in at most (p - s) / 2 places besides the s lost ones,
 * or null when there is none. Shuhong Gao, "A New Algorithm for Decoding Reed-Solomon Codes" (2003): lost places
 * are left out, and the extended Euclidean algorithm finds the polynomial and the places of the wrong ones.
 * @param received k indexes of words (k = `words`), then those of the parity words
 */
export function decode(received: Received, words: number): readonly number[] | null {
  const places = placesOf(received.length, words)
  const points = received.flatMap((y, i) => (y === null ? [] : [{ x: places[i] as number, y }]))
  if (points.length < words) return null
  const g = closest(
    points.map((point) => reduced(point, words)),
    words,
  )
  if (g === null) return null
  const f = polynomialOf(g, words)
  const wrong = points.filter(({ x, y }) => evaluate(f, x) !== y).length
  return 2 * wrong <= points.length - words ? places.map((x) => evaluate(f, x)) : null
}

function placesOf(length: number, words: number): readonly number[] {
  return [...PLACES.slice(0, words), ...PLACES.slice(MAX_WORDS, MAX_WORDS + length - words)]
}

/** f(x) = k + x * g(x): a point of f as one of g, which has k coefficients and no condition at 0. */
function reduced({ x, y }: Point, words: number): Point {
  return { x, y: multiply(y ^ words, invert(x)) }
}

function polynomialOf(g: Polynomial, words: number): Polynomial {
  return add([words], times([0, 1], g))
}

/** The polynomial of degree below k that most of the points lie on, when the algorithm ends in one. */
function closest(points: readonly Point[], words: number): Polynomial | null {
  let [before, rest] = [vanishing(points.map(({ x }) => x)), interpolate(points)]
  let [locatorBefore, locator]: [Polynomial, Polynomial] = [[], [1]]
  while (2 * degree(rest) >= points.length + words) {
    const { quotient, remainder } = divide(before, rest)
    ;[before, rest] = [rest, remainder]
    ;[locatorBefore, locator] = [locator, add(locatorBefore, times(quotient, locator))]
  }
  const { quotient, remainder } = divide(rest, locator)
  return remainder.length === 0 && degree(quotient) < words ? quotient : null
}
