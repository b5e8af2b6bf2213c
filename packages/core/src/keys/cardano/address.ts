/**
 * Cardano addresses, CIP-19 (https://cips.cardano.org/cip/CIP-19): those of Shelley in bech32 (base, enterprise, stake)
 * and those of Byron in base58 of CBOR, without a derivation path as Icarus makes them or with an encrypted one as
 * Daedalus did. Made of keys; scripts, pointers and redemption keys are read, not made.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { sha3_256 } from '@noble/hashes/sha3.js'
import { base58, bech32 } from '@scure/base'
import { concat, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'
import { crc32 } from '../../words/crc32.js'
import {
  type Cbor,
  type CborMap,
  decodeCbor,
  encodeCbor,
  isList,
  isMap,
  isTagged,
} from '../../words/ur/cbor.js'
import type { Path } from '../path.js'
import type { CardanoPublicKey } from './ed25519-bip32.js'

/** All test networks write alike in Shelley; in Byron the one that is made here is preprod. */
export type CardanoNetwork = 'mainnet' | 'testnet'

export interface CardanoAddress {
  readonly era: 'byron' | 'shelley'
  readonly network: CardanoNetwork
}

const HASH_BYTES = 28
const NETWORK_TAGS = { testnet: 0, mainnet: 1 } as const
const PREPROD_MAGIC = 1
const ENCODED_CBOR = 24 // RFC 8949, 3.4.5.1
const MAX_CHARACTERS = 256

/** Header types 0, 6 and 14: of the payment key and the stake key, of the payment key alone, of the stake key. */
export function baseAddress(payment: Uint8Array, stake: Uint8Array, network: CardanoNetwork): string {
  return shelley('addr', 0, concat(keyHash(payment), keyHash(stake)), network)
}

export function enterpriseAddress(payment: Uint8Array, network: CardanoNetwork): string {
  return shelley('addr', 6, keyHash(payment), network)
}

export function stakeAddress(stake: Uint8Array, network: CardanoNetwork): string {
  return shelley('stake', 14, keyHash(stake), network)
}

/** `Ae2…`: the key and its chain code are hashed; `attributes` has the encrypted path of a random wallet. */
export function byronAddress(
  { publicKey, chainCode }: CardanoPublicKey,
  network: CardanoNetwork,
  encryptedPath?: Uint8Array,
): string {
  const attributes = new Map<number, Cbor>()
  if (encryptedPath) attributes.set(1, encodeCbor(encryptedPath))
  if (network === 'testnet') attributes.set(2, encodeCbor(PREPROD_MAGIC))
  const type = 0
  const root = encodeCbor([type, [0, concat(publicKey, chainCode)], attributes])
  const payload = encodeCbor([blake2b(sha3_256(root), { dkLen: HASH_BYTES }), attributes, type])
  return base58.encode(encodeCbor([{ tag: ENCODED_CBOR, value: payload }, crc32(payload)]))
}

/** The key that encrypts the paths in the addresses of a random wallet, from its master public key. */
export function byronPathKey({ publicKey, chainCode }: CardanoPublicKey): Uint8Array {
  const salt = utf8('address-hashing')
  return pbkdf2(sha512, concat(publicKey, chainCode), salt, { c: 500, dkLen: 32 })
}

const PATH_NONCE = utf8('serokellfore')

/** CBOR array of indefinite length: the wallet backend wrote it so, and it is hashed. */
export function encryptByronPath(path: Path, key: Uint8Array): Uint8Array {
  const plain = concat(Uint8Array.of(0x9f), ...path.map(encodeCbor), Uint8Array.of(0xff))
  return chacha20poly1305(key, PATH_NONCE).encrypt(plain)
}

/**
 * The path of an address of the random wallet with this key: its addresses cannot be listed, since their numbers were
 * drawn at random, but each tells its own. Null when the address belongs to another wallet or has no path.
 * @throws CairnError `address-invalid`
 */
export function byronPathOf(address: string, key: Uint8Array): Path | null {
  const attributes = readByron(address) ?? fail('address-invalid')
  const encoded = attributes.get(1)
  const encrypted = encoded instanceof Uint8Array ? decodeCbor(encoded) : null
  if (!(encrypted instanceof Uint8Array)) return null
  try {
    const plain = chacha20poly1305(key, PATH_NONCE).decrypt(encrypted)
    // Two numbers and no more: the array of indefinite length is read as one of two.
    const path = decodeCbor(concat(Uint8Array.of(0x82), plain.subarray(1, -1)))
    return isList(path) && path.every((step) => typeof step === 'number') ? path : null
  } catch {
    return null
  }
}

/**
 * Reads an address of either era.
 * @throws CairnError `address-invalid`
 */
export function parseCardanoAddress(text: string): CardanoAddress {
  return (
    (text.length <= MAX_CHARACTERS && (readShelley(text) ?? readByronNetwork(text))) ||
    fail('address-invalid')
  )
}

function shelley(name: 'addr' | 'stake', type: number, hashes: Uint8Array, network: CardanoNetwork): string {
  const bytes = concat(Uint8Array.of((type << 4) | NETWORK_TAGS[network]), hashes)
  return bech32.encode(network === 'mainnet' ? name : `${name}_test`, bech32.toWords(bytes), false)
}

/** blake2b-224 of a verification key. */
function keyHash(publicKey: Uint8Array): Uint8Array {
  return blake2b(publicKey, { dkLen: HASH_BYTES })
}

function readShelley(text: string): CardanoAddress | null {
  const decoded = bech32.decodeUnsafe(text, false)
  const bytes = decoded && bech32.fromWordsUnsafe(decoded.words)
  if (!decoded || !bytes) return null
  const [header = 0] = bytes
  const network = (['testnet', 'mainnet'] as const)[header & 15]
  const name = header >> 4 >= 14 ? 'stake' : 'addr'
  if (!network || !hasLength(header >> 4, bytes.length)) return null
  return decoded.prefix === (network === 'mainnet' ? name : `${name}_test`)
    ? { era: 'shelley', network }
    : null
}

/** By the header type: two hashes, a hash and a pointer of three numbers, or one hash. */
function hasLength(type: number, length: number): boolean {
  if (type <= 3) return length === 1 + 2 * HASH_BYTES
  if (type <= 5) return length >= 1 + HASH_BYTES + 3 && length <= 1 + HASH_BYTES + 30
  return length === 1 + HASH_BYTES && [6, 7, 14, 15].includes(type)
}

function readByronNetwork(text: string): CardanoAddress | null {
  const attributes = readByron(text)
  return attributes && { era: 'byron', network: attributes.has(2) ? 'testnet' : 'mainnet' }
}

/** The attributes of an address whose checksum is right, else null. */
function readByron(text: string): CborMap | null {
  if (text.length > MAX_CHARACTERS || !/^[1-9A-HJ-NP-Za-km-z]+$/.test(text)) return null
  const item = decodeCbor(base58.decode(text))
  if (!isList(item) || item.length !== 2 || !isTagged(item[0]) || item[0].tag !== ENCODED_CBOR) return null
  const { value } = item[0]
  if (!(value instanceof Uint8Array) || crc32(value) !== item[1]) return null
  const payload = decodeCbor(value)
  if (!isList(payload) || payload.length !== 3) return null
  const [hash, attributes] = payload
  return hash instanceof Uint8Array && hash.length === HASH_BYTES && isMap(attributes) ? attributes : null
}
