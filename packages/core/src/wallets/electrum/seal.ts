/**
 * The encryption of whole wallet files, since Electrum 2.8 (electrum/storage.py, electrum/crypto.py): base64 of
 * "BIE1", an ephemeral public key (33 bytes), AES-128-CBC of the zlib-compressed wallet, and HMAC-SHA256 over all of
 * it. The keys are SHA-512 of an ECDH on secp256k1 with a private key made from the password.
 * "BIE2" is the same with a password that only a hardware wallet knows: recognised, not opened.
 */
import { cbc } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { equal, hex, utf8, wipe } from '../../bytes.js'
import { fail } from '../../errors.js'
import { damaged } from './damaged.js'
import { inflate } from './inflate.js'

export type Seal = 'password' | 'device'

const MAGICS: Readonly<Record<Seal, string>> = { password: 'QklFMQ', device: 'QklFMg' } // base64 of BIE1, BIE2
const HEAD_BYTES = 4 + 33
const MAC_BYTES = 32
const BLOCK_BYTES = 16
const ROUNDS = 1024 // storage.py, `get_eckey_from_password`, with an empty salt

const { Point } = secp256k1

/** How a file is sealed, by its first characters; null when it is not. */
export function sealOf(start: string): Seal | null {
  return (['password', 'device'] as const).find((seal) => start.startsWith(MAGICS[seal])) ?? null
}

/**
 * The bytes that are sealed with a password, checked in all that needs no password.
 * @throws CairnError `wallet-unreadable`.
 */
export function parseSealed(text: string): Uint8Array {
  const sealed = decodeBase64(text.trim()) ?? damaged('the encrypted file is cut off or altered')
  const blocks = sealed.length - HEAD_BYTES - MAC_BYTES
  if (blocks < BLOCK_BYTES || blocks % BLOCK_BYTES !== 0) return damaged('the encrypted file is cut off')
  ephemeralOf(sealed)
  return sealed
}

/**
 * What a password opens, inflated.
 * @throws CairnError `wallet-password` also when the file was altered, which cannot be told apart;
 * `wallet-unreadable`, `wallet-too-large`.
 */
export async function openSealed(
  sealed: Uint8Array,
  { password, limit }: { readonly password: string; readonly limit: number },
): Promise<Uint8Array> {
  const keys = await keysFor(sealed, password)
  try {
    const mac = sealed.subarray(-MAC_BYTES)
    if (!equal(mac, hmac(sha256, keys.subarray(32), sealed.subarray(0, -MAC_BYTES)))) fail('wallet-password')
    const compressed = decrypt(keys, sealed.subarray(HEAD_BYTES, -MAC_BYTES))
    const opened = await inflate(compressed, limit)
    if (opened === 'too-large') return fail('wallet-too-large', { bytes: `more than ${limit}`, limit })
    return opened ?? damaged('what is encrypted in it is damaged')
  } finally {
    wipe(keys)
  }
}

/** SHA-512 of the shared point: 16 bytes of IV, 16 of the AES key, 32 of the HMAC key. */
async function keysFor(sealed: Uint8Array, password: string): Promise<Uint8Array> {
  const stretched = await pbkdf2Async(sha512, utf8(password), new Uint8Array(), { c: ROUNDS, dkLen: 64 })
  const scalar = Point.Fn.create(BigInt(`0x${hex(stretched)}`))
  wipe(stretched)
  if (scalar === 0n) return fail('wallet-password')
  return sha512(ephemeralOf(sealed).multiply(scalar).toBytes(true))
}

function ephemeralOf(sealed: Uint8Array): InstanceType<typeof Point> {
  try {
    return Point.fromBytes(sealed.subarray(4, HEAD_BYTES))
  } catch {
    return damaged('the encrypted file is altered')
  }
}

function decrypt(keys: Uint8Array, encrypted: Uint8Array): Uint8Array {
  try {
    return cbc(keys.subarray(16, 32), keys.subarray(0, 16)).decrypt(encrypted)
  } catch {
    return damaged('what is encrypted in it is damaged')
  }
}

function decodeBase64(text: string): Uint8Array | null {
  try {
    return base64.decode(text)
  } catch {
    return null
  }
}
