/**
 * Ethereum keystores: one private key under a password.
 * Version 3 is the Web3 Secret Storage Definition
 * (https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage/); version 1 is what geth
 * wrote before it, with AES-CBC and a hashed key. Not the keystores of validators (EIP-2335, version 4), and not the
 * presale wallets of 2014 (`presale.ts`).
 */
import { cbc, ctr } from '@noble/ciphers/aes.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, equal, text, unhex, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { parseEthereumAddress } from './ethereum.js'

export interface Keystore {
  readonly version: 1 | 3
  /** As the file says, with its checksum; null when it does not say. It is neither encrypted nor authenticated. */
  readonly address: string | null
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly mac: Uint8Array
  readonly salt: Uint8Array
  readonly cost: ScryptCost | Pbkdf2Cost
}

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

/** A keystore has some 500 bytes. */
export const MAX_KEYSTORE_BYTES = 64 * 1024
const KEY_BYTES = 32

// The costliest known to be in use is geth's N=2^18, r=8, p=1: 256 MiB, and 2^21 of this work.
const MAX_SCRYPT_MEMORY = 2 ** 30 // bytes: 128 * N * r (RFC 7914, section 2)
const MAX_SCRYPT_WORK = 2 ** 24 // N * r * p; 2^21 take about a second
const MAX_ROUNDS = 10_000_000 // 262,144 are usual, and take about half a second

/**
 * Reads a keystore without opening it. No key derivation is run, and its costs are within bounds afterwards.
 * @throws CairnError `wallet-unreadable`, `wallet-unsupported`, `wallet-cost`, `wallet-too-large`.
 */
export function parseKeystore(bytes: Uint8Array): Keystore {
  const file = parseJsonObject(bytes)
  const version = Number(file.version)
  if (version === 4) return unsupported('it holds the key of a validator (EIP-2335)')
  if (version !== 1 && version !== 3) return unsupported('its version is neither 1 nor 3')
  const crypto = objectOf(file.crypto)
  const cipher = version === 3 ? 'aes-128-ctr' : 'aes-128-cbc'
  if (crypto.cipher !== cipher) return unsupported(`its cipher is not ${cipher}`)
  const parameters = objectOf(crypto.kdfparams)
  return {
    version,
    address: addressOf(file.address),
    cost: costOf(crypto.kdf, parameters),
    salt: bytesOf(parameters.salt, { least: 0, most: 1024 }),
    iv: bytesOf(objectOf(crypto.cipherparams).iv, { least: 16, most: 16 }),
    // version 3 has the key as it is, which some programs cut off its leading zeros; version 1 pads it to 48
    ciphertext: bytesOf(
      crypto.ciphertext,
      version === 3 ? { least: 1, most: KEY_BYTES } : { least: 48, most: 48 },
    ),
    mac: bytesOf(crypto.mac, { least: 32, most: 32 }),
  }
}

/**
 * The private key, 32 bytes. Takes as long as the file asks for, within the bounds above.
 * @throws CairnError `wallet-password`: the password is wrong, or the file was altered; the MAC cannot tell.
 */
export async function openKeystore(keystore: Keystore, password: string): Promise<Uint8Array> {
  for (const spelling of spellings(password)) {
    const derived = await derive(keystore, spelling)
    const key = unlock(keystore, derived)
    wipe(derived)
    if (key) return key
  }
  return fail('wallet-password')
}

type Fields = { readonly [name: string]: unknown }

/** The object of a JSON text, the names of its members in lower case, as some programs write `Crypto`. */
export function parseJsonObject(bytes: Uint8Array): Fields {
  if (bytes.length > MAX_KEYSTORE_BYTES) {
    return fail('wallet-too-large', { bytes: bytes.length, limit: MAX_KEYSTORE_BYTES })
  }
  return objectOf(parseJson(bytes), 'it is not a JSON object')
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}

/** geth takes the password as it is typed, ethers in Unicode's form NFKC; they differ in few passwords. */
function spellings(password: string): readonly string[] {
  return [...new Set([password, password.normalize('NFKC')])]
}

function derive({ salt, cost }: Keystore, password: string): Promise<Uint8Array> {
  const options = { dkLen: KEY_BYTES }
  if (cost.kdf === 'pbkdf2') return pbkdf2Async(sha256, utf8(password), salt, { ...options, c: cost.c })
  const { N, r, p } = cost
  // noble counts the output and one block more
  return scryptAsync(utf8(password), salt, { ...options, N, r, p, maxmem: 2 * MAX_SCRYPT_MEMORY })
}

function unlock({ version, iv, ciphertext, mac }: Keystore, derived: Uint8Array): Uint8Array | null {
  if (!equal(keccak_256(concat(derived.subarray(16), ciphertext)), mac)) return null
  if (version === 3) return padded(ctr(derived.subarray(0, 16), iv).decrypt(ciphertext))
  try {
    return cbc(keccak_256(derived.subarray(0, 16)).subarray(0, 16), iv).decrypt(ciphertext)
  } catch {
    return null
  }
}

/** A private key is a number: shorter ones have lost their leading zeros. */
function padded(key: Uint8Array): Uint8Array {
  const whole = concat(new Uint8Array(KEY_BYTES - key.length), key)
  wipe(key)
  return whole
}

function costOf(kdf: unknown, parameters: Fields): ScryptCost | Pbkdf2Cost {
  // 32 bytes are used; PBKDF2 and scrypt give the same ones, however many are asked for
  if (count(parameters.dklen) < KEY_BYTES) return unreadable('its derived key is too short')
  if (kdf === 'scrypt') return scryptCost(parameters)
  if (kdf !== 'pbkdf2') return unsupported('its key derivation is neither scrypt nor pbkdf2')
  if (parameters.prf !== 'hmac-sha256') return unsupported('its pbkdf2 is not with hmac-sha256')
  const c = count(parameters.c)
  return c > MAX_ROUNDS ? fail('wallet-cost') : { kdf, c }
}

function scryptCost(parameters: Fields): ScryptCost {
  const [N, r, p] = [count(parameters.n), count(parameters.r), count(parameters.p)]
  if (128 * N * r > MAX_SCRYPT_MEMORY || N * r * p > MAX_SCRYPT_WORK) return fail('wallet-cost')
  // RFC 7914, section 2: "The CPU/Memory cost parameter N ... must be larger than 1, a power of 2"
  if (N < 2 || !Number.isInteger(Math.log2(N))) return unreadable('its scrypt cost is not a power of 2')
  return { kdf: 'scrypt', N, r, p }
}

function count(value: unknown): number {
  return Number.isInteger(value) && (value as number) > 0
    ? (value as number)
    : unreadable('a cost is not a number')
}

function addressOf(value: unknown): string | null {
  if (value === undefined || value === '') return null
  // the case of the letters is nowhere a checksum in these files
  const digits = typeof value === 'string' ? /^(?:0x)?([0-9a-f]{40})$/i.exec(value)?.[1] : undefined
  return digits ? parseEthereumAddress(digits.toLowerCase()) : unreadable('its address is not an address')
}

/** Bytes of a hexadecimal string with or without `0x`. */
function bytesOf(
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
): Uint8Array {
  const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : '?'
  if (digits.length < 2 * least || digits.length > 2 * most || !/^(?:[0-9a-f]{2})*$/i.test(digits)) {
    return unreadable('a field is missing or is not hexadecimal')
  }
  return unhex(digits)
}

function objectOf(value: unknown, otherwise = 'a field is missing'): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unreadable(otherwise)
  const fields = Object.entries(value).map(([name, field]) => [name.toLowerCase(), field] as const)
  if (new Set(fields.map(([name]) => name)).size < fields.length) return unreadable('a field is there twice')
  return Object.fromEntries(fields)
}

const unreadable = (reason: string): never => fail('wallet-unreadable', { kind: 'keystore', reason })
const unsupported = (reason: string): never => fail('wallet-unsupported', { kind: 'keystore', reason })
