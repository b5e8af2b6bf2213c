/**
 * The addresses of one public key on Bitcoin and on the chains that spell theirs with the same rules and other figures:
 * Base58Check versions of one or two bytes for P2PKH and P2SH, a human-readable part for bech32.
 */

import { bech32 } from '@scure/base'
import { concat, equal } from '../bytes.js'
import { isCairnError } from '../errors.js'
import type { Network } from '../types.js'
import { type KeyAddressType, keyAddress, parseAddress } from './address.js'
import { decodeBase58Check, encodeBase58Check } from './base58check.js'
import { hash160 } from './hash.js'
import type { KeyNetwork } from './network.js'
import type { KeyAddressForm } from './row.js'
import { p2wpkh } from './script.js'

export const P2PKH = bitcoinForm('p2pkh')
export const P2SH_P2WPKH = bitcoinForm('p2sh-p2wpkh')
export const P2WPKH = bitcoinForm('p2wpkh')
export const P2TR = bitcoinForm('p2tr')

/** Version bytes, or human-readable parts, of the chain and of its test networks. */
type Figures<T> = Readonly<Record<KeyNetwork, T>>

/** Base58Check of the version and HASH160 of the public key. */
export function p2pkhForm(versions: Figures<readonly number[]>): KeyAddressForm {
  return base58Form('p2pkh', { versions, hash: hash160 })
}

/** Base58Check of the version and HASH160 of the P2WPKH script (BIP-49). */
export function nestedForm(versions: Figures<readonly number[]>): KeyAddressForm {
  return base58Form('p2sh-p2wpkh', { versions, hash: (publicKey) => hash160(p2wpkh(publicKey)) })
}

/** Bech32 of witness version 0 and HASH160 of the public key (BIP-173). */
export function segwitForm(prefixes: Figures<string>): KeyAddressForm {
  return {
    name: 'p2wpkh',
    of: (publicKey, network) =>
      bech32.encode(prefixes[keysOf(network)], [0, ...bech32.toWords(hash160(publicKey))]),
    canonical: (text, network) => {
      const found = bech32.decodeUnsafe(text)
      const isOurs = found?.prefix === prefixes[keysOf(network)] && found.words[0] === 0
      return isOurs && found.words.length === 33 ? text.toLowerCase() : null
    },
  }
}

interface Base58 {
  readonly versions: Figures<readonly number[]>
  hash(publicKey: Uint8Array): Uint8Array
}

function base58Form(name: string, { versions, hash }: Base58): KeyAddressForm {
  const version = (network: Network) => Uint8Array.from(versions[keysOf(network)])
  return {
    name,
    of: (publicKey, network) => encodeBase58Check(concat(version(network), hash(publicKey))),
    canonical: (text, network) => {
      const head = version(network)
      const bytes = decodeBase58Check(text)
      return bytes?.length === head.length + 20 && equal(bytes.subarray(0, head.length), head) ? text : null
    },
  }
}

function keysOf(network: Network): KeyNetwork {
  return network === 'mainnet' ? 'mainnet' : 'testnet'
}

function bitcoinForm(type: KeyAddressType): KeyAddressForm {
  const spelled = type === 'p2sh-p2wpkh' ? 'p2sh' : type // what is behind a script hash, no address tells
  return {
    name: type,
    of: (publicKey, network) => keyAddress(publicKey, type, network),
    canonical: (text, network) => {
      const found = orNull(() => parseAddress(text))
      return found?.type === spelled && found.networks.includes(network) ? found.address : null
    },
  }
}

/** What a parser says, or null where it refuses. */
export function orNull<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
