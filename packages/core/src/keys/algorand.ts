/**
 * Algorand accounts: an ed25519 key pair (RFC 8032) and its address, base32 of the public key and the last four bytes of
 * its SHA-512/256. https://developer.algorand.org/docs/get-details/accounts/#transformation-public-key-to-algorand-address
 * Not multisignature and not contract addresses, which look the same.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512_256 } from '@noble/hashes/sha2.js'
import { base32nopad } from '@scure/base'
import { concat } from '../bytes.js'
import { fail } from '../errors.js'

const KEY_BYTES = 32
const CHECKSUM_BYTES = 4

/** The public key (32 bytes) of a private key. @throws CairnError `entropy-length` */
export function algorandPublicKey(privateKey: Uint8Array): Uint8Array {
  if (privateKey.length !== KEY_BYTES)
    fail('entropy-length', { bytes: privateKey.length, expected: `${KEY_BYTES}` })
  return ed25519.getPublicKey(privateKey)
}

/** The address of a public key of 32 bytes. */
export function algorandAddress(publicKey: Uint8Array): string {
  return base32nopad.encode(concat(publicKey, checksum(publicKey)))
}

/**
 * The public key of an address.
 * @throws CairnError `address-invalid`
 */
export function parseAlgorandAddress(text: string): Uint8Array {
  if (!/^[A-Z2-7]{58}$/.test(text)) return fail('address-invalid')
  const publicKey = decode(text)?.subarray(0, KEY_BYTES)
  // Written again it must be the same: the last character has two bits that say nothing.
  return publicKey && algorandAddress(publicKey) === text ? publicKey.slice() : fail('address-invalid')
}

function decode(text: string): Uint8Array | null {
  try {
    return base32nopad.decode(text)
  } catch {
    return null
  }
}

function checksum(publicKey: Uint8Array): Uint8Array {
  return sha512_256(publicKey).subarray(-CHECKSUM_BYTES)
}
