/**
 * One text with one key in it, of whatever format: told apart by its form, read, and unlocked with its password. Formats
 * are in a table, the most telling ones first. Not wallets with many keys (`wallets/`), not phrases (`words/`).
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hex, unhex, utf8 } from '../bytes.js'
import { fail, isCairnError } from '../errors.js'
import type { Network } from '../types.js'
import { type KeyAddressType, parseAddress } from './address.js'
import { parseExtendedKey } from './bip32.js'
import { decryptBip38, parseBip38 } from './bip38.js'
import { orNull } from './bitcoin-forms.js'
import { type Coin, decodeCoinWif } from './coins.js'
import { parseDescriptor, policyToDescriptor } from './descriptor.js'
import { openBlsKeystore, parseBlsKeystore } from './eip2335.js'
import { ethereumAddress, parseEthereumAddress } from './ethereum.js'
import { parseJsonObject } from './json-fields.js'
import { openKeystore, parseKeystore } from './keystore.js'
import { type Home, type Material, singleMaterial } from './material.js'
import { decodeMiniKey, isMiniKey } from './mini-key.js'
import { moneroKeyPairs, moneroKeys } from './monero.js'
import type { KeyNetwork } from './network.js'
import { openPem, type PemPrivateKey, parsePem } from './pem.js'
import { openPresale, parsePresale } from './presale.js'
import type { AccountChain } from './row.js'
import { parseSolanaBase58, parseSolanaId } from './solana-keypair.js'
import { isPrivateKey } from './wif.js'

export type KeyFormat =
  | 'wif'
  | 'electrum'
  | 'hex'
  | 'mini'
  | 'bip38'
  | 'xprv'
  | 'xpub'
  | 'descriptor'
  | 'policy'
  | 'keystore-v1'
  | 'keystore-v3'
  | 'presale'
  | 'eip2335'
  | 'solana-id'
  | 'solana-base58'
  | 'monero'
  | 'pem'
  | 'public-key'
  | 'address'

export interface KeyFile {
  readonly format: KeyFormat
  readonly encrypted: boolean
  readonly home: Home
  readonly compressed?: boolean
  /** The kind of its address, where the text says it. */
  readonly type?: KeyAddressType
  /** Null while only the password would tell. */
  readonly material: Material | null
  /** An address or a public key that an encrypted file names in the open, unchecked. */
  readonly stated?: { readonly address?: string; readonly public?: string }
  /** What else it tells, such as a lot number, for people. */
  readonly details: readonly (readonly [string, string])[]
  /** Null when it is not encrypted. @throws CairnError `key-password`, `wallet-password`. */
  readonly unlock: ((password: string) => Promise<Opened>) | null
}

export interface Opened {
  readonly material: Material
  readonly home: Home
}

/** Far above any format; wallets are larger. */
export const MAX_KEY_FILE = 65_536

interface Reader {
  readonly matches: (text: string) => boolean
  readonly read: (text: string) => KeyFile
}

/**
 * Reads a key. Nothing slow is done before `unlock`.
 * @throws CairnError `key-unreadable` for what is no key, and what the format's own reader throws.
 */
export function readKey(text: string): KeyFile {
  const trimmed = text.trim()
  if (trimmed.length > MAX_KEY_FILE) return fail('key-unreadable')
  const reader = READERS.find(({ matches }) => matches(trimmed))
  return reader ? reader.read(trimmed) : fail('key-unreadable')
}

const BASE58 = '[1-9A-HJ-NP-Za-km-z]'
const HEX64 = '(?:0x)?[0-9a-fA-F]{64}'

const READERS: readonly Reader[] = [
  { matches: (text) => text.startsWith('-----BEGIN '), read: readPem },
  { matches: (text) => text.startsWith('{'), read: readJson },
  {
    matches: (text) => text.startsWith('['),
    read: (text) => ed25519File('solana-id', parseSolanaId(text).seed),
  },
  form(`6P${BASE58}{56}`, readBip38),
  form(`[xyztuvYZUV](?:prv|pub)${BASE58}{107}`, readExtended),
  {
    matches: isMiniKey,
    read: (text) => single('mini', decodeMiniKey(text).privateKey, { compressed: false }),
  },
  form(`(?:p2pkh|p2wpkh|p2wpkh-p2sh):${BASE58}{51,52}`, readElectrum),
  form(`[1-9A-HJ-NP-Za-km-z]{51,52}`, readWif),
  form(`0x[0-9a-fA-F]{64}`, (text) => readHex(text.slice(2), 'ethereum')),
  form(`[0-9a-fA-F]{64}`, (text) => readHex(text, null)),
  form(`(?:spend\\s*(?:key)?\\s*:?\\s*)?${HEX64}\\s+(?:view\\s*(?:key)?\\s*:?\\s*)?${HEX64}`, readMonero),
  form(`(?:0[23][0-9a-fA-F]{64}|04[0-9a-fA-F]{128})`, readPublicKey),
  form(`${BASE58}{64,90}`, (text) => ed25519File('solana-base58', parseSolanaBase58(text).seed)),
  form(`[a-z_]+\\(\\S+\\)(?:\\?[a-z0-9=&]*)?(?:#\\S*)?`, readDescriptor),
  { matches: () => true, read: readAddress },
]

function form(pattern: string, read: Reader['read']): Reader {
  const whole = new RegExp(`^${pattern}$`, 'i')
  return { matches: (text) => whole.test(text), read }
}

const MAINNET: Home = { chain: 'bitcoin', network: 'mainnet' }

interface SingleOptions {
  readonly compressed?: boolean
  readonly home?: Home
}

function single(format: KeyFormat, privateKey: Uint8Array, options: SingleOptions = {}): KeyFile {
  const { compressed = true, home = MAINNET } = options
  const material = singleMaterial('secp256k1', privateKey, { compressed })
  return plainFile(format, { material, home, compressed })
}

function plainFile(
  format: KeyFormat,
  { material, home, compressed }: Opened & { readonly compressed?: boolean },
): KeyFile {
  const shape = compressed === undefined ? {} : { compressed }
  return { format, encrypted: false, home, ...shape, material, details: [], unlock: null }
}

function readWif(text: string): KeyFile {
  const { key, coins } = decodeCoinWif(text)
  const file = single('wif', key.privateKey, { ...key, home: homeOf(coins[0] as Coin) })
  const others = coins.slice(1).map(({ chain }) => chain)
  return others.length === 0 ? file : { ...file, details: [['could also be of', others.join(', ')]] }
}

function homeOf({ chain, keys }: Pick<Coin, 'chain' | 'keys'>): Home {
  return { chain, network: networkOf(keys) }
}

function networkOf(keys: KeyNetwork): Network {
  return keys === 'mainnet' ? 'mainnet' : 'testnet'
}

/** Electrum writes the script type before a key (electrum/bitcoin.py, `serialize_privkey`). */
function readElectrum(text: string): KeyFile {
  const [type = '', wif = ''] = text.split(':')
  const file = readWif(wif)
  return { ...file, format: 'electrum', type: ELECTRUM_TYPES[type.toLowerCase()] ?? 'p2pkh', details: [] }
}

const ELECTRUM_TYPES: Readonly<Record<string, KeyAddressType>> = {
  p2pkh: 'p2pkh',
  p2wpkh: 'p2wpkh',
  'p2wpkh-p2sh': 'p2sh-p2wpkh',
}

function readHex(digits: string, chain: AccountChain | null): KeyFile {
  const bytes = unhex(digits)
  if (!isPrivateKey(bytes)) return fail('key-invalid', { what: 'private key' })
  return single('hex', bytes, { home: { chain, network: 'mainnet' } })
}

function readPublicKey(text: string): KeyFile {
  const publicKey = unhex(text)
  if (!secp256k1.utils.isValidPublicKey(publicKey)) return fail('key-invalid', { what: 'public key' })
  const compressed = publicKey.length === 33
  const material = { kind: 'single', curve: 'secp256k1', privateKey: null, publicKey, compressed } as const
  return plainFile('public-key', { material, home: { chain: null, network: 'mainnet' }, compressed })
}

function readBip38(text: string): KeyFile {
  const parsed = parseBip38(text)
  const lot = parsed.mode === 'multiplied' ? parsed.lot : null
  return {
    format: 'bip38',
    encrypted: true,
    home: MAINNET,
    compressed: parsed.compressed,
    material: null,
    details: [
      ['made', parsed.mode === 'known' ? 'of a known key' : 'by somebody else, from an intermediate code'],
      ...(lot ? [['lot and sequence', `${lot.lot}/${lot.sequence}`] as const] : []),
    ],
    unlock: async (password) => {
      const { key, coin } = await decryptBip38(parsed, password)
      return { material: singleMaterial('secp256k1', key.privateKey, key), home: homeOf(coin) }
    },
  }
}

function readExtended(text: string): KeyFile {
  const extended = parseExtendedKey(text)
  const home = { chain: 'bitcoin', network: networkOf(extended.network) } as const
  const file = plainFile(extended.privateKey ? 'xprv' : 'xpub', {
    material: { kind: 'extended', extended },
    home,
  })
  return { ...file, details: [['depth', `${extended.depth}`]] }
}

function readDescriptor(text: string): KeyFile {
  const descriptor = parseDescriptor(text)
  const { script } = descriptor
  const known = script.type === 'addr' ? script.address.networks[0] : undefined
  const network = known ?? networkOf(descriptor.network ?? 'mainnet')
  const file = plainFile('descriptor', {
    material: { kind: 'descriptor', descriptor },
    home: { chain: 'bitcoin', network },
  })
  return { ...file, details: descriptor.annotations.map(({ key, value }) => [NOTES[key] ?? key, value]) }
}

/** BIP-393. */
const NOTES: Readonly<Record<string, string>> = {
  bh: 'first block to look at',
  gl: 'unused addresses to look past',
  ml: 'highest label',
}

function readJson(text: string): KeyFile {
  const bytes = utf8(text)
  const fields = parseJsonObject(bytes, () => fail('key-unreadable'))
  if ('encseed' in fields) return readPresale(bytes)
  const template = fields.descriptor_template ?? fields.template
  if (typeof template === 'string') return readPolicy(template, fields.keys_info ?? fields.keys)
  if (!('crypto' in fields)) return fail('key-unreadable')
  return Number(fields.version) === 4 ? readBls(bytes) : readKeystore(bytes)
}

const ETHEREUM: Home = { chain: 'ethereum', network: 'mainnet' }

function readKeystore(bytes: Uint8Array): KeyFile {
  const keystore = parseKeystore(bytes)
  const { address, cost } = keystore
  return {
    format: keystore.version === 3 ? 'keystore-v3' : 'keystore-v1',
    encrypted: true,
    home: ETHEREUM,
    material: null,
    ...(address === null ? {} : { stated: { address } }),
    details: [['key derivation', cost.kdf]],
    unlock: async (password) => ethereumKey(await openKeystore(keystore, password), address),
  }
}

function readPresale(bytes: Uint8Array): KeyFile {
  const presale = parsePresale(bytes)
  return {
    format: 'presale',
    encrypted: true,
    home: ETHEREUM,
    material: null,
    stated: { address: presale.address },
    details: [],
    unlock: async (password) => ethereumKey(await openPresale(presale, password), presale.address),
  }
}

function ethereumKey(key: Uint8Array, stated: string | null): Opened {
  const isKey = isPrivateKey(key)
  const material = isKey ? singleMaterial('secp256k1', key) : null
  const isStated = stated === null || (material && ethereumAddress(material.publicKey) === stated)
  if (!material) return fail('key-damaged', { what: 'keystore', reason: 'what it holds is no private key' })
  return isStated
    ? { material, home: ETHEREUM }
    : fail('key-damaged', { what: 'keystore', reason: 'its key leads to another address' })
}

function readBls(bytes: Uint8Array): KeyFile {
  const keystore = parseBlsKeystore(bytes)
  const { publicKey, path } = keystore
  return {
    format: 'eip2335',
    encrypted: true,
    home: ETHEREUM,
    material: null,
    ...(publicKey === null ? {} : { stated: { public: hex(publicKey) } }),
    details: path === '' ? [] : [['path', path]],
    unlock: async (password) => {
      const key = await openBlsKeystore(keystore, password)
      return { material: singleMaterial('bls12-381', key), home: ETHEREUM }
    },
  }
}

function readPolicy(template: string, keys: unknown): KeyFile {
  const isList = Array.isArray(keys) && keys.every((key) => typeof key === 'string')
  if (!isList) return fail('descriptor-invalid', { reason: 'a wallet policy needs a list of keys' })
  const descriptor = policyToDescriptor({ template, keys })
  const home = { chain: 'bitcoin', network: networkOf(descriptor.network ?? 'mainnet') } as const
  return plainFile('policy', { material: { kind: 'descriptor', descriptor }, home })
}

function readPem(text: string): KeyFile {
  const pem = parsePem(text)
  if (pem.kind === 'private') return plainFile('pem', pemKey(pem.key))
  const home = { chain: null, network: 'mainnet' } as const
  if (pem.kind === 'public') {
    const material = { kind: 'single', ...pem.key, privateKey: null, compressed: true } as const
    return plainFile('pem', { material, home })
  }
  const unlock = async (password: string) => pemKey(await openPem(pem.sealed, password))
  return { format: 'pem', encrypted: true, home, material: null, details: [], unlock }
}

function pemKey({ curve, privateKey }: PemPrivateKey): Opened {
  return { material: singleMaterial(curve, privateKey), home: { chain: null, network: 'mainnet' } }
}

function ed25519File(format: KeyFormat, seed: Uint8Array): KeyFile {
  return plainFile(format, {
    material: singleMaterial('ed25519', seed),
    home: { chain: 'solana', network: 'mainnet' },
  })
}

/** The spend key, then the view key, which most wallets make of it: the other order is told apart by that. */
function readMonero(text: string): KeyFile {
  const [first, second] = (text.match(/[0-9a-fA-F]{64}/g) as string[]).map(unhex) as [Uint8Array, Uint8Array]
  const isSwapped = !derives(first, second) && derives(second, first)
  const keys = isSwapped ? moneroKeyPairs(second, first) : moneroKeyPairs(first, second)
  const material = { kind: 'monero', keys } as const
  return plainFile('monero', { material, home: { chain: 'monero', network: 'mainnet' } })
}

function derives(spend: Uint8Array, view: Uint8Array): boolean {
  const keys = orNull(() => moneroKeys(spend))
  return keys !== null && hex(keys.privateViewKey) === hex(view) && hex(keys.privateSpendKey) === hex(spend)
}

function readAddress(text: string): KeyFile {
  const bitcoin = orNull(() => parseAddress(text))
  if (bitcoin) {
    const network = bitcoin.networks[0] as Network
    const material = { kind: 'address', address: bitcoin.address } as const
    return plainFile('address', { material, home: { chain: 'bitcoin', network } })
  }
  try {
    const material = { kind: 'address', address: parseEthereumAddress(text) } as const
    return plainFile('address', { material, home: ETHEREUM })
  } catch (error) {
    if (isCairnError(error)) return fail('key-unreadable')
    throw error
  }
}
