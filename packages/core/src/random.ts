/**
 * The only caller of the operating system's generator. There is no fallback: where no generator
 * exists, or it hands out zeros or repeats itself, nothing is made at all.
 * (Milk Sad, Trust Wallet and Cake lost funds to generators that fell back to a weak one.)
 */
import { equal } from './bytes.js'
import { fail } from './errors.js'

export type RandomSource = (length: number) => Uint8Array

const MAX_BYTES = 65_536 // Web Cryptography API, section 10.1.1: getRandomValues refuses more in one call

function operatingSystem(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length))
}

/**
 * Returns `length` random bytes (1 to 65,536) from the operating system.
 * @throws CairnError `random-broken` when the generator fails, returns zeros or returns the same block twice.
 */
export function random(length: number, source: RandomSource = operatingSystem): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > MAX_BYTES) return fail('random-broken')
  const bytes = draw(source, length)
  // A 128-bit block that is zero, or equal to the next draw, happens by chance once in 2^128.
  const probe = draw(source, 16)
  if (probe.every((byte) => byte === 0) || equal(probe, draw(source, 16))) fail('random-broken')
  if (length >= 16 && bytes.every((byte) => byte === bytes[0])) fail('random-broken')
  return bytes
}

function draw(source: RandomSource, length: number): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = source(length)
  } catch {
    return fail('random-broken')
  }
  if (bytes.length !== length) fail('random-broken')
  return bytes
}
