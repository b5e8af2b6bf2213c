/**
 * EIP-2335: the keystores of Ethereum's validators, version 4: one BLS12-381 secret key under a password. Modules are
 * read as the specification names them (scrypt or pbkdf2, sha256, aes-128-ctr). Not the wallets of EIP-2386.
 */
import { ctr } from '@noble/ciphers/aes.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, equal, hex, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import { isWellFormed } from '../words/text.js'
import { blsPublicKey } from './eip2333.js'
import { bytesOf, count, type Fields, objectOf, parseJsonObject } from './json-fields.js'
import { boundedCost, deriveWith, type KdfCost, SCRYPT_COST } from './kdf-cost.js'
import { formatCost, type KeystoreDraw, type SealOptions } from './keystore.js'
import { uuid4 } from './uuid.js'

export interface BlsKeystore {
  /** 48 bytes, as the file says; null when it does not say. Not authenticated before the keystore is opened. */
  readonly publicKey: Uint8Array | null
  /** As in `m/12381/3600/0/0/0`; empty when the key was not derived. */
  readonly path: string
  readonly cost: KdfCost
  readonly salt: Uint8Array
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly checksum: Uint8Array
}

const KEY_BYTES = 32
const MAX_PATH = 200

/**
 * Reads a keystore without opening it; its costs are within bounds afterwards.
 * @throws CairnError `key-damaged`, `key-unsupported`, `wallet-cost`, `wallet-too-large`.
 */
export function parseBlsKeystore(bytes: Uint8Array): BlsKeystore {
  const file = parseJsonObject(bytes, damaged)
  if (file.version !== 4) return unsupported('its version is not 4')
  const crypto = objectOf(file.crypto, damaged)
  const [kdf, checksum, cipher] = ['kdf', 'checksum', 'cipher'].map((name) => moduleOf(crypto[name]))
  if (!kdf || !checksum || !cipher) return damaged('a module is missing')
  if (checksum.function !== 'sha256') return unsupported('its checksum is not sha256')
  if (cipher.function !== 'aes-128-ctr') return unsupported('its cipher is not aes-128-ctr')
  const path = typeof file.path === 'string' && file.path.length <= MAX_PATH ? file.path : ''
  return {
    publicKey: file.pubkey ? bytesOf(file.pubkey, { least: 48, most: 48 }, damaged) : null,
    path,
    cost: costOf(kdf),
    salt: bytesOf(kdf.params.salt, { least: 0, most: 1024 }, damaged),
    iv: bytesOf(cipher.params.iv, { least: 16, most: 16 }, damaged),
    ciphertext: bytesOf(cipher.message, { least: KEY_BYTES, most: KEY_BYTES }, damaged),
    checksum: bytesOf(checksum.message, { least: 32, most: 32 }, damaged),
  }
}

/**
 * The secret key, 32 bytes.
 * @throws CairnError `key-password`; `key-damaged` when it does not belong to the public key in the file.
 */
export async function openBlsKeystore(keystore: BlsKeystore, password: string): Promise<Uint8Array> {
  const { salt, cost, iv, ciphertext, checksum, publicKey } = keystore
  const derived = await deriveWith({ password: passwordBytes(password), salt, cost, length: KEY_BYTES })
  // "Password verification": the checksum is over the second half of the derived key and the cipher's message
  const isRight = equal(sha256(concat(derived.subarray(16), ciphertext)), checksum)
  const key = ctr(derived.subarray(0, 16), iv).decrypt(ciphertext)
  wipe(derived)
  if (!isRight) return fail('key-password', { what: WHAT })
  if (publicKey && !equal(publicKey, blsPublicKey(key))) return damaged('its key leads to another public key')
  return key
}

export interface BlsSealOptions extends SealOptions {
  readonly path?: string
}

/** A keystore as JSON text. `key` has 32 bytes. @throws CairnError `key-invalid`, `passphrase-text`. */
export async function sealBlsKeystore(
  key: Uint8Array,
  password: string,
  options: BlsSealOptions = {},
): Promise<string> {
  return sealBlsKeystoreWith(key, password, { ...options, salt: random(32), iv: random(16), id: random(16) })
}

/** The same with the draw given. */
export async function sealBlsKeystoreWith(
  key: Uint8Array,
  password: string,
  { cost = SCRYPT_COST, path = '', salt, iv, id }: BlsSealOptions & KeystoreDraw,
): Promise<string> {
  const pubkey = hex(blsPublicKey(key))
  const derived = await deriveWith({ password: passwordBytes(password), salt, cost, length: KEY_BYTES })
  const message = ctr(derived.subarray(0, 16), iv).encrypt(key)
  const checksum = sha256(concat(derived.subarray(16), message))
  wipe(derived)
  const crypto = {
    kdf: { function: cost.kdf, params: formatCost(cost, salt), message: '' },
    checksum: { function: 'sha256', params: {}, message: hex(checksum) },
    cipher: { function: 'aes-128-ctr', params: { iv: hex(iv) }, message: hex(message) },
  }
  return JSON.stringify({ crypto, description: '', pubkey, path, uuid: uuid4(id), version: 4 })
}

const WHAT = 'validator keystore'

/** "Password requirements": NFKD, without the control codes C0, C1 and Delete. */
function passwordBytes(password: string): Uint8Array {
  if (!isWellFormed(password)) return fail('passphrase-text')
  return utf8(password.normalize('NFKD').replace(/\p{Cc}/gu, ''))
}

interface Module {
  readonly function: unknown
  readonly params: Fields
  readonly message: unknown
}

function moduleOf(value: unknown): Module {
  const fields = objectOf(value, damaged)
  return { function: fields.function, params: objectOf(fields.params, damaged), message: fields.message }
}

function costOf({ function: kdf, params }: Module): KdfCost {
  if (count(params.dklen, damaged) < KEY_BYTES) return damaged('its derived key is too short')
  if (kdf === 'scrypt') {
    const [N, r, p] = [count(params.n, damaged), count(params.r, damaged), count(params.p, damaged)]
    return boundedCost({ kdf, N, r, p }, damaged)
  }
  if (kdf !== 'pbkdf2') return unsupported('its key derivation is neither scrypt nor pbkdf2')
  if (params.prf !== 'hmac-sha256') return unsupported('its pbkdf2 is not with hmac-sha256')
  return boundedCost({ kdf, c: count(params.c, damaged) }, damaged)
}

function damaged(reason: string): never {
  return fail('key-damaged', { what: WHAT, reason })
}

function unsupported(reason: string): never {
  return fail('key-unsupported', { what: WHAT, reason })
}
