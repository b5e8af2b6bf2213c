/** PBKDF2 of node:crypto, for phrases and shares: five to ten times as fast as pure JavaScript. */
import { pbkdf2Sync } from 'node:crypto'
import type { Pbkdf2, Stretch } from '@cairn/core/words/pbkdf2.js'

/** HMAC-SHA-256, for the passphrase of SLIP-39 shares. */
export const pbkdf2: Pbkdf2 = (password, salt, cost) => derive('sha256', { password, salt, ...cost })

/** HMAC-SHA-512, for the seeds of BIP-39 and Electrum. */
export const pbkdf2Sha512: Pbkdf2 = (password, salt, cost) => derive('sha512', { password, salt, ...cost })

export const stretch: Stretch = { sha256: pbkdf2, sha512: pbkdf2Sha512 }

interface Derivation {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  readonly bytes: number
}

function derive(hash: string, { password, salt, iterations, bytes }: Derivation): Uint8Array {
  return new Uint8Array(pbkdf2Sync(password, salt, iterations, bytes, hash))
}
