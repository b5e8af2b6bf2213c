/**
 * Ethereum and the chains that make keys and addresses as it does. Most of them (BNB Smart Chain, Polygon, Arbitrum,
 * Optimism, Base, Avalanche C, Fantom, …) use its coin type 60 too: there the accounts of Ethereum are theirs, address
 * for address. Here are those that wallets look up under a coin type of their own (SLIP-44).
 */

import { orNull } from '../bitcoin-forms.js'
import { ethereumAddress, parseEthereumAddress } from '../ethereum.js'
import { type AccountChain, fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

export const EIP55: KeyAddressForm = {
  name: 'eip55',
  of: (publicKey) => ethereumAddress(publicKey),
  canonical: (text) => orNull(() => parseEthereumAddress(text)),
}

const common = { curve: 'secp256k1', address: EIP55, fits: fitsSeed } as const
const ethereum = { ...common, chain: 'ethereum' } as const

/** SLIP-44. */
const COINS: readonly (readonly [AccountChain, number])[] = [
  ['ethereum-classic', 61],
  ['poa', 178],
  ['theta', 500],
  ['vechain', 818],
  ['callisto', 820],
  ['viction', 889], // once TomoChain
  ['thundercore', 1001],
  ['harmony', 1023],
  ['gochain', 6060],
  ['celo', 52752], // Valora and the Celo Ledger app; other wallets use 60
  ['wanchain', 5718350],
]

export const EVM: readonly PathRow[] = [
  { ...ethereum, standard: 'bip44', path: "m/44'/60'/{account}'/{change}/{index}", usual: true },
  // Ledger Live gives each account its own hardened number.
  { ...ethereum, standard: 'ledger-live', path: "m/44'/60'/{account}'/0/0" },
  // MyEtherWallet and Ledger's Chrome application of before Ledger Live.
  { ...ethereum, standard: 'mew-legacy', path: "m/44'/60'/0'/{index}" },
  // Ledger's application for it of before Ledger Live.
  { ...common, chain: 'ethereum-classic', standard: 'ledger-legacy', path: "m/44'/60'/160720'/0'/{index}" },
  ...COINS.map(([chain, coin]) => ({
    ...common,
    chain,
    standard: 'bip44',
    path: `m/44'/${coin}'/{account}'/{change}/{index}`,
  })),
]
