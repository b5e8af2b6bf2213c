/** The wallets in fixtures/wallets/electrum, what Electrum said of them, and ways to make others out of plain data. */
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { cbc } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { concat, hex, utf8 } from '../../../src/bytes.js'
import { type ErrorCode, isCairnError } from '../../../src/errors.js'
import { hash256 } from '../../../src/keys/hash.js'
import type { ReadOptions, Wallet, WalletReader } from '../../../src/types.js'
import { electrum } from '../../../src/wallets/electrum.js'

export interface Stated {
  readonly name: string
  readonly files: readonly string[]
  readonly network: 'mainnet' | 'regtest'
  readonly type: string
  readonly receiving: readonly string[]
  readonly change: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly keystores: readonly (StatedKeystore | null)[]
  readonly seed?: string
  readonly privateKeys?: Readonly<Record<string, string>>
}

export interface StatedKeystore {
  readonly type: string
  readonly xpub?: string
  readonly xprv?: string | null
  readonly mpk?: string
  readonly seed?: string
  readonly passphrase?: string
  readonly root_fingerprint?: string
  readonly derivation?: string
  readonly keypairs?: Readonly<Record<string, string>>
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/wallets/electrum/${name}`, import.meta.url)))
}

const expected = JSON.parse(new TextDecoder().decode(fixture('expected.json'))) as {
  password: string
  wallets: Stated[]
}
export const PASSWORD = expected.password
export const WALLETS: readonly Stated[] = expected.wallets

export function stated(name: string): Stated {
  const found = WALLETS.find((wallet) => wallet.name === name)
  if (!found) throw new Error(`no fixture ${name}`)
  return found
}

export function readBytes(
  bytes: Uint8Array,
  options: ReadOptions & { readonly reader?: WalletReader } = {},
): Promise<Wallet> {
  const { reader = electrum, ...rest } = options
  return reader.read({ path: 'default_wallet', bytes }, rest)
}

/** A wallet given as data, or as the text of the file. */
export function readData(data: unknown, options: ReadOptions = {}): Promise<Wallet> {
  return readBytes(utf8(typeof data === 'string' ? data : JSON.stringify(data)), options)
}

/** The data of a fixture, to be changed. */
export function dataOf(name: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(fixture(name))) as Record<string, unknown>
}

/** The code that reading fails with; null when it does not. */
export async function codeOfReading(reading: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await reading
    return null
  } catch (error) {
    if (isCairnError(error)) return error.code
    throw error
  }
}

interface Sealing {
  readonly password?: string
  readonly magic?: string
  /** What is encrypted, instead of the compressed text. */
  readonly compressed?: Uint8Array
}

/** Encrypts as Electrum encrypts whole files, under a fixed ephemeral key. */
export function sealWhole(text: string, options: Sealing = {}): Uint8Array {
  const { password = PASSWORD, magic = 'BIE1', compressed = new Uint8Array(deflateSync(text)) } = options
  const { Point } = secp256k1
  const stretched = pbkdf2(sha512, utf8(password), new Uint8Array(), { c: 1024, dkLen: 64 })
  const scalar = Point.Fn.create(BigInt(`0x${hex(stretched)}`))
  const ephemeral = 7n
  const keys = sha512(Point.BASE.multiply(scalar).multiply(ephemeral).toBytes(true))
  const head = concat(utf8(magic), Point.BASE.multiply(ephemeral).toBytes(true))
  const body = concat(head, cbc(keys.slice(16, 32), keys.slice(0, 16)).encrypt(compressed))
  return utf8(base64.encode(concat(body, hmac(sha256, keys.slice(32), body))))
}

/** Encrypts a field as Electrum does, under a fixed IV. */
export function sealField(text: string, password = PASSWORD): string {
  const iv = new Uint8Array(16).fill(9)
  return base64.encode(concat(iv, cbc(hash256(utf8(password)), iv).encrypt(utf8(text))))
}
