/**
 * Base58Check: a payload and the first four bytes of its HASH256, in an alphabet without 0, O, I and l.
 * Legacy addresses, WIF keys and extended keys are written in it. Not Base58 alone, which has no check.
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { createBase58check } from '@scure/base'

const coder = createBase58check(sha256)

// The longest text of any use is an extended key: 78 + 4 bytes, 112 symbols. Decoding costs the square of the length.
const MAX_SYMBOLS = 128

export function encodeBase58Check(payload: Uint8Array): string {
  return coder.encode(payload)
}

/** The payload, or null when a symbol, the length or the check is wrong; the caller knows what it should have been. */
export function decodeBase58Check(text: string): Uint8Array | null {
  if (text.length > MAX_SYMBOLS) return null
  try {
    return coder.decode(text)
  } catch {
    return null
  }
}
