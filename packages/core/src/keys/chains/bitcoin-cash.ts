/**
 * Bitcoin Cash and eCash: P2PKH spelled in CashAddr. Coins from before the split lie under Bitcoin's coin type 0 still,
 * where wallets that came later do not look.
 */

import type { Network } from '../../types.js'
import { decodeCashAddress, encodeCashAddress } from '../cashaddr.js'
import { hash160 } from '../hash.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const BITCOIN_CASH = cashForm({ mainnet: 'bitcoincash', test: 'bchtest' })
const SLP = cashForm({ mainnet: 'simpleledger', test: 'slptest' })
const ECASH = cashForm({ mainnet: 'ecash', test: 'ectest' })

const common = { chain: 'bitcoin-cash', curve: 'secp256k1', fits: fitsSeed, address: BITCOIN_CASH } as const

function path(coin: string): string {
  return `m/44'/${coin}'/{account}'/{change}/{index}`
}

export const CASH: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: path('{coin}'), coin: 145 },
  { ...common, standard: 'bip44-before-split', path: path('0') },
  { ...common, standard: 'bip44-slp', path: path('{coin}'), coin: 245, address: SLP }, // Electron Cash SLP, Badger
  { ...common, standard: 'bip32', path: "m/{account}'/{change}/{index}" }, // the bitcoin.com wallet of before BIP-44
  { ...common, chain: 'ecash', standard: 'bip44', path: path('{coin}'), coin: 899, address: ECASH },
  { ...common, chain: 'ecash', standard: 'bip44-slp', path: path('{coin}'), coin: 1899, address: ECASH }, // Cashtab
]

function cashForm(prefixes: { readonly mainnet: string; readonly test: string }): KeyAddressForm {
  const prefix = (network: Network) => (network === 'mainnet' ? prefixes.mainnet : prefixes.test)
  const write = (hash: Uint8Array, network: Network) =>
    encodeCashAddress({ type: 'p2pkh', hash }, prefix(network))
  return {
    name: 'cashaddr',
    of: (publicKey, network) => write(hash160(publicKey), network),
    canonical: (text, network) => {
      const found = decodeCashAddress(text, prefix(network))
      return found?.type === 'p2pkh' ? write(found.hash, network) : null
    },
  }
}
