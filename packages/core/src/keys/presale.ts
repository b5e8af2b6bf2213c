/**
 * Wallets of the Ethereum presale of 2014 (pyethsaletool): a seed under a password, whose Keccak-256 is the private
 * key. There is no MAC: the password is right when the key leads to the address in the file.
 */
import { cbc } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { unhex, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { ethereumAddress, parseEthereumAddress } from './ethereum.js'
import { parseJsonObject } from './json-fields.js'

export interface Presale {
  readonly version: 'presale'
  readonly address: string
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

const ROUNDS = 2000

/** Reads a presale wallet of Ethereum. @throws CairnError `wallet-unreadable`, `wallet-too-large`. */
export function parsePresale(bytes: Uint8Array): Presale {
  const { encseed, ethaddr } = parseJsonObject(bytes, malformed)
  if (typeof ethaddr !== 'string' || !/^(?:0x)?[0-9a-f]{40}$/i.test(ethaddr)) return unreadable('ethaddr')
  // 16 bytes of IV and at least one block
  if (typeof encseed !== 'string' || !/^(?:[0-9a-f]{32}){2,64}$/i.test(encseed)) return unreadable('encseed')
  const sealed = unhex(encseed)
  return {
    version: 'presale',
    address: parseEthereumAddress(ethaddr.toLowerCase()),
    iv: sealed.subarray(0, 16),
    ciphertext: sealed.subarray(16),
  }
}

/** The private key, 32 bytes. @throws CairnError `wallet-password`. */
export async function openPresale(
  { address, iv, ciphertext }: Presale,
  password: string,
): Promise<Uint8Array> {
  const derived = await pbkdf2Async(sha256, utf8(password), utf8(password), { c: ROUNDS, dkLen: 16 })
  const seed = decrypt(derived, iv, ciphertext)
  wipe(derived)
  if (!seed) return fail('wallet-password')
  const key = keccak_256(seed)
  wipe(seed)
  return secp256k1.utils.isValidSecretKey(key) && ethereumAddress(secp256k1.getPublicKey(key)) === address
    ? key
    : fail('wallet-password')
}

/** Null when the padding is wrong, as a wrong password nearly always makes it. */
function decrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  try {
    return cbc(key, iv).decrypt(ciphertext)
  } catch {
    return null
  }
}

function unreadable(field: string): never {
  return malformed(`${field} is missing or wrong`)
}

function malformed(reason: string): never {
  return fail('wallet-unreadable', { kind: 'presale', reason })
}
