/**
 * Shamir's secret sharing over GF(32) as codex32 has it (BIP-93, "Recovering Secret", "Generating Shares"): every
 * character of a payload is shared by itself, the secret at the index `s`. Any `threshold` strings of a set, the
 * secret among them or not, give all others.
 */
import { ALPHABET, elementOf, invert, multiply32 } from './field.js'
import { type Codex32, SECRET_INDEX } from './string.js'

/** "the next available letter from the bech32 alphabet, in alphabetical order", then the digits. */
export const INDEXES: readonly string[] = Array.from('acdefghjklmnpqrtuvwxyz023456789')

/** Gives random bytes; every byte that is drawn ends up in the shares. */
export type Draw = (length: number) => Uint8Array

/** The shares of a secret with the first `count` indexes. Draws a byte for each character of threshold - 1 payloads. */
export function shareOut(secret: Codex32, count: number, draw: Draw): readonly Codex32[] {
  const drawn = INDEXES.slice(0, secret.threshold - 1).map((index): Codex32 => {
    return { ...secret, index, payload: Array.from(draw(secret.payload.length), (byte) => byte & 31) }
  })
  const base = [secret, ...drawn]
  return INDEXES.slice(0, count).map((index, i) => drawn[i] ?? interpolate(base, index))
}

/** The secret of as many shares as the threshold says. */
export function recoverSecret(shares: readonly Codex32[]): Codex32 {
  return interpolate(shares, SECRET_INDEX)
}

/** The string at `index` of the polynomials of lowest degree through these strings, which are of one set. */
export function interpolate(strings: readonly Codex32[], index: string): Codex32 {
  const first = strings[0] as Codex32
  const xs = strings.map((string) => elementOf(string.index))
  const weights = xs.map((xi) => lagrange(xs, xi, elementOf(index)))
  const payload = first.payload.map((_, at) =>
    strings.reduce(
      (sum, string, i) => sum ^ multiply32(string.payload[at] as number, weights[i] as number),
      0,
    ),
  )
  return { ...first, index, payload }
}

/** The product of (x - xj) / (xi - xj) over all other strings j; minus is `^` in this field. */
function lagrange(xs: readonly number[], xi: number, x: number): number {
  let above = 1
  let below = 1
  for (const xj of xs) {
    if (xj === xi) continue
    above = multiply32(above, x ^ xj)
    below = multiply32(below, xi ^ xj)
  }
  return multiply32(above, invert(below))
}

/** Four bech32 characters of four random bytes. */
export function identifierOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('')
}
