/**
 * Addresses of the XRP Ledger: Base58Check in an alphabet of their own, a type byte of 0 and HASH160 of the public key
 * (https://xrpl.org/docs/references/protocol/data-types/base58-encodings). Not X-addresses, not family seeds.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base58xrp } from '@scure/base'
import { concat, equal } from '../bytes.js'
import { hash160 } from './hash.js'

const ACCOUNT_ID = Uint8Array.of(0x00)
const CHECK_BYTES = 4
const BYTES = 1 + 20 + CHECK_BYTES
const MAX_SYMBOLS = 36

/** Of a compressed secp256k1 key, or of an ed25519 key with its byte 0xED in front: 33 bytes. */
export function rippleAddress(publicKey: Uint8Array): string {
  const payload = concat(ACCOUNT_ID, hash160(publicKey))
  return base58xrp.encode(concat(payload, checksum(payload)))
}

/** Whether a text is a classic XRP address. */
export function isRippleAddress(text: string): boolean {
  if (
    text.length > MAX_SYMBOLS ||
    !/^r[rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz]+$/.test(text)
  ) {
    return false
  }
  const bytes = base58xrp.decode(text)
  const payload = bytes.subarray(0, -CHECK_BYTES)
  return bytes.length === BYTES && equal(bytes.subarray(-CHECK_BYTES), checksum(payload))
}

function checksum(payload: Uint8Array): Uint8Array {
  return sha256(sha256(payload)).subarray(0, CHECK_BYTES)
}
