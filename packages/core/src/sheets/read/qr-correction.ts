/**
 * The correction of QR codes where it is known which codewords are spoilt. ISO/IEC 18004, section 7.5.2 and annex A:
 * Reed-Solomon over GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1, roots from α^0. A codeword known to be spoilt costs one of
 * correction, one that is just wrong costs two; readers of others take all for the latter. Not here: where the codewords
 * lie (`qr-modules.ts`).
 */
import { _GF256 as FIELD } from 'qr'

/**
 * Codewords of correction that must be left over. With none a block without any sense would be "corrected" to another one;
 * four let that happen once in 2^32.
 */
const LEFT_OVER = 4

const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : FIELD.exp[FIELD.log[a]! + FIELD.log[b]!]!)
const over = (a: number, b: number) => (a === 0 ? 0 : FIELD.exp[FIELD.log[a]! + 255 - FIELD.log[b]!]!)
const power = (i: number) => FIELD.exp[((i % 255) + 255) % 255]!

/** From the lowest coefficient. */
type Polynomial = readonly number[]

const at = (polynomial: Polynomial, x: number) =>
  polynomial.reduceRight((sum, term) => times(sum, x) ^ term, 0)

/**
 * The block as it was, `correction` of its codewords at its end.
 * @param spoilt places in the block; null when too much is wrong
 */
export function corrected(
  block: Uint8Array,
  correction: number,
  spoilt: readonly number[],
): Uint8Array | null {
  const found = syndromes(block, correction)
  if (found.every((value) => value === 0)) return block
  if (spoilt.length > correction - LEFT_OVER) return null
  const last = block.length - 1
  const locator = locate(
    found,
    spoilt.map((place) => power(last - place)),
  )
  const wrong = locator.length - 1
  if (2 * (wrong - spoilt.length) + spoilt.length > correction - LEFT_OVER) return null
  const places = Array.from(block.keys()).filter((place) => at(locator, power(place - last)) === 0)
  if (places.length !== wrong) return null
  const mended = block.slice()
  for (const place of places) mended[place]! ^= valueAt({ found, locator, exponent: last - place })
  return syndromes(mended, correction).every((value) => value === 0) ? mended : null
}

/** The block as a polynomial, first codeword highest, at each root. */
function syndromes(block: Uint8Array, correction: number): Polynomial {
  return Array.from({ length: correction }, (_, i) => {
    let value = 0
    for (const word of block) value = (value === 0 ? 0 : FIELD.exp[FIELD.log[value]! + i]!) ^ word
    return value
  })
}

/**
 * The polynomial whose roots are the inverses of where the block is wrong. R. E. Blahut, "Theory and Practice of Error
 * Control Codes", 1983, section 9.2: Berlekamp-Massey that starts from the known places.
 */
function locate(found: Polynomial, known: readonly number[]): Polynomial {
  let locator: Polynomial = known.reduce<Polynomial>(
    (product, root) => sum(product, shifted(scaled(product, root))),
    [1],
  )
  let before = locator
  let length = known.length
  for (let step = known.length + 1; step <= found.length; step++) {
    const off = locator.reduce((total, term, i) => total ^ times(term, found[step - 1 - i] ?? 0), 0)
    before = shifted(before)
    if (off === 0) continue
    const next = sum(locator, scaled(before, off))
    if (2 * length <= step + known.length - 1) {
      before = scaled(locator, over(1, off))
      length = step + known.length - length
    }
    locator = next
  }
  const degree = locator.findLastIndex((term) => term !== 0)
  return locator.slice(0, degree + 1)
}

const shifted = (polynomial: Polynomial) => [0, ...polynomial]
const scaled = (polynomial: Polynomial, by: number) => polynomial.map((term) => times(term, by))
const sum = (a: Polynomial, b: Polynomial) =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) ^ (b[i] ?? 0))

/** By how much the codeword of this exponent is wrong. G. D. Forney, "On decoding BCH codes", 1965. */
function valueAt({
  found,
  locator,
  exponent,
}: {
  readonly found: Polynomial
  readonly locator: Polynomial
  readonly exponent: number
}): number {
  const inverse = power(-exponent)
  const evaluator = found.map((_, i) =>
    locator.slice(0, i + 1).reduce((total, term, k) => total ^ times(term, found[i - k]!), 0),
  )
  const derivative = locator.map((term, i) => (i % 2 === 1 ? term : 0)).slice(1)
  return times(power(exponent), over(at(evaluator, inverse), at(derivative, inverse)))
}
