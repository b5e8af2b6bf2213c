/**
 * Shamir's secret sharing over GF(256) as SLIP-0039 has it, section "Generating and combining the shares", and SSKR
 * after it: the secret lies at x = 255 and its digest at x = 254, never at x = 0 (a share with x = 0 could otherwise
 * dictate the secret). Knows nothing of words, groups or passphrases.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, equal } from '../../bytes.js'
import { invert, multiply } from './gf256.js'

/** One point of the polynomials: x is public, y holds one secret byte for each byte of the secret. */
export interface Point {
  readonly x: number
  readonly y: Uint8Array
}

/** Gives random bytes; every byte that is drawn ends up in the shares. */
export type Draw = (length: number) => Uint8Array

const SECRET_X = 255
const DIGEST_X = 254
const DIGEST_BYTES = 4

/** The points x = 0 … count - 1, any `threshold` of which give the secret. Section "SplitSecret". */
export function splitSecret(
  threshold: number,
  count: number,
  secret: Uint8Array,
  draw: Draw,
): readonly Point[] {
  if (threshold === 1) return Array.from({ length: count }, (_, x) => ({ x, y: secret.slice() }))
  const drawn = Array.from({ length: threshold - 2 }, (_, x): Point => ({ x, y: draw(secret.length) }))
  const salt = draw(secret.length - DIGEST_BYTES)
  const digest = concat(digestOf(secret, salt), salt)
  const base = [...drawn, { x: DIGEST_X, y: digest }, { x: SECRET_X, y: secret }]
  return Array.from({ length: count }, (_, x) => drawn[x] ?? { x, y: interpolate(base, x) })
}

/**
 * The secret under at least `threshold` points with different x, or null when they do not fit together:
 * the digest is wrong, or a point beyond the threshold is off the polynomials. Section "RecoverSecret".
 */
export function recoverSecret(threshold: number, points: readonly Point[]): Uint8Array | null {
  const base = points.slice(0, threshold)
  const fits = points.slice(threshold).every((point) => equal(interpolate(base, point.x), point.y))
  if (!fits) return null
  const secret = interpolate(base, SECRET_X)
  if (threshold === 1) return secret // a single share carries no digest
  const digest = interpolate(base, DIGEST_X)
  const expected = digestOf(secret, digest.subarray(DIGEST_BYTES))
  return equal(digest.subarray(0, DIGEST_BYTES), expected) ? secret : null
}

/** The values at `x` of the polynomials of lowest degree through the points. Section "Interpolation". */
export function interpolate(points: readonly Point[], x: number): Uint8Array {
  const y = new Uint8Array(points[0]?.y.length ?? 0)
  for (const point of points) {
    const weight = lagrange(points, point.x, x)
    for (let k = 0; k < y.length; k++) y[k] = (y[k] as number) ^ multiply(point.y[k] as number, weight)
  }
  return y
}

/** The product of (x - xj) / (xi - xj) over all other points j; minus is `^` in this field. */
function lagrange(points: readonly Point[], xi: number, x: number): number {
  let above = 1
  let below = 1
  for (const { x: xj } of points) {
    if (xj === xi) continue
    above = multiply(above, x ^ xj)
    below = multiply(below, xi ^ xj)
  }
  return multiply(above, invert(below))
}

function digestOf(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return hmac(sha256, salt, secret).subarray(0, DIGEST_BYTES)
}
