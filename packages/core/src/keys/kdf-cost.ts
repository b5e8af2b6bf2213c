/**
 * The two key derivations that key files name with their costs: scrypt (RFC 7914) and PBKDF2 with HMAC-SHA256
 * (RFC 8018, section 5.2). Costs are read within bounds before any work is done. Not Argon2.
 */
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fail } from '../errors.js'

export interface ScryptCost {
  readonly kdf: 'scrypt'
  readonly N: number
  readonly r: number
  readonly p: number
}

/** With HMAC-SHA256. */
export interface Pbkdf2Cost {
  readonly kdf: 'pbkdf2'
  readonly c: number
}

export type KdfCost = ScryptCost | Pbkdf2Cost

// The costliest known to be in use is geth's N=2^18, r=8, p=1: 256 MiB, and 2^21 of this work.
const MAX_SCRYPT_MEMORY = 2 ** 30 // bytes: 128 * N * r (RFC 7914, section 2)
const MAX_SCRYPT_WORK = 2 ** 24 // N * r * p; 2^21 take about a second
const MAX_ROUNDS = 10_000_000 // 262,144 are usual, and take about half a second

/** What geth and the validators' tools write. */
export const SCRYPT_COST: ScryptCost = { kdf: 'scrypt', N: 2 ** 18, r: 8, p: 1 }
export const PBKDF2_COST: Pbkdf2Cost = { kdf: 'pbkdf2', c: 262_144 }

/**
 * A cost as it stands, when it is possible and bearable.
 * @throws CairnError `wallet-cost`; what `impossible` throws for an N that is no power of 2.
 */
export function boundedCost(cost: KdfCost, impossible: (reason: string) => never): KdfCost {
  if (cost.kdf === 'pbkdf2') return cost.c > MAX_ROUNDS ? fail('wallet-cost') : cost
  const { N, r, p } = cost
  if (128 * N * r > MAX_SCRYPT_MEMORY || N * r * p > MAX_SCRYPT_WORK) return fail('wallet-cost')
  // RFC 7914, section 2: "The CPU/Memory cost parameter N ... must be larger than 1, a power of 2"
  return N < 2 || !Number.isInteger(Math.log2(N)) ? impossible('its scrypt cost is not a power of 2') : cost
}

export interface Derivation {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly cost: KdfCost
  /** Bytes to derive. */
  readonly length: number
}

/** Takes as long as the cost asks for; gives other work a turn meanwhile. */
export function deriveWith({ password, salt, cost, length: dkLen }: Derivation): Promise<Uint8Array> {
  if (cost.kdf === 'pbkdf2') return pbkdf2Async(sha256, password, salt, { dkLen, c: cost.c })
  const { N, r, p } = cost
  // noble counts the output and one block more
  return scryptAsync(password, salt, { dkLen, N, r, p, maxmem: 2 * MAX_SCRYPT_MEMORY })
}
