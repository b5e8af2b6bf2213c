/**
 * Bitcoin: the accounts of BIP-44, 49, 84 and 86, with the public keys in the forms of SLIP-132, and what wallets of
 * before these standards or beside them use. Not Electrum's own seeds (`electrum.ts`); the accounts of multisig wallets
 * are in `multisig.ts`.
 */
import { P2PKH, P2SH_P2WPKH, P2TR, P2WPKH } from '../bitcoin-forms.js'
import { fitsBitcoinSeed, type PathRow } from '../row.js'

const common = { chain: 'bitcoin', curve: 'secp256k1', coin: 0, fits: fitsBitcoinSeed } as const
const legacy = { ...common, address: P2PKH } as const
const nested = { ...common, address: P2SH_P2WPKH, form: 'p2sh-p2wpkh' } as const
const segwit = { ...common, address: P2WPKH, form: 'p2wpkh' } as const

/** `m/84'/0'/0'/0/5`: purpose, coin, account, change, index. */
function purpose(number: number): string {
  return `m/${number}'/{coin}'/{account}'/{change}/{index}`
}

function samourai(account: number): string {
  return `m/84'/{coin}'/${account}'/{change}/{index}`
}

const BIP32 = "m/{account}'/{change}/{index}" // BIP-32 "The default wallet layout"
const ROOT = 'm/{change}/{index}'
const CORE = "m/0'/{change}'/{index}'"

export const BITCOIN: readonly PathRow[] = [
  { ...legacy, standard: 'bip44', path: purpose(44), usual: true },
  { ...nested, standard: 'bip49', path: purpose(49), usual: true },
  { ...segwit, standard: 'bip84', path: purpose(84), usual: true },
  { ...common, standard: 'bip86', path: purpose(86), address: P2TR, usual: true },

  // BRD (breadwallet), MultiBit HD, Bitcoin Wallet for Android, Hive and others of before BIP-44.
  { ...legacy, standard: 'bip32', path: BIP32 },
  { ...nested, standard: 'bip32-p2sh-segwit', path: BIP32 },
  { ...segwit, standard: 'bip32-segwit', path: BIP32 },
  // Children of the master key itself.
  { ...legacy, standard: 'bip32-root', path: ROOT },
  { ...nested, standard: 'bip32-root-p2sh-segwit', path: ROOT },
  { ...segwit, standard: 'bip32-root-segwit', path: ROOT },

  // Bitcoin Core from 0.13 until descriptors: every key hardened, in all three spellings since 0.16.
  { ...legacy, standard: 'core-legacy', path: CORE },
  { ...nested, standard: 'core-p2sh-segwit', path: CORE },
  { ...segwit, standard: 'core-segwit', path: CORE },

  // Segwit addresses under the path of BIP-44, as Copay made for a while, and CoolWallet.
  { ...segwit, standard: 'bip44-segwit', path: purpose(44) },
  { ...nested, standard: 'bip44-p2sh-segwit', path: purpose(44) },

  // Samourai and its Whirlpool: deposits are bip84 account 0.
  { ...segwit, standard: 'samourai-bad-bank', path: samourai(2147483644) },
  { ...segwit, standard: 'samourai-premix', path: samourai(2147483645) },
  { ...segwit, standard: 'samourai-postmix', path: samourai(2147483646) },
  { ...legacy, standard: 'samourai-ricochet-legacy', path: "m/44'/{coin}'/2147483647'/{change}/{index}" },
  {
    ...nested,
    standard: 'samourai-ricochet-p2sh-segwit',
    path: "m/49'/{coin}'/2147483647'/{change}/{index}",
  },
  { ...segwit, standard: 'samourai-ricochet', path: samourai(2147483647) },
]
