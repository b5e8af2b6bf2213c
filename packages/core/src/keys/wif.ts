/**
 * WIF, the wallet import format of one private key: Base58Check of a version byte, 32 bytes and, when the public key
 * is written compressed, 0x01 (Bitcoin Core, key_io.cpp). Not BIP-38, not Electrum's `p2wpkh:` prefix;
 * other coins are in coins.ts.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concat } from '../bytes.js'
import { fail } from '../errors.js'
import { decodeBase58Check, encodeBase58Check } from './base58check.js'
import { type KeyNetwork, NETWORKS } from './network.js'

export interface SingleKey {
  /** 32 bytes, in 1..n-1. A secret. */
  readonly privateKey: Uint8Array
  /** Whether its public key, and so its address, is made from 33 bytes or from 65. */
  readonly compressed: boolean
  readonly network: KeyNetwork
}

/** Reads a WIF of Bitcoin or its test networks. @throws CairnError `key-invalid`. */
export function decodeWif(text: string): SingleKey {
  const bytes = decodeBase58Check(text)
  const compressed = bytes?.length === 34 && bytes[33] === 0x01
  if (!bytes || (bytes.length !== 33 && !compressed))
    return fail('key-invalid', { what: 'private key (WIF)' })
  const network = bytes[0] === NETWORKS.mainnet.wif ? 'mainnet' : 'testnet'
  const privateKey = bytes.slice(1, 33)
  if (bytes[0] !== NETWORKS[network].wif || !isPrivateKey(privateKey)) {
    return fail('key-invalid', { what: 'private key (WIF)' })
  }
  return { privateKey, compressed, network }
}

/** Writes a private key as WIF. */
export function encodeWif({ privateKey, compressed, network }: SingleKey): string {
  const mark = compressed ? Uint8Array.of(0x01) : new Uint8Array()
  return encodeBase58Check(concat(Uint8Array.of(NETWORKS[network].wif), privateKey, mark))
}

/** The public key of a private key: 33 bytes, or 65 when it is not compressed. */
export function publicKeyOf({ privateKey, compressed }: Omit<SingleKey, 'network'>): Uint8Array {
  return secp256k1.getPublicKey(privateKey, compressed)
}

/** True for 32 bytes that are a number in 1..n-1. */
export function isPrivateKey(bytes: Uint8Array): boolean {
  return secp256k1.utils.isValidSecretKey(bytes)
}
