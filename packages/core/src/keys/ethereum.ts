/**
 * Ethereum addresses: the last 20 bytes of Keccak-256 of the public key (Yellow Paper, appendix F), spelled with the
 * checksum of EIP-55, which is in the case of the letters. Not ICAP, not names, not EIP-1191.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { hex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'

/**
 * The checksummed address of a public key of 33 or 65 bytes.
 * @throws CairnError `key-invalid`.
 */
export function ethereumAddress(publicKey: Uint8Array): string {
  return checksummed(hex(keccak_256(uncompressed(publicKey).subarray(1)).subarray(12)))
}

/**
 * Reads an address with or without `0x` and gives it with its checksum. All lower or all upper case carries none and
 * is accepted; mixed case must match.
 * @throws CairnError `address-invalid`.
 */
export function parseEthereumAddress(text: string): string {
  const digits = /^(?:0x)?([0-9a-fA-F]{40})$/.exec(text)?.[1]
  if (!digits) return fail('address-invalid')
  const address = checksummed(digits.toLowerCase())
  const unchecked = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  return unchecked || address === `0x${digits}` ? address : fail('address-invalid')
}

/** EIP-55: a letter is upper case where the hash of the lower-case address has a digit of 8 or more. */
function checksummed(digits: string): string {
  const hash = hex(keccak_256(utf8(digits)))
  const cased = [...digits].map((digit, i) =>
    Number.parseInt(hash.charAt(i), 16) >= 8 ? digit.toUpperCase() : digit,
  )
  return `0x${cased.join('')}`
}

function uncompressed(publicKey: Uint8Array): Uint8Array {
  try {
    return secp256k1.Point.fromBytes(publicKey).toBytes(false)
  } catch {
    return fail('key-invalid', { what: 'public key' })
  }
}
