/**
 * Key pairs of Solana: 64 bytes, the seed of Ed25519 (RFC 8032, section 5.1.5) and its public key, as the JSON array of
 * `solana-keygen` (`id.json`) and as Base58, which Phantom and Solflare show. The public key in Base58 is the address.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { base58 } from '@scure/base'
import { concat, equal } from '../bytes.js'
import { fail } from '../errors.js'

export interface Ed25519Pair {
  /** 32 bytes. A secret. */
  readonly seed: Uint8Array
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

const PAIR_BYTES = 64
/** 64 numbers of up to three digits with spaces and line ends between. */
const MAX_JSON = 1024
/** Base58 of 64 bytes has 64 symbols (all zero) to 88. */
const BASE58_PAIR = /^[1-9A-HJ-NP-Za-km-z]{64,90}$/

/**
 * Reads `id.json`: 64 numbers.
 * @throws CairnError `key-damaged`: other numbers than 64 bytes, or a public key that is not that of the seed.
 */
export function parseSolanaId(text: string): Ed25519Pair {
  const numbers: unknown = text.length <= MAX_JSON ? parseJson(text) : null
  const isBytes = Array.isArray(numbers) && numbers.length === PAIR_BYTES && numbers.every(isByte)
  return isBytes ? checkPair(Uint8Array.from(numbers)) : damaged('it is not a list of 64 bytes')
}

/** Writes `id.json`. */
export function formatSolanaId({ seed, publicKey }: Ed25519Pair): string {
  return JSON.stringify([...seed, ...publicKey])
}

/** Reads a key pair in Base58. @throws CairnError `key-damaged`. */
export function parseSolanaBase58(text: string): Ed25519Pair {
  const bytes = BASE58_PAIR.test(text) ? base58.decode(text) : null
  return bytes?.length === PAIR_BYTES ? checkPair(bytes) : damaged('it does not have 64 bytes')
}

/** Writes a key pair in Base58. */
export function formatSolanaBase58({ seed, publicKey }: Ed25519Pair): string {
  return base58.encode(concat(seed, publicKey))
}

/** The key pair of a private key of 32 bytes. */
export function solanaPair(seed: Uint8Array): Ed25519Pair {
  return { seed, publicKey: ed25519.getPublicKey(seed) }
}

/** The address of a public key. */
export function solanaKeyAddress(publicKey: Uint8Array): string {
  return base58.encode(publicKey)
}

function checkPair(bytes: Uint8Array): Ed25519Pair {
  const pair = solanaPair(bytes.slice(0, 32))
  return equal(pair.publicKey, bytes.subarray(32)) ? pair : damaged('its two halves do not belong together')
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function damaged(reason: string): never {
  return fail('key-damaged', { what: 'Solana key pair', reason })
}
