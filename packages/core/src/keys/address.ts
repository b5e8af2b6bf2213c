/**
 * Bitcoin addresses: Base58Check for P2PKH and P2SH (BIP-13), bech32 for witness version 0 (BIP-173), bech32m for
 * versions 1 to 16 (BIP-350). An address and an output script are two spellings of one thing.
 */
import { type Bech32, bech32, bech32m } from '@scure/base'
import { concat, equal } from '../bytes.js'
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { decodeBase58Check, encodeBase58Check } from './base58check.js'
import { ALL_NETWORKS, NETWORKS } from './network.js'
import { p2pkh, p2pkhOfHash, p2sh, p2shOfHash, p2tr, p2wpkh, witness } from './script.js'

/** `witness` is a program of a version or length that no rule of today gives a meaning (BIP-141). */
export type AddressType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr' | 'witness'

/** The address types that one public key has. */
export type KeyAddressType = 'p2pkh' | 'p2sh-p2wpkh' | 'p2wpkh' | 'p2tr'

export interface BitcoinAddress {
  /** In its canonical spelling: bech32 in lower case. */
  readonly address: string
  readonly type: AddressType
  /** All networks that spell it so: the test networks share most forms. */
  readonly networks: readonly Network[]
  readonly script: Uint8Array
}

/** Reads a Bitcoin address of any network. @throws CairnError `address-invalid`. */
export function parseAddress(text: string): BitcoinAddress {
  return parseSegwit(text) ?? parseBase58(text) ?? fail('address-invalid')
}

/**
 * The output script of an address of this network.
 * @throws CairnError `address-invalid`, also for an address of another network.
 */
export function addressToScript(text: string, network: Network = 'mainnet'): Uint8Array {
  const { networks, script } = parseAddress(text)
  return networks.includes(network) ? script : fail('address-invalid')
}

/** The address of an output script, or null where none exists (P2PK, bare multisig, OP_RETURN, …). */
export function scriptToAddress(script: Uint8Array, network: Network = 'mainnet'): string | null {
  const figures = NETWORKS[network]
  const [keyHash, scriptHash, program] = [script.slice(3, 23), script.slice(2, 22), script.slice(2)]
  if (equal(script, p2pkhOfHash(keyHash))) return versioned(figures.p2pkh, keyHash)
  if (equal(script, p2shOfHash(scriptHash))) return versioned(figures.p2sh, scriptHash)
  const version = witnessVersion(script)
  if (version === null || !witnessType(version, program.length)) return null
  const coder = bech32Of(version)
  return coder.encode(figures.hrp, [version, ...coder.toWords(program)])
}

/** The address of a public key of 33 bytes, or of 65 for `p2pkh`. */
export function keyAddress(
  publicKey: Uint8Array,
  type: KeyAddressType,
  network: Network = 'mainnet',
): string {
  return scriptToAddress(keyScript(publicKey, type), network) as string
}

/** The output script of a public key under an address type. */
export function keyScript(publicKey: Uint8Array, type: KeyAddressType): Uint8Array {
  if (type === 'p2pkh') return p2pkh(publicKey)
  if (type === 'p2wpkh') return p2wpkh(publicKey)
  return type === 'p2tr' ? p2tr(publicKey) : p2sh(p2wpkh(publicKey))
}

function parseBase58(text: string): BitcoinAddress | null {
  const bytes = decodeBase58Check(text)
  if (bytes?.length !== 21) return null
  for (const type of ['p2pkh', 'p2sh'] as const) {
    const networks = ALL_NETWORKS.filter((network) => NETWORKS[network][type] === bytes[0])
    const hash = bytes.subarray(1)
    const script = type === 'p2pkh' ? p2pkhOfHash(hash) : p2shOfHash(hash)
    if (networks.length > 0) return { address: text, type, networks, script }
  }
  return null
}

/** BIP-173 "Decoding", with BIP-350: the version decides which of the two checksums must hold. */
function parseSegwit(text: string): BitcoinAddress | null {
  for (const coder of [bech32, bech32m]) {
    const decoded = coder.decodeUnsafe(text, 90)
    const program = decoded && coder.fromWordsUnsafe(decoded.words.slice(1))
    const version = decoded?.words[0]
    if (!decoded || !program || version === undefined || version > 16 || bech32Of(version) !== coder) continue
    const networks = ALL_NETWORKS.filter((network) => NETWORKS[network].hrp === decoded.prefix)
    const type = witnessType(version, program.length)
    if (!type || networks.length === 0) continue
    return { address: text.toLowerCase(), type, networks, script: witness(version, program) }
  }
  return null
}

function bech32Of(version: number): Bech32 {
  return version === 0 ? bech32 : bech32m
}

/** Null where BIP-141 forbids the length. */
function witnessType(version: number, length: number): AddressType | null {
  if (length < 2 || length > 40) return null
  if (version === 0) return length === 20 ? 'p2wpkh' : length === 32 ? 'p2wsh' : null
  return version === 1 && length === 32 ? 'p2tr' : 'witness'
}

/** BIP-141: OP_0 or OP_1 to OP_16, and then nothing but one push. */
function witnessVersion([opcode, length, ...program]: Uint8Array): number | null {
  if (opcode === undefined || length !== program.length) return null
  if (opcode === 0) return 0
  return opcode > 0x50 && opcode <= 0x60 ? opcode - 0x50 : null
}

function versioned(version: number, hash: Uint8Array): string {
  return encodeBase58Check(concat(Uint8Array.of(version), hash))
}
