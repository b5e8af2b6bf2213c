/**
 * Cosmos and the chains built with its SDK: bech32 of HASH160 of the public key under a prefix that names the chain
 * (https://docs.cosmos.network/sdk/v0.50/learn/beginner/accounts; ADR-028 for later key types). Most share coin type 118,
 * so one key has an address on each of them. Injective and Evmos hash the key as Ethereum does. Avalanche's X and P chains
 * spell theirs alike, with the letter of the chain and a dash in front.
 */
import { bech32 } from '@scure/base'
import { unhex } from '../../bytes.js'
import { ethereumAddress } from '../ethereum.js'
import { hash160 } from '../hash.js'
import { type AccountChain, fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

/** Chain, human-readable part, coin type (SLIP-44; the prefixes of SLIP-173). */
const CHAINS: readonly (readonly [AccountChain, string, number])[] = [
  ['cosmos', 'cosmos', 118],
  ['osmosis', 'osmo', 118],
  ['celestia', 'celestia', 118],
  ['juno', 'juno', 118],
  ['stargaze', 'stars', 118],
  ['akash', 'akash', 118],
  ['axelar', 'axelar', 118],
  ['neutron', 'neutron', 118],
  ['noble', 'noble', 118],
  ['sei', 'sei', 118],
  ['dydx', 'dydx', 118],
  ['fetch', 'fetch', 118],
  ['terra', 'terra', 330],
  ['cronos-pos', 'cro', 394],
  ['kava', 'kava', 459],
  ['band', 'band', 494],
  ['secret', 'secret', 529],
  ['binance-chain', 'bnb', 714],
  ['thorchain', 'thor', 931],
]

const OTHERS: readonly PathRow[] = [
  // Secret and Kava began with Cosmos's own coin type, and wallets still offer it.
  row('secret', { standard: 'bip44-118', path: coin(118), address: accountForm('secret') }),
  row('kava', { standard: 'bip44-118', path: coin(118), address: accountForm('kava') }),
  row('injective', { standard: 'bip44', path: coin(60), address: ethereumForm('inj') }),
  row('evmos', { standard: 'bip44', path: coin(60), address: ethereumForm('evmos') }),
  row('avalanche-x', { standard: 'bip44', path: coin(9000), address: accountForm('avax', 'X-') }),
  row('avalanche-p', { standard: 'bip44', path: coin(9000), address: accountForm('avax', 'P-') }),
]

export const COSMOS: readonly PathRow[] = [
  ...CHAINS.map(([chain, prefix, number]) =>
    row(chain, { standard: 'bip44', path: coin(number), address: accountForm(prefix) }),
  ),
  ...OTHERS,
]

function coin(number: number): string {
  return `m/44'/${number}'/{account}'/{change}/{index}`
}

function row(chain: AccountChain, rest: Pick<PathRow, 'standard' | 'path' | 'address'>): PathRow {
  return { chain, curve: 'secp256k1', fits: fitsSeed, ...rest }
}

function accountForm(prefix: string, letter = ''): KeyAddressForm {
  return bech32Form(prefix, { letter, hash: hash160 })
}

function ethereumForm(prefix: string): KeyAddressForm {
  return bech32Form(prefix, { letter: '', hash: (publicKey) => unhex(ethereumAddress(publicKey).slice(2)) })
}

interface Bech32Account {
  readonly letter: string
  /** 20 bytes of a public key. */
  hash(publicKey: Uint8Array): Uint8Array
}

function bech32Form(prefix: string, { letter, hash }: Bech32Account): KeyAddressForm {
  return {
    name: `bech32 ${prefix}`,
    of: (publicKey) => `${letter}${bech32.encode(prefix, bech32.toWords(hash(publicKey)))}`,
    canonical: (text) => {
      if (!text.startsWith(letter)) return null
      const found = bech32.decodeUnsafe(text.slice(letter.length))
      const isOurs = found?.prefix === prefix && found.words.length === 32 // 20 bytes
      return isOurs ? `${letter}${text.slice(letter.length).toLowerCase()}` : null
    },
  }
}
