/**
 * Monero keys and addresses: a spend key and a view key on ed25519, the primary address of both, and subaddresses.
 * https://docs.getmonero.org/cryptography/asymmetric/private-key/ and public-address/, MRL-0006 for subaddresses.
 *
 * Every secret here is a scalar of 32 bytes, little-endian, below the order of the group; nothing is hashed into it
 * as EdDSA does. Not here: transactions, key images, multisignature keys.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, equal, hex, unhex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { decodeBlocks, encodeBlocks } from './monero/base58.js'

const { Point } = ed25519
const { Fn } = Point

export type MoneroNetwork = 'mainnet' | 'testnet' | 'stagenet'

export interface MoneroKeys {
  /** Four scalars and points of 32 bytes; the first two are secret. */
  readonly privateSpendKey: Uint8Array
  readonly privateViewKey: Uint8Array
  readonly publicSpendKey: Uint8Array
  readonly publicViewKey: Uint8Array
}

/** Account and index within it, each below 2^32; both 0 is the primary address. */
export interface MoneroPlace {
  readonly account: number
  readonly index: number
}

export interface MoneroAddress {
  readonly network: MoneroNetwork
  readonly form: 'primary' | 'integrated' | 'subaddress'
  readonly publicSpendKey: Uint8Array
  readonly publicViewKey: Uint8Array
  /** 16 hex digits, in an integrated address only. */
  readonly paymentId?: string
}

/** src/cryptonote_config.h: CRYPTONOTE_PUBLIC_ADDRESS_BASE58_PREFIX and its companions. */
const TAGS: Readonly<Record<MoneroNetwork, Readonly<Record<MoneroAddress['form'], number>>>> = {
  mainnet: { primary: 18, integrated: 19, subaddress: 42 },
  testnet: { primary: 53, integrated: 54, subaddress: 63 },
  stagenet: { primary: 24, integrated: 25, subaddress: 36 },
}
const NETWORKS = Object.keys(TAGS) as readonly MoneroNetwork[]
const FORMS = ['primary', 'integrated', 'subaddress'] as const

const CHECKSUM_BYTES = 4
const PAYMENT_ID_BYTES = 8
const MAX_CHARACTERS = 106 // of an integrated address; the others have 95

/**
 * The keys of a wallet: the seed of 32 bytes reduced is the spend key, and its Keccak-256 reduced the view key.
 * @throws CairnError `entropy-length`; `key-invalid` for the few seeds that are a multiple of the order
 */
export function moneroKeys(seed: Uint8Array): MoneroKeys {
  if (seed.length !== 32) fail('entropy-length', { bytes: seed.length, expected: '32' })
  const privateSpendKey = reduceScalar(seed)
  return moneroKeyPairs(privateSpendKey, reduceScalar(keccak_256(privateSpendKey)))
}

/**
 * The keys of the 16 bytes of a MyMonero phrase: their Keccak-256 reduced is the spend key, and Keccak-256 of that hash
 * as it was, not of the key, reduced the view key.
 * @throws CairnError `entropy-length`
 */
export function myMoneroKeys(seed: Uint8Array): MoneroKeys {
  if (seed.length !== 16) fail('entropy-length', { bytes: seed.length, expected: '16' })
  const hash = keccak_256(seed)
  return moneroKeyPairs(reduceScalar(hash), reduceScalar(keccak_256(hash)))
}

/** The keys of a wallet whose two private keys are given, as `key import` takes them. @throws CairnError `key-invalid` */
export function moneroKeyPairs(privateSpendKey: Uint8Array, privateViewKey: Uint8Array): MoneroKeys {
  return {
    privateSpendKey,
    privateViewKey,
    publicSpendKey: moneroPublicKey(privateSpendKey),
    publicViewKey: moneroPublicKey(privateViewKey),
  }
}

/** `sc_reduce32`: 32 bytes, little-endian, modulo the order of the group. */
export function reduceScalar(bytes: Uint8Array): Uint8Array {
  return numberToBytesLE(Fn.create(bytesToNumberLE(bytes)), 32)
}

/**
 * The public key, 32 bytes, of a secret scalar.
 * @throws CairnError `key-invalid` for zero and for what is not below the order.
 */
export function moneroPublicKey(privateKey: Uint8Array): Uint8Array {
  const scalar = privateKey.length === 32 ? bytesToNumberLE(privateKey) : 0n
  if (!Fn.isValidNot0(scalar)) return fail('key-invalid', { what: 'Monero private key' })
  return Point.BASE.multiply(scalar).toBytes()
}

/**
 * The address at a place: the primary one at (0, 0), a subaddress elsewhere. Needs the private view key only.
 * @throws CairnError `usage` for numbers out of bounds
 */
export function moneroAddress(
  keys: Pick<MoneroKeys, 'privateViewKey' | 'publicSpendKey' | 'publicViewKey'>,
  place: MoneroPlace = { account: 0, index: 0 },
  network: MoneroNetwork = 'mainnet',
): string {
  const { publicSpendKey, publicViewKey } = keys
  if (place.account === 0 && place.index === 0)
    return formatMoneroAddress({ network, form: 'primary', publicSpendKey, publicViewKey })
  return formatMoneroAddress({ network, form: 'subaddress', ...subaddressKeys(keys, place) })
}

/** D = B + Hs("SubAddr\0" || a || account || index) * G and C = a * D, with B the spend key and a the view key. */
function subaddressKeys(
  { privateViewKey, publicSpendKey }: Pick<MoneroKeys, 'privateViewKey' | 'publicSpendKey'>,
  { account, index }: MoneroPlace,
): Pick<MoneroAddress, 'publicSpendKey' | 'publicViewKey'> {
  const place = concat(uint32(account), uint32(index))
  const offset = reduceScalar(keccak_256(concat(utf8('SubAddr\0'), privateViewKey, place)))
  const spend = Point.fromBytes(publicSpendKey).add(Point.BASE.multiply(bytesToNumberLE(offset)))
  const view = spend.multiply(bytesToNumberLE(privateViewKey))
  return { publicSpendKey: spend.toBytes(), publicViewKey: view.toBytes() }
}

/** Writes an address in base58 with four bytes of Keccak-256 as checksum. */
export function formatMoneroAddress(address: MoneroAddress): string {
  const { network, form, publicSpendKey, publicViewKey, paymentId = '' } = address
  const body = concat(Uint8Array.of(TAGS[network][form]), publicSpendKey, publicViewKey, unhex(paymentId))
  return encodeBlocks(concat(body, checksum(body)))
}

/**
 * Reads an address of any network and form.
 * @throws CairnError `address-invalid`
 */
export function parseMoneroAddress(text: string): MoneroAddress {
  const bytes = text.length <= MAX_CHARACTERS ? decodeBlocks(text) : null
  if (!bytes || bytes.length < 1 + CHECKSUM_BYTES) return fail('address-invalid')
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (!equal(bytes.subarray(-CHECKSUM_BYTES), checksum(body))) return fail('address-invalid')
  return readBody(body) ?? fail('address-invalid')
}

function readBody(body: Uint8Array): MoneroAddress | null {
  const kind = kindOf(body[0] as number)
  const idBytes = kind?.form === 'integrated' ? PAYMENT_ID_BYTES : 0
  if (!kind || body.length !== 65 + idBytes) return null
  const [publicSpendKey, publicViewKey] = [body.slice(1, 33), body.slice(33, 65)]
  if (!isPoint(publicSpendKey) || !isPoint(publicViewKey)) return null
  const id = idBytes > 0 ? { paymentId: hex(body.subarray(65)) } : {}
  return { ...kind, publicSpendKey, publicViewKey, ...id }
}

function kindOf(tag: number): Pick<MoneroAddress, 'network' | 'form'> | null {
  const kinds = NETWORKS.flatMap((network) => FORMS.map((form) => ({ network, form })))
  return kinds.find(({ network, form }) => TAGS[network][form] === tag) ?? null
}

function isPoint(bytes: Uint8Array): boolean {
  try {
    Point.fromBytes(bytes)
    return true
  } catch {
    return false
  }
}

function checksum(body: Uint8Array): Uint8Array {
  return keccak_256(body).subarray(0, CHECKSUM_BYTES)
}

function uint32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    fail('usage', { reason: 'the number of a Monero subaddress goes from 0 to 4294967295' })
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
