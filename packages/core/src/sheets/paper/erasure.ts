/**
 * The Reed-Solomon code across pages: docs/paper-pages.md, section "The code". Systematic, over GF(2^8) modulo
 * x^8 + x^4 + x^3 + x + 1, in its original form: for each place of the stripes there is one polynomial of degree
 * below K through the bytes of the K data pages at x = 1 … K, and page x bears its value at x, up to 255. Any K
 * of the pages give all others. Lost pages only: a wrong one is for the hash of the page to find.
 *
 * The tables below are looked up by content, which is sealed: a cache tells nothing that the paper does not.
 */
import { invert, multiply } from '../../words/shamir/gf256.js'

export interface Stripe {
  /** The number of the page, 1 to 255: where the polynomials take these values. */
  readonly x: number
  readonly bytes: Uint8Array
}

/** The stripe of page `x`, from those of K pages, all of one length. */
export function stripeAt(stripes: readonly Stripe[], x: number): Uint8Array {
  const there = stripes.find((stripe) => stripe.x === x)
  if (there) return there.bytes
  const result = new Uint8Array(stripes[0]?.bytes.length ?? 0)
  for (const stripe of stripes) {
    const products = multiples(weight(stripes, stripe.x, x))
    for (let i = 0; i < result.length; i++)
      result[i] = (result[i] as number) ^ (products[stripe.bytes[i] as number] as number)
  }
  return result
}

/** Lagrange: by what the value at `from` counts in the value at `x`. */
function weight(stripes: readonly Stripe[], from: number, x: number): number {
  let above = 1
  let below = 1
  for (const other of stripes) {
    if (other.x === from) continue
    above = multiply(above, x ^ other.x)
    below = multiply(below, from ^ other.x)
  }
  return multiply(above, invert(below))
}

function multiples(factor: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, element) => multiply(factor, element))
}
