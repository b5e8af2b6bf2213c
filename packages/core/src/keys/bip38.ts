/**
 * BIP-38: one private key under a passphrase, 58 symbols of Base58Check from `6P` on. Known keys are encrypted and
 * decrypted; keys that somebody else made from an intermediate code ("EC multiply mode") are decrypted only. The hash
 * of the address in it tells a wrong passphrase, and by the spelling of the address the coin. Not intermediate codes.
 */
import { ecb } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { concat, equal, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { isWellFormed } from '../words/text.js'
import { decodeBase58Check, encodeBase58Check } from './base58check.js'
import { COINS, type Coin, coinAddress } from './coins.js'
import { hash256 } from './hash.js'
import { publicKeyOf, type SingleKey } from './wif.js'

export type Bip38 = KnownKey | MultipliedKey

interface Common {
  readonly compressed: boolean
  /** The first four bytes of HASH256 of the address: salt, and check of the passphrase. */
  readonly addressHash: Uint8Array
}

/** "Encryption when EC multiply flag is not used". */
export interface KnownKey extends Common {
  readonly mode: 'known'
  /** 32 bytes. */
  readonly halves: Uint8Array
}

/** "Encryption when EC multiply mode is used". */
export interface MultipliedKey extends Common {
  readonly mode: 'multiplied'
  /** 8 bytes: a salt, or a salt of 4 and the lot and sequence. */
  readonly ownerEntropy: Uint8Array
  readonly lot: Lot | null
  /** The first 8 bytes of part 1, and part 2 of 16. */
  readonly part1: Uint8Array
  readonly part2: Uint8Array
}

export interface Lot {
  readonly lot: number
  readonly sequence: number
}

/** What comes out: the key, and the coin whose address it names. */
export interface Decrypted {
  readonly key: SingleKey
  readonly coin: Coin
}

// "The following prefixes": 0x0142 and 0x0143, then the flags; all other bits are reserved and must be 0.
const PREFIX = { known: 0x0142, multiplied: 0x0143 } as const
const FLAGS = { known: 0xc0, compressed: 0x20, lot: 0x04 } as const
const { Point } = secp256k1

/** Reads one without its passphrase. @throws CairnError `key-invalid`. */
export function parseBip38(text: string): Bip38 {
  const bytes = decodeBase58Check(text)
  if (bytes?.length !== 39) return invalid()
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [prefix, flags] = [view.getUint16(0), view.getUint8(2)]
  const common = { compressed: (flags & FLAGS.compressed) !== 0, addressHash: bytes.slice(3, 7) }
  if (prefix === PREFIX.known && (flags & ~FLAGS.compressed) === FLAGS.known) {
    return { ...common, mode: 'known', halves: bytes.slice(7) }
  }
  if (prefix !== PREFIX.multiplied || (flags & ~(FLAGS.compressed | FLAGS.lot)) !== 0) return invalid()
  const number = view.getUint32(11)
  return {
    ...common,
    mode: 'multiplied',
    ownerEntropy: bytes.slice(7, 15),
    lot: flags & FLAGS.lot ? { lot: number >>> 12, sequence: number & 0xfff } : null,
    part1: bytes.slice(15, 23),
    part2: bytes.slice(23),
  }
}

/**
 * Decrypts in about half a second.
 * @throws CairnError `key-password` for a wrong passphrase, `passphrase-text`.
 */
export async function decryptBip38(encrypted: Bip38, passphrase: string): Promise<Decrypted> {
  const password = passphraseBytes(passphrase)
  const decrypt = encrypted.mode === 'known' ? decryptKnown : decryptMultiplied
  const privateKey = await decrypt(encrypted as KnownKey & MultipliedKey, password)
  const { compressed, addressHash } = encrypted
  if (!privateKey || !secp256k1.utils.isValidSecretKey(privateKey)) return wrongPassphrase()
  const publicKey = publicKeyOf({ privateKey, compressed })
  const coin = COINS.find((coin) => equal(hashOfAddress(publicKey, coin), addressHash))
  if (!coin) return wrongPassphrase()
  return { key: { privateKey, compressed, network: coin.keys }, coin }
}

/**
 * Encrypts a known key in about half a second. The result tells the first 32 bits of the hash of its address.
 * @throws CairnError `passphrase-text`.
 */
export async function encryptBip38(key: SingleKey, passphrase: string, coin?: Coin): Promise<string> {
  const { privateKey, compressed, network } = key
  const password = passphraseBytes(passphrase)
  const named = coin ?? (COINS.find(({ keys }) => keys === network) as Coin)
  const addressHash = hashOfAddress(publicKeyOf(key), named)
  const derived = await stretch(password, addressHash)
  const halves = aes(derived).encrypt(xor(privateKey, derived))
  wipe(derived)
  const flags = FLAGS.known | (compressed ? FLAGS.compressed : 0)
  return encodeBase58Check(concat(Uint8Array.of(0x01, 0x42, flags), addressHash, halves))
}

async function decryptKnown({ addressHash, halves }: KnownKey, password: Uint8Array): Promise<Uint8Array> {
  const derived = await stretch(password, addressHash)
  return xor(aes(derived).decrypt(halves), derived)
}

/** "Decryption" of EC multiply mode; null when the passphrase leads to no point of the curve. */
async function decryptMultiplied(key: MultipliedKey, password: Uint8Array): Promise<Uint8Array | null> {
  const { addressHash, ownerEntropy, part1, part2 } = key
  const passfactor = await passfactorOf(key, password)
  if (!secp256k1.utils.isValidSecretKey(passfactor)) return null
  const passpoint = secp256k1.getPublicKey(passfactor, true)
  const cost = { N: 1024, r: 1, p: 1, dkLen: 64 }
  const derived = await scryptAsync(passpoint, concat(addressHash, ownerEntropy), cost)
  const second = xor(aes(derived).decrypt(part2), derived.subarray(16))
  const first = xor(aes(derived).decrypt(concat(part1, second.subarray(0, 8))), derived)
  const factorb = hash256(concat(first, second.subarray(8)))
  const { Fn } = Point
  return Fn.toBytes(Fn.mul(Fn.fromBytes(passfactor), Fn.create(Fn.fromBytes(factorb, true))))
}

async function passfactorOf({ ownerEntropy, lot }: MultipliedKey, password: Uint8Array): Promise<Uint8Array> {
  const salt = lot ? ownerEntropy.subarray(0, 4) : ownerEntropy
  const prefactor = await scryptAsync(password, salt, { N: 16_384, r: 8, p: 8, dkLen: 32 })
  return lot ? hash256(concat(prefactor, ownerEntropy)) : prefactor
}

/** Two halves of 32 bytes: a pad, and a key of AES-256. */
function stretch(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return scryptAsync(password, salt, { N: 16_384, r: 8, p: 8, dkLen: 64 })
}

/** "the simple form of the AES block cipher without consideration for initialization vectors or block chaining" */
function aes(derived: Uint8Array): {
  encrypt(block: Uint8Array): Uint8Array
  decrypt(block: Uint8Array): Uint8Array
} {
  return ecb(derived.subarray(32, 64), { disablePadding: true })
}

function xor(bytes: Uint8Array, pad: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => byte ^ (pad[i] as number))
}

function hashOfAddress(publicKey: Uint8Array, coin: Coin): Uint8Array {
  return hash256(utf8(coinAddress(coin, publicKey))).subarray(0, 4)
}

/** "encoded in UTF-8 and normalized using Unicode Normalization Form C". */
function passphraseBytes(passphrase: string): Uint8Array {
  return isWellFormed(passphrase) ? utf8(passphrase.normalize('NFC')) : fail('passphrase-text')
}

const WHAT = 'encrypted private key (BIP-38)'

function invalid(): never {
  return fail('key-invalid', { what: WHAT })
}

function wrongPassphrase(): never {
  return fail('key-password', { what: WHAT })
}
