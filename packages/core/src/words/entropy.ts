/**
 * New secrets: bytes of the operating system, with dice, coins, cards or typed text mixed in where a person wants
 * to rely on neither alone. Mixing never replaces: whoever knows one of the two knows nothing of the result.
 *
 *     secret = first n bytes of HMAC-SHA512(key = 64 bytes of the operating system,
 *                                           message = for each source: length (4 bytes, big-endian) | source)
 *
 * HMAC with a secret random key is a pseudorandom function (RFC 2104; Bellare 2006), whatever the message; with a
 * key that somebody knows it still is an extractor of the entropy of the message (RFC 5869, section 3.1).
 * Without sources the bytes of the operating system are the secret themselves.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import { type Rolls, rollBytes } from './rolls.js'

/** Bytes that the mix draws from the operating system. */
export const MIX_KEY_BYTES = 64
const MAX_SECRET_BYTES = 64

/**
 * A new secret of 1 to 64 bytes. What is thrown must be enough for the secret by itself, else it would only look
 * like a second source.
 * @throws CairnError `rolls-few`, `random-broken`
 */
export function newEntropy(length: number, rolls: readonly Rolls[] = []): Uint8Array {
  return newEntropyWith(length, rolls, random)
}

/** `newEntropy` with the random bytes of `draw`: `length` bytes, or the 64 bytes of the key when there are rolls. */
export function newEntropyWith(
  length: number,
  rolls: readonly Rolls[],
  draw: (length: number) => Uint8Array,
): Uint8Array {
  if (length < 1 || length > MAX_SECRET_BYTES) fail('entropy-length', { bytes: length, expected: '1 to 64' })
  if (rolls.length === 0) return draw(length)
  const bits = rolls.reduce((sum, { bits }) => sum + bits, 0)
  if (bits < length * 8) fail('rolls-few', { bits, need: length * 8 })
  const key = draw(MIX_KEY_BYTES)
  const message = concat(...rolls.map(rollBytes).flatMap((bytes) => [lengthOf(bytes), bytes]))
  const mixed = hmac(sha512, key, message)
  const secret = mixed.slice(0, length)
  wipe(key, message, mixed)
  return secret
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}
