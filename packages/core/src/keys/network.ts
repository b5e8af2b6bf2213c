/**
 * The figures that tell Bitcoin's networks apart: Base58Check versions (Bitcoin Core, kernel/chainparams.cpp),
 * bech32 prefixes (BIP-173), coin types (SLIP-44). Testnet, signet and regtest share all but the bech32 prefix.
 */
import type { Network } from '../types.js'

/** What the version bytes of a key can tell: the three test networks write their keys alike. */
export type KeyNetwork = 'mainnet' | 'testnet'

export interface NetworkFigures {
  readonly keys: KeyNetwork
  readonly p2pkh: number
  readonly p2sh: number
  readonly wif: number
  /** Human-readable part of a segwit address. */
  readonly hrp: string
  readonly coinType: number
}

const test = { keys: 'testnet', p2pkh: 0x6f, p2sh: 0xc4, wif: 0xef, coinType: 1 } as const

export const NETWORKS: Readonly<Record<Network, NetworkFigures>> = {
  mainnet: { keys: 'mainnet', p2pkh: 0x00, p2sh: 0x05, wif: 0x80, hrp: 'bc', coinType: 0 },
  testnet: { ...test, hrp: 'tb' },
  signet: { ...test, hrp: 'tb' },
  regtest: { ...test, hrp: 'bcrt' },
}

export const ALL_NETWORKS: readonly Network[] = ['mainnet', 'testnet', 'signet', 'regtest']
