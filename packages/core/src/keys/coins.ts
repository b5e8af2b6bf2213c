/**
 * Coins whose single keys are written as Bitcoin's are, with another version byte: WIF, and the address of a public key
 * as Base58Check (P2PKH). The figures are those of each program's chainparams.cpp. Test networks of several coins share
 * one version; Bitcoin Cash shares Bitcoin's, and only writes its addresses otherwise.
 */
import { concat } from '../bytes.js'
import { fail } from '../errors.js'
import { decodeBase58Check, encodeBase58Check } from './base58check.js'
import { hash160 } from './hash.js'
import type { KeyNetwork } from './network.js'
import { isPrivateKey, type SingleKey } from './wif.js'

export interface Coin {
  readonly chain: CoinChain
  readonly keys: KeyNetwork
  readonly wif: number
  /** Version bytes of a P2PKH address. */
  readonly p2pkh: readonly number[]
}

export type CoinChain = 'bitcoin' | 'litecoin' | 'dogecoin' | 'dash' | 'zcash'

/** Where coins share a version, the first one is meant unless somebody says otherwise. */
export const COINS: readonly Coin[] = [
  { chain: 'bitcoin', keys: 'mainnet', wif: 0x80, p2pkh: [0x00] },
  { chain: 'bitcoin', keys: 'testnet', wif: 0xef, p2pkh: [0x6f] },
  { chain: 'litecoin', keys: 'mainnet', wif: 0xb0, p2pkh: [0x30] },
  { chain: 'dogecoin', keys: 'mainnet', wif: 0x9e, p2pkh: [0x1e] },
  { chain: 'dash', keys: 'mainnet', wif: 0xcc, p2pkh: [0x4c] },
  { chain: 'zcash', keys: 'mainnet', wif: 0x80, p2pkh: [0x1c, 0xb8] },
  { chain: 'dogecoin', keys: 'testnet', wif: 0xf1, p2pkh: [0x71] },
]

export interface CoinKey {
  readonly key: SingleKey
  /** All coins that write their keys with this version, in the order of `COINS`. */
  readonly coins: readonly Coin[]
}

/** Reads a WIF key of any of these coins. @throws CairnError `key-invalid`. */
export function decodeCoinWif(text: string): CoinKey {
  const bytes = decodeBase58Check(text)
  const compressed = bytes?.length === 34 && bytes[33] === 0x01
  const coins = COINS.filter(({ wif }) => wif === bytes?.[0])
  const [first] = coins
  if (!bytes || !first || (bytes.length !== 33 && !compressed)) return invalid()
  const privateKey = bytes.slice(1, 33)
  return isPrivateKey(privateKey)
    ? { key: { privateKey, compressed, network: first.keys }, coins }
    : invalid()
}

/** The WIF of a private key on a coin of the table. */
export function encodeCoinWif({ privateKey, compressed }: Omit<SingleKey, 'network'>, coin: Coin): string {
  const mark = compressed ? Uint8Array.of(0x01) : new Uint8Array()
  return encodeBase58Check(concat(Uint8Array.of(coin.wif), privateKey, mark))
}

/** The P2PKH address of a public key of 33 or 65 bytes. */
export function coinAddress({ p2pkh }: Pick<Coin, 'p2pkh'>, publicKey: Uint8Array): string {
  return encodeBase58Check(concat(Uint8Array.from(p2pkh), hash160(publicKey)))
}

function invalid(): never {
  return fail('key-invalid', { what: 'private key (WIF)' })
}
