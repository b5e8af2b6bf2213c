/**
 * A key in another format: encrypted ones under a password, plain ones for who asked for them, public ones. What cannot
 * be written so is refused with the reason. Formats themselves are in their own files.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import type { KeyAddressType } from './address.js'
import { type ExtendedKey, fingerprint, formatExtendedKey, type KeyForm, neuter } from './bip32.js'
import { encryptBip38 } from './bip38.js'
import { COINS, type Coin, encodeCoinWif } from './coins.js'
import { addChecksum, formatDescriptor, toPublic } from './descriptor.js'
import { sealBlsKeystore } from './eip2335.js'
import { PBKDF2_COST } from './kdf-cost.js'
import { sealKeystore } from './keystore.js'
import { type Home, isSpendable, type Material, type SingleMaterial } from './material.js'
import { formatPem, formatSealedPem, type PemCurve } from './pem.js'
import { formatSolanaBase58, formatSolanaId } from './solana-keypair.js'
import { encodeWif, type SingleKey } from './wif.js'

export const ENCRYPTED_FORMATS = ['bip38', 'keystore', 'keystore-pbkdf2', 'eip2335', 'pem'] as const
export const PLAIN_FORMATS = [
  'wif',
  'hex',
  'electrum',
  'xprv',
  'yprv',
  'zprv',
  'descriptor-private',
  'solana-id',
  'solana-base58',
  'monero',
  'pem-plain',
] as const
export const PUBLIC_FORMATS = ['public', 'xpub', 'ypub', 'zpub', 'descriptor'] as const

export type WrittenFormat =
  | (typeof ENCRYPTED_FORMATS)[number]
  | (typeof PLAIN_FORMATS)[number]
  | (typeof PUBLIC_FORMATS)[number]

export type Secrecy = 'encrypted' | 'plain' | 'public'

/** Whether a format is encrypted, a plain secret, or public. */
export function secrecyOf(format: WrittenFormat): Secrecy {
  if ((ENCRYPTED_FORMATS as readonly string[]).includes(format)) return 'encrypted'
  return (PLAIN_FORMATS as readonly string[]).includes(format) ? 'plain' : 'public'
}

/** The place of a key below its master key, which descriptors tell: `m/84'/0'/0'` as steps, and who the master is. */
export interface Origin {
  readonly fingerprint: string
  /** Such as `84h/0h/0h`. */
  readonly path: string
}

export interface Writing {
  readonly material: Material
  readonly home: Home
  readonly format: WrittenFormat
  /** Of an encrypted format. */
  readonly password?: string
  readonly origin?: Origin
  /** EIP-2334; empty when the key was not derived. */
  readonly path?: string
  /** Of the addresses of a single key: `p2wpkh` unless said. */
  readonly type?: KeyAddressType
}

/** The encrypted format that programs of this kind of key read, or null where there is none. */
export function usualFormat(material: Material, { chain }: Home): WrittenFormat | null {
  if (material.kind !== 'single') return null
  if (material.curve === 'bls12-381') return 'eip2335'
  if (material.curve !== 'secp256k1') return 'pem'
  if (chain === null || coinOf({ chain, network: 'mainnet' })) return 'bip38'
  return 'keystore'
}

/**
 * A key in another format.
 * @throws CairnError `key-public` for a private format of a public key, `key-conversion` for what has no such form.
 */
export async function writeKey(writing: Writing): Promise<string> {
  const { material, format, password = '' } = writing
  if (secrecyOf(format) !== 'public' && !isSpendable(material)) return fail('key-public', { what: 'key' })
  switch (format) {
    case 'bip38':
      return encryptBip38(secpKey(writing), password, coinOf(writing.home) ?? undefined)
    case 'keystore':
      return sealKeystore(secpKey(writing).privateKey, password)
    case 'keystore-pbkdf2':
      return sealKeystore(secpKey(writing).privateKey, password, { cost: PBKDF2_COST })
    case 'eip2335':
      return sealBlsKeystore(blsKey(writing), password, { path: writing.path ?? '' })
    case 'pem':
      return formatSealedPem(pemKey(writing), password)
    default:
      return writePlain(writing)
  }
}

function writePlain(writing: Writing): string {
  const { format, home } = writing
  switch (format) {
    case 'wif':
      return encodeCoinWif(secpKey(writing), coinOf(home) ?? bitcoinOf(home))
    case 'electrum':
      return formatElectrum(writing)
    case 'hex':
      return hex(singleKey(writing).privateKey as Uint8Array)
    case 'pem-plain':
      return formatPem(pemKey(writing))
    case 'solana-id':
      return formatSolanaId(ed25519Pair(writing))
    case 'solana-base58':
      return formatSolanaBase58(ed25519Pair(writing))
    case 'monero':
      return formatMonero(writing)
    default:
      return writePublic(writing)
  }
}

/** Extended keys and descriptors, which may be either. */
function writePublic(writing: Writing): string {
  const { format, material } = writing
  if (format === 'public') return publicText(writing)
  if (format === 'descriptor') return formatPublicDescriptor(writing)
  if (format === 'descriptor-private') return formatPrivateDescriptor(writing)
  const [letter, isPublic] = [format[0], format.endsWith('pub')]
  if (material.kind !== 'extended') return refuse(writing, 'it is no extended key')
  const key = isPublic ? neuter(material.extended) : material.extended
  return formatExtendedKey(key, { form: FORMS[letter as keyof typeof FORMS] })
}

const FORMS = { x: 'plain', y: 'p2sh-p2wpkh', z: 'p2wpkh' } as const satisfies Record<string, KeyForm>

function publicText({ material }: Writing): string {
  if (material.kind === 'single') return hex(material.publicKey)
  if (material.kind === 'extended') return formatExtendedKey(neuter(material.extended))
  if (material.kind === 'descriptor') return formatDescriptor(toPublic(material.descriptor))
  if (material.kind === 'address') return material.address
  return `${hex(material.keys.publicSpendKey)} ${hex(material.keys.publicViewKey)}`
}

const AROUND: Readonly<Record<KeyAddressType, readonly [string, string]>> = {
  p2pkh: ['pkh(', ')'],
  'p2sh-p2wpkh': ['sh(wpkh(', '))'],
  p2wpkh: ['wpkh(', ')'],
  p2tr: ['tr(', ')'],
}

function formatPublicDescriptor(writing: Writing): string {
  const { material } = writing
  if (material.kind === 'descriptor') return formatDescriptor(toPublic(material.descriptor))
  if (material.kind === 'address') return addChecksum(`addr(${bitcoinAddress(writing)})`)
  if (material.kind === 'extended') return around(writing, extendedText(writing, neuter(material.extended)))
  return around(writing, hex(secpMaterial(writing).publicKey))
}

function formatPrivateDescriptor(writing: Writing): string {
  const { material } = writing
  if (material.kind === 'descriptor') return formatDescriptor(material.descriptor)
  if (material.kind === 'extended') return around(writing, extendedText(writing, material.extended))
  return around(writing, encodeWif(secpKey(writing)))
}

function extendedText({ origin }: Writing, key: ExtendedKey): string {
  const own = key.depth === 0 ? { fingerprint: fingerprint(key), path: '' } : null
  const { fingerprint: master, path } = origin ?? own ?? { fingerprint: '', path: '' }
  const head = master === '' || key.depth === 0 ? '' : `[${[master, path].filter(Boolean).join('/')}]`
  return `${head}${formatExtendedKey(key)}/<0;1>/*`
}

function around(writing: Writing, key: string): string {
  const { material, type } = writing
  const compressed = material.kind !== 'single' || material.compressed
  const promised = material.kind === 'extended' ? PROMISED[material.extended.form] : undefined
  const kind = type ?? promised ?? (compressed ? 'p2wpkh' : 'p2pkh')
  if (!compressed && kind !== 'p2pkh') return refuse(writing, 'an uncompressed key has p2pkh addresses only')
  const [before, behind] = AROUND[kind]
  return addChecksum(`${before}${key}${behind}`)
}

const PROMISED: Partial<Record<KeyForm, KeyAddressType>> = { 'p2sh-p2wpkh': 'p2sh-p2wpkh', p2wpkh: 'p2wpkh' }

/** Electrum names the script before the key; without a name it takes p2pkh. */
function formatElectrum(writing: Writing): string {
  const { type = 'p2wpkh' } = writing
  const key = secpKey(writing)
  const name = ELECTRUM[key.compressed ? type : 'p2pkh']
  return name ? `${name}:${encodeWif(key)}` : refuse(writing, 'Electrum imports no taproot keys')
}

const ELECTRUM: Partial<Record<KeyAddressType, string>> = {
  p2pkh: 'p2pkh',
  p2wpkh: 'p2wpkh',
  'p2sh-p2wpkh': 'p2wpkh-p2sh',
}

function formatMonero(writing: Writing): string {
  const { material } = writing
  if (material.kind !== 'monero') return refuse(writing, 'it is no pair of Monero keys')
  const { privateSpendKey, privateViewKey } = material.keys
  return `spend: ${hex(privateSpendKey)}\nview: ${hex(privateViewKey)}`
}

/** The coin whose keys and addresses are written with these figures; null for chains that have no WIF. */
export function coinOf({ chain, network }: Home): Coin | null {
  const keys = network === 'mainnet' ? 'mainnet' : 'testnet'
  return COINS.find((coin) => coin.chain === chain && coin.keys === keys) ?? null
}

function bitcoinOf({ network }: Home): Coin {
  return coinOf({ chain: 'bitcoin', network }) as Coin
}

function bitcoinAddress(writing: Writing): string {
  const { material, home } = writing
  if (material.kind !== 'address' || home.chain !== 'bitcoin')
    return refuse(writing, 'it is no Bitcoin address')
  return material.address
}

function singleKey(writing: Writing): SingleMaterial {
  const { material } = writing
  return material.kind === 'single'
    ? material
    : refuse(writing, 'it is not one single key; name one with --path')
}

function secpMaterial(writing: Writing): SingleMaterial {
  const single = singleKey(writing)
  return single.curve === 'secp256k1' ? single : refuse(writing, `it is a key of ${single.curve}`)
}

function secpKey(writing: Writing): SingleKey {
  const { privateKey, compressed } = secpMaterial(writing)
  const network = writing.home.network === 'mainnet' ? 'mainnet' : 'testnet'
  return { privateKey: privateKey as Uint8Array, compressed, network }
}

function blsKey(writing: Writing): Uint8Array {
  const { curve, privateKey } = singleKey(writing)
  return curve === 'bls12-381' ? (privateKey as Uint8Array) : refuse(writing, `it is a key of ${curve}`)
}

function pemKey(writing: Writing): { readonly curve: PemCurve; readonly privateKey: Uint8Array } {
  const { curve, privateKey } = singleKey(writing)
  if (curve === 'bls12-381') return refuse(writing, `it is a key of ${curve}`)
  return { curve, privateKey: privateKey as Uint8Array }
}

function ed25519Pair(writing: Writing): { readonly seed: Uint8Array; readonly publicKey: Uint8Array } {
  const { curve, privateKey, publicKey } = singleKey(writing)
  if (curve !== 'ed25519') return refuse(writing, `it is a key of ${curve}`)
  return { seed: privateKey as Uint8Array, publicKey }
}

function refuse({ format }: Writing, reason: string): never {
  return fail('key-conversion', { what: 'key', format, reason })
}
