/**
 * The master keys that Cardano wallets make of a phrase: five ways, so that one phrase opens five wallets. CIP-3
 * (https://cips.cardano.org/cip/CIP-3) for BIP-39 words, SLIP-23 for the master secret of SLIP-39 shares.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { concat, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'
import { isWellFormed } from '../../words/text.js'
import { encodeCbor } from '../../words/ur/cbor.js'
import type { CardanoKey } from './ed25519-bip32.js'

/** Yoroi, Daedalus since 2020, Lace and most others: of the entropy, not of the seed of BIP-39. */
export function icarusMaster(entropy: Uint8Array, passphrase = ''): CardanoKey {
  if (!isWellFormed(passphrase)) return fail('passphrase-text')
  const data = pbkdf2(sha512, utf8(passphrase.normalize('NFKD')), entropy, { c: 4096, dkLen: 96 })
  return { privateKey: tweak(data.slice(0, 64), 0x1f), chainCode: data.slice(64) }
}

/**
 * Trezor: as Icarus, but of a phrase of 24 words the byte of checksum is taken for entropy too, "due to incorrect
 * removal of the BIP-39 entropy checksum bits".
 */
export function trezorMaster(entropy: Uint8Array, passphrase = ''): CardanoKey {
  const checksum = entropy.length === 32 ? sha256(entropy).subarray(0, 1) : new Uint8Array()
  return icarusMaster(concat(entropy, checksum), passphrase)
}

/** Ledger and BitBox02: of the 64-byte seed of BIP-39. */
export function ledgerMaster(seed: Uint8Array): CardanoKey {
  const key = utf8('ed25519 seed')
  const chainCode = hmac(sha256, key, concat(Uint8Array.of(1), seed))
  let digest = hmac(sha512, key, seed)
  while (hasThirdBit(digest)) digest = hmac(sha512, key, digest)
  return { privateKey: tweak(digest, 0x7f), chainCode }
}

/** The random wallets of Daedalus until 2020, of 12 words. No passphrase. */
export function byronMaster(entropy: Uint8Array): CardanoKey {
  return byronMasterOfSeed(blake2b(encodeCbor(entropy), { dkLen: 32 }))
}

/** The same of the 32 bytes that the words are hashed to. */
export function byronMasterOfSeed(seed: Uint8Array): CardanoKey {
  for (let i = 1; ; i++) {
    const digest = hmac(sha512, encodeCbor(seed), utf8(`Root Seed Chain ${i}`))
    const privateKey = tweak(sha512(digest.subarray(0, 32)), 0x7f)
    if (!hasThirdBit(privateKey)) return { privateKey, chainCode: digest.slice(32) }
  }
}

/** SLIP-23, Trezor with SLIP-39 shares. */
export function slip23Master(secret: Uint8Array): CardanoKey {
  const digest = hmac(sha512, utf8('ed25519 cardano seed'), secret)
  return { privateKey: tweak(sha512(digest.subarray(0, 32)), 0x1f), chainCode: digest.slice(32) }
}

/** "clear the lowest 3 bits, clear the highest bit, set the highest 2nd bit"; 0x1f clears the third as well. */
function tweak(key: Uint8Array, keep: 0x1f | 0x7f): Uint8Array {
  const tweaked = key.slice()
  tweaked[0] = (tweaked[0] as number) & 0xf8
  tweaked[31] = ((tweaked[31] as number) & keep) | 0x40
  return tweaked
}

function hasThirdBit(key: Uint8Array): boolean {
  return ((key[31] as number) & 0x20) !== 0
}
