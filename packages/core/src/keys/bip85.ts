/**
 * BIP-85, version 2.1.0: secrets of other kinds (phrases, keys, passwords, dice) from one master key and a number
 * each, so that one backup brings them all back. https://github.com/bitcoin/bips/blob/master/bip-0085.mediawiki
 *
 *     m / 83696968' / application' / … / index'   ->   HMAC-SHA512(key = "bip-entropy-from-k", message = private key)
 *
 * A child tells nothing of the master or of its brothers. Not here: which indexes were used for what; a list of
 * those has no secret in it and belongs with the backup.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { base64, bech32 } from '@scure/base'
import { hex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { fromEntropy, type StandardLanguage } from '../words/bip39.js'
import { deriveKey, type ExtendedKey, formatExtendedKey } from './bip32.js'
import { base85 } from './bip85/base85.js'
import { drng, rollDice } from './bip85/drng.js'
import { formatRsaPrivateKey, generateRsa } from './bip85/rsa.js'
import { formatPath, HARDENED, type Path } from './path.js'
import { encodeWif } from './wif.js'

/** What to make; `index` counts the children of one kind from 0, of `nostr` from 1. */
export type Bip85Request = { readonly index: number } & (
  | { readonly application: 'bip39'; readonly words: number; readonly language: StandardLanguage }
  | { readonly application: 'wif' | 'xprv' }
  | { readonly application: 'hex'; readonly bytes: number }
  | { readonly application: 'base64' | 'base85'; readonly length: number }
  | { readonly application: 'dice'; readonly sides: number; readonly rolls: number }
  | { readonly application: 'nostr'; readonly identity: number }
  | { readonly application: 'rsa'; readonly bits: number; readonly subkey?: number }
)

export type Bip85Application = Bip85Request['application']

const PURPOSE = 83696968
const LANGUAGES: readonly StandardLanguage[] = [
  'english',
  'japanese',
  'korean',
  'spanish',
  'chinese_simplified',
  'chinese_traditional',
  'french',
  'italian',
  'czech',
  'portuguese',
]

/** RSA takes minutes above this, and dice that nobody writes down fill memory: bounds of ours, not of the BIP. */
const MOST = { rsaBits: 4096, rolls: 10_000 }

/**
 * The child as the application writes it: words, WIF, extended key, hexadecimal, password, rolls with commas,
 * `nsec`, or PEM. A secret.
 * @throws CairnError `usage` for a number out of the application's bounds; `key-hardened` without the private key;
 * `key-invalid` for the one index in 2^127 that gives no key
 */
export function bip85(root: ExtendedKey, request: Bip85Request): string {
  const entropy = bip85Entropy(root, bip85Path(request))
  switch (request.application) {
    case 'bip39':
      return fromEntropy(entropy.subarray(0, (request.words / 3) * 4), request.language)
    case 'wif':
      return encodeWif({ privateKey: validKey(entropy), compressed: true, network: root.network })
    case 'xprv':
      return extendedKey(root, entropy)
    case 'hex':
      return hex(entropy.subarray(0, request.bytes))
    case 'base64':
      return base64.encode(entropy).slice(0, request.length)
    case 'base85':
      return base85(entropy).slice(0, request.length)
    case 'dice':
      return rollDice(drng(entropy), request).join(',')
    case 'nostr':
      return bech32.encodeFromBytes('nsec', validKey(entropy))
    case 'rsa':
      return formatRsaPrivateKey(generateRsa(request.bits, drng(entropy)))
  }
}

/** The 64 bytes that an application starts from. @throws CairnError `key-hardened`, `path-invalid` */
export function bip85Entropy(root: ExtendedKey, path: Path): Uint8Array {
  const { privateKey } = deriveKey(root, path)
  return hmac(sha512, utf8('bip-entropy-from-k'), privateKey ?? fail('key-hardened'))
}

/** As in `m/83696968'/39'/0'/12'/0'`. @throws CairnError `usage` */
export function bip85Path(request: Bip85Request): Path {
  return [PURPOSE, ...steps(request)].map((step) => step + HARDENED)
}

/** The path as text, `m/83696968'/…`. @throws CairnError `usage` */
export function bip85PathText(request: Bip85Request): string {
  return formatPath(bip85Path(request))
}

function steps(request: Bip85Request): readonly number[] {
  const index = within('the index', request.index, 0, HARDENED - 1)
  switch (request.application) {
    case 'bip39':
      return [39, LANGUAGES.indexOf(request.language), wordCount(request.words), index]
    case 'wif':
      return [2, index]
    case 'xprv':
      return [32, index]
    case 'hex':
      return [128169, within('the number of bytes', request.bytes, 16, 64), index]
    case 'base64':
      return [707764, within('the length', request.length, 20, 86), index]
    case 'base85':
      return [707785, within('the length', request.length, 10, 80), index]
    case 'dice':
      return [89101, sides(request.sides), within('the number of rolls', request.rolls, 1, MOST.rolls), index]
    case 'nostr':
      // "Usable signing keys therefore start at identity >= 1' and account_index >= 1'."
      return [128002, namespace(request.identity), within('the index', index, 1, HARDENED - 1)]
    case 'rsa':
      return [828365, rsaBits(request.bits), index, ...subkey(request.subkey)]
  }
}

function namespace(identity: number): number {
  return within('the identity', identity, 1, HARDENED - 1)
}

/** A path has 31 bits for the number of sides, though the BIP speaks of 32. */
function sides(count: number): number {
  return within('the number of sides', count, 2, HARDENED - 1)
}

function subkey(number: number | undefined): readonly number[] {
  return number === undefined ? [] : [within('the number of the subkey', number, 0, HARDENED - 1)]
}

function rsaBits(bits: number): number {
  if (bits % 2 !== 0) fail('usage', { reason: 'the size of an RSA key is even' })
  return within('the size of an RSA key', bits, 1024, MOST.rsaBits)
}

function wordCount(words: number): number {
  return words % 3 === 0 ? within('the number of words', words, 12, 24) : wrong('the number of words', 12, 24)
}

function within(what: string, value: number, least: number, most: number): number {
  return Number.isInteger(value) && value >= least && value <= most ? value : wrong(what, least, most)
}

function wrong(what: string, least: number, most: number): never {
  const steps = what === 'the number of words' ? ' in steps of 3' : ''
  return fail('usage', { reason: `${what} goes from ${least} to ${most}${steps}` })
}

/** "there is a very small chance that you'll make an invalid key […] software should hard fail" */
function validKey(entropy: Uint8Array): Uint8Array {
  const key = entropy.slice(0, 32)
  return secp256k1.utils.isValidSecretKey(key) ? key : fail('key-invalid', { what: 'child key' })
}

/** "the first 32 bytes are the chain code, and the second 32 bytes are the private key" */
function extendedKey(root: ExtendedKey, entropy: Uint8Array): string {
  const privateKey = validKey(entropy.subarray(32))
  return formatExtendedKey({
    network: root.network,
    form: 'plain',
    depth: 0,
    parent: '00000000',
    index: 0,
    chainCode: entropy.slice(0, 32),
    publicKey: secp256k1.getPublicKey(privateKey),
    privateKey,
  })
}
