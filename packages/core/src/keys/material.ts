/**
 * What a key file holds once it is read, whatever its format: a single key on a curve, an extended key, a descriptor, the
 * two keys of Monero, or nothing but an address. And what of it may be shown: chain, public key, addresses.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hex } from '../bytes.js'
import type { Network } from '../types.js'
import { type KeyAddressType, keyAddress } from './address.js'
import { deriveKey, type ExtendedKey, formatExtendedKey, type KeyForm, neuter } from './bip32.js'
import { P2PKH, P2SH_P2WPKH, P2TR, P2WPKH } from './bitcoin-forms.js'
import { BITCOIN } from './chains/bitcoin.js'
import { EIP55 } from './chains/evm.js'
import { type Descriptor, deriveAddresses, formatDescriptor, toPublic } from './descriptor.js'
import { blsPublicKey } from './eip2333.js'
import { type MoneroKeys, type MoneroNetwork, moneroAddress } from './monero.js'
import { NETWORKS } from './network.js'
import { parsePath } from './path.js'
import type { AccountChain, KeyAddressForm } from './row.js'
import { solanaKeyAddress } from './solana-keypair.js'
import { ROWS } from './table.js'

export type Curve = 'secp256k1' | 'p256' | 'ed25519' | 'bls12-381'

export type Material =
  | SingleMaterial
  | { readonly kind: 'extended'; readonly extended: ExtendedKey }
  | { readonly kind: 'descriptor'; readonly descriptor: Descriptor }
  | { readonly kind: 'monero'; readonly keys: MoneroKeys }
  | { readonly kind: 'address'; readonly address: string }

export interface SingleMaterial {
  readonly kind: 'single'
  readonly curve: Curve
  /** 32 bytes; null of a public key. A secret. */
  readonly privateKey: Uint8Array | null
  /** As its coin writes it: 33 bytes or 65 on secp256k1, 33 on P-256, 32 of Ed25519, 48 of BLS12-381. */
  readonly publicKey: Uint8Array
  /** Whether addresses are made of 33 bytes; true on other curves. */
  readonly compressed: boolean
}

/** Where a key is used; null where nothing tells. */
export interface Home {
  readonly chain: AccountChain | null
  readonly network: Network
}

export interface NamedAddress {
  /** As in `p2wpkh`, `eip55`; with the place of a child where it is one. */
  readonly form: string
  readonly address: string
}

export interface PublicPart {
  /** Hex, an extended public key, or a descriptor with checksum; null where there is only an address. */
  readonly public: string | null
  readonly addresses: readonly NamedAddress[]
}

/** A single key from its private part. `compressed` is true unless said. */
export function singleMaterial(
  curve: Curve,
  privateKey: Uint8Array,
  { compressed = true }: { readonly compressed?: boolean } = {},
): SingleMaterial {
  const publicKey = PUBLIC_KEYS[curve](privateKey, compressed)
  return { kind: 'single', curve, privateKey, publicKey, compressed }
}

const PUBLIC_KEYS: Readonly<Record<Curve, (key: Uint8Array, compressed: boolean) => Uint8Array>> = {
  secp256k1: (key, compressed) => secp256k1.getPublicKey(key, compressed),
  p256: (key) => p256.getPublicKey(key, true),
  ed25519: (key) => ed25519.getPublicKey(key),
  'bls12-381': (key) => blsPublicKey(key),
}

/** True when coins can be spent with it. */
export function isSpendable(material: Material): boolean {
  if (material.kind === 'single') return material.privateKey !== null
  if (material.kind === 'extended') return material.extended.privateKey !== null
  return material.kind === 'descriptor' ? material.descriptor.isPrivate : material.kind === 'monero'
}

const SHOWN = 5 // addresses of a descriptor

/** The public key and the addresses of a key. */
export function publicPart(material: Material, home: Home): PublicPart {
  switch (material.kind) {
    case 'single':
      return singlePart(material, home)
    case 'extended':
      return extendedPart(material.extended, home)
    case 'descriptor':
      return descriptorPart(material.descriptor, home)
    case 'monero': {
      const { publicSpendKey, publicViewKey } = material.keys
      const address = moneroAddress(material.keys, undefined, moneroNetwork(home.network))
      return {
        public: `${hex(publicSpendKey)} ${hex(publicViewKey)}`,
        addresses: [{ form: 'primary', address }],
      }
    }
    case 'address':
      return { public: null, addresses: [{ form: 'address', address: material.address }] }
  }
}

/** The network of Monero that stands for one of Bitcoin's. */
export function moneroNetwork(network: Network): MoneroNetwork {
  return network === 'mainnet' ? 'mainnet' : 'testnet'
}

function singlePart({ curve, publicKey, compressed }: SingleMaterial, { chain, network }: Home): PublicPart {
  const text = chain === 'solana' ? solanaKeyAddress(publicKey) : hex(publicKey)
  if (curve !== 'secp256k1') {
    const forms = formsOf(chain, curve === 'p256' ? 'nist256p1' : curve)
    return { public: text, addresses: spelled(forms, publicKey, network) }
  }
  // an uncompressed key is used in no segwit output, and in few chains at all
  const bitcoin = compressed ? [P2PKH, P2SH_P2WPKH, P2WPKH, P2TR] : [P2PKH]
  if (chain === 'bitcoin') return { public: text, addresses: spelled(bitcoin, publicKey, network) }
  if (chain === null) {
    return { public: text, addresses: spelled([...bitcoin, EIP55], publicKey, network) }
  }
  const forms = formsOf(chain, 'secp256k1')
  const usable = compressed ? forms : forms.filter(({ name }) => name === 'p2pkh' || name === 'eip55')
  return { public: text, addresses: spelled(usable, publicKey, network) }
}

/** The forms in which a chain spells addresses of a curve, each once. */
function formsOf(chain: AccountChain | null, curve: string): readonly KeyAddressForm[] {
  const rows = ROWS.flatMap((row) =>
    row.chain === chain && 'curve' in row && row.curve === curve ? [row] : [],
  )
  return [...new Map(rows.map(({ address }) => [address.name, address])).values()]
}

function spelled(
  forms: readonly KeyAddressForm[],
  publicKey: Uint8Array,
  network: Network,
): readonly NamedAddress[] {
  return forms.map((form) => ({ form: form.name, address: form.of(publicKey, network) }))
}

/** Of a master key the first address of each standard; of an account's key that of its receiving branch. */
function extendedPart(key: ExtendedKey, { network }: Home): PublicPart {
  const text = formatExtendedKey(neuter(key), { form: key.form })
  if (key.depth === 0 && key.privateKey) {
    const addresses = BITCOIN.map(({ standard, address, path: template }) => {
      const path = firstPath(template, network)
      const { publicKey } = deriveKey(key, parsePath(path))
      return { form: `${standard} ${path}`, address: address.of(publicKey, network) }
    })
    return { public: text, addresses }
  }
  const child = deriveKey(neuter(key), [0, 0]).publicKey
  const addresses = addressTypes(key.form).map((type) => ({
    form: `${type} 0/0`,
    address: keyAddress(child, type, network),
  }))
  return { public: text, addresses }
}

/** BIP-44, 49, 84 and 86: the addresses that a path is for, where its first step says it. */
export function purposeType(path: string | null): KeyAddressType | null {
  const [, purpose] = /^m\/(\d+)['h]/.exec(path ?? '') ?? []
  return PURPOSES[purpose ?? ''] ?? null
}

const PURPOSES: Readonly<Record<string, KeyAddressType>> = {
  '44': 'p2pkh',
  '49': 'p2sh-p2wpkh',
  '84': 'p2wpkh',
  '86': 'p2tr',
}

/** The path of the first receiving address of the first account. */
export function firstPath(template: string, network: Network): string {
  return template.replace('{coin}', `${NETWORKS[network].coinType}`).replace(/\{\w+\}/g, '0')
}

/** What SLIP-132 promises; `xpub` promises nothing, and multisig forms have no address of one key. */
export function addressTypes(form: KeyForm): readonly KeyAddressType[] {
  if (form === 'plain') return ['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']
  return form === 'p2wpkh' || form === 'p2sh-p2wpkh' ? [form] : []
}

/** The addresses are those of the descriptor as it is: below a hardened wildcard its public twin has none. */
function descriptorPart(descriptor: Descriptor, { network }: Home): PublicPart {
  const derived = deriveAddresses(descriptor, { count: SHOWN, network })
  const addresses = derived.map(({ address, index }) => ({
    form: descriptor.isRange ? `${index}` : descriptor.script.type,
    address,
  }))
  return { public: formatDescriptor(toPublic(descriptor)), addresses }
}
