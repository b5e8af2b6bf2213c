/**
 * Polynomials over GF(2^11), as coefficients from the constant one up, the last one not 0; `[]` is 0.
 * Operands have at most 32 coefficients, so that the plain methods are the fast ones.
 */
import { invert, multiply } from './gf2048.js'

export type Polynomial = readonly number[]

export interface Point {
  readonly x: number
  readonly y: number
}

/** The degree; -1 for the polynomial 0. */
export function degree(f: Polynomial): number {
  return f.length - 1
}

/** f(x), by Horner. */
export function evaluate(f: Polynomial, x: number): number {
  return f.reduceRight((value, coefficient) => multiply(value, x) ^ coefficient, 0)
}

export function add(f: Polynomial, g: Polynomial): Polynomial {
  return trim(Array.from({ length: Math.max(f.length, g.length) }, (_, i) => (f[i] ?? 0) ^ (g[i] ?? 0)))
}

export function times(f: Polynomial, g: Polynomial): Polynomial {
  const product: number[] = new Array(Math.max(f.length + g.length - 1, 0)).fill(0)
  for (const [i, a] of f.entries())
    for (const [j, b] of g.entries()) product[i + j] = (product[i + j] as number) ^ multiply(a, b)
  return trim(product)
}

/** f = quotient * g + remainder, with a remainder of lower degree than g, which is not 0. */
export function divide(f: Polynomial, g: Polynomial): { quotient: Polynomial; remainder: Polynomial } {
  const remainder = [...f]
  const quotient: number[] = new Array(Math.max(f.length - g.length + 1, 0)).fill(0)
  const inverse = invert(g.at(-1) as number)
  for (let i = quotient.length - 1; i >= 0; i--) {
    const factor = multiply(remainder[i + g.length - 1] as number, inverse)
    quotient[i] = factor
    for (const [j, b] of g.entries()) remainder[i + j] = (remainder[i + j] as number) ^ multiply(factor, b)
  }
  return { quotient: trim(quotient), remainder: trim(remainder) }
}

/** The product of x - x_i: 0 at each of the places, and nowhere else. */
export function vanishing(places: readonly number[]): Polynomial {
  return places.reduce((product: Polynomial, x) => times(product, [x, 1]), [1])
}

/** The one polynomial of lower degree than there are points that goes through all of them (Newton). */
export function interpolate(points: readonly Point[]): Polynomial {
  let f: Polynomial = []
  let basis: Polynomial = [1] // 0 at the points that were done
  for (const { x, y } of points) {
    const factor = multiply(y ^ evaluate(f, x), invert(evaluate(basis, x)))
    f = add(f, times(basis, [factor]))
    basis = times(basis, [x, 1])
  }
  return f
}

function trim(coefficients: number[]): Polynomial {
  while (coefficients.at(-1) === 0) coefficients.pop()
  return coefficients
}
