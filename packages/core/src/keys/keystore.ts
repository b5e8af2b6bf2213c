/**
 * Ethereum keystores: one private key under a password.
 * Version 3 is the Web3 Secret Storage Definition
 * (https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage/); version 1 is what geth
 * wrote before it, with AES-CBC and a hashed key. Not the keystores of validators (EIP-2335, version 4), and not the
 * presale wallets of 2014 (`presale.ts`).
 */
import { cbc, ctr } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, equal, hex, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import { ethereumAddress, parseEthereumAddress } from './ethereum.js'
import { bytesOf, count, type Fields, objectOf, parseJsonObject } from './json-fields.js'
import { boundedCost, deriveWith, type KdfCost, SCRYPT_COST } from './kdf-cost.js'
import { uuid4 } from './uuid.js'

export interface Keystore {
  readonly version: 1 | 3
  /** As the file says, with its checksum; null when it does not say. It is neither encrypted nor authenticated. */
  readonly address: string | null
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly mac: Uint8Array
  readonly salt: Uint8Array
  readonly cost: KdfCost
}

const KEY_BYTES = 32

/**
 * Reads a keystore without opening it. No key derivation is run, and its costs are within bounds afterwards.
 * @throws CairnError `wallet-unreadable`, `wallet-unsupported`, `wallet-cost`, `wallet-too-large`.
 */
export function parseKeystore(bytes: Uint8Array): Keystore {
  const file = parseJsonObject(bytes, unreadable)
  const version = Number(file.version)
  if (version === 4) return unsupported('it holds the key of a validator (EIP-2335)')
  if (version !== 1 && version !== 3) return unsupported('its version is neither 1 nor 3')
  const crypto = objectOf(file.crypto, unreadable)
  const cipher = version === 3 ? 'aes-128-ctr' : 'aes-128-cbc'
  if (crypto.cipher !== cipher) return unsupported(`its cipher is not ${cipher}`)
  const parameters = objectOf(crypto.kdfparams, unreadable)
  return {
    version,
    address: addressOf(file.address),
    cost: costOf(crypto.kdf, parameters),
    salt: bytesOf(parameters.salt, { least: 0, most: 1024 }, unreadable),
    iv: bytesOf(objectOf(crypto.cipherparams, unreadable).iv, { least: 16, most: 16 }, unreadable),
    // version 3 has the key as it is, which some programs cut off its leading zeros; version 1 pads it to 48
    ciphertext: bytesOf(
      crypto.ciphertext,
      version === 3 ? { least: 1, most: KEY_BYTES } : { least: 48, most: 48 },
      unreadable,
    ),
    mac: bytesOf(crypto.mac, { least: 32, most: 32 }, unreadable),
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

export interface SealOptions {
  /** scrypt with N=2^18, r=8, p=1 unless said, as geth writes it. */
  readonly cost?: KdfCost
}

/** What is drawn for one keystore: 32 bytes of salt, 16 each of IV and identifier. */
export interface KeystoreDraw {
  readonly salt: Uint8Array
  readonly iv: Uint8Array
  readonly id: Uint8Array
}

/** A keystore of version 3 as JSON text. `key` has 32 bytes. */
export async function sealKeystore(
  key: Uint8Array,
  password: string,
  options: SealOptions = {},
): Promise<string> {
  return sealKeystoreWith(key, password, { ...options, salt: random(32), iv: random(16), id: random(16) })
}

/** The same with the draw given. */
export async function sealKeystoreWith(
  key: Uint8Array,
  password: string,
  { cost = SCRYPT_COST, salt, iv, id }: SealOptions & KeystoreDraw,
): Promise<string> {
  const derived = await deriveWith({ password: utf8(password), salt, cost, length: KEY_BYTES })
  const ciphertext = ctr(derived.subarray(0, 16), iv).encrypt(key)
  const mac = keccak_256(concat(derived.subarray(16), ciphertext))
  wipe(derived)
  const crypto = {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: hex(iv) },
    ciphertext: hex(ciphertext),
    kdf: cost.kdf,
    kdfparams: formatCost(cost, salt),
    mac: hex(mac),
  }
  const address = ethereumAddress(secp256k1.getPublicKey(key)).slice(2).toLowerCase()
  return JSON.stringify({ address, crypto, id: uuid4(id), version: 3 })
}

/** The `kdfparams` of version 3 and of EIP-2335. */
export function formatCost(cost: KdfCost, salt: Uint8Array): unknown {
  const common = { dklen: KEY_BYTES, salt: hex(salt) }
  if (cost.kdf === 'pbkdf2') return { ...common, c: cost.c, prf: 'hmac-sha256' }
  return { ...common, n: cost.N, r: cost.r, p: cost.p }
}

/** geth takes the password as it is typed, ethers in Unicode's form NFKC; they differ in few passwords. */
function spellings(password: string): readonly string[] {
  return [...new Set([password, password.normalize('NFKC')])]
}

function derive({ salt, cost }: Keystore, password: string): Promise<Uint8Array> {
  return deriveWith({ password: utf8(password), salt, cost, length: KEY_BYTES })
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

function costOf(kdf: unknown, parameters: Fields): KdfCost {
  // 32 bytes are used; PBKDF2 and scrypt give the same ones, however many are asked for
  if (count(parameters.dklen, unreadable) < KEY_BYTES) return unreadable('its derived key is too short')
  if (kdf === 'scrypt') {
    const [N, r, p] = [
      count(parameters.n, unreadable),
      count(parameters.r, unreadable),
      count(parameters.p, unreadable),
    ]
    return boundedCost({ kdf, N, r, p }, unreadable)
  }
  if (kdf !== 'pbkdf2') return unsupported('its key derivation is neither scrypt nor pbkdf2')
  if (parameters.prf !== 'hmac-sha256') return unsupported('its pbkdf2 is not with hmac-sha256')
  return boundedCost({ kdf, c: count(parameters.c, unreadable) }, unreadable)
}

function addressOf(value: unknown): string | null {
  if (value === undefined || value === '') return null
  // the case of the letters is nowhere a checksum in these files
  const digits = typeof value === 'string' ? /^(?:0x)?([0-9a-f]{40})$/i.exec(value)?.[1] : undefined
  return digits ? parseEthereumAddress(digits.toLowerCase()) : unreadable('its address is not an address')
}

function unreadable(reason: string): never {
  return fail('wallet-unreadable', { kind: 'keystore', reason })
}

function unsupported(reason: string): never {
  return fail('wallet-unsupported', { kind: 'keystore', reason })
}
