/**
 * What a row of the table of accounts is (`table.ts`): one place where wallets look for the coins of a phrase. A row
 * names its chain, its standard and how an address is made of a public key; most say the rest by a derivation path
 * and a curve, some, whose chains derive in a way of their own, by a function.
 */
import type { Network, Chain as WalletChain } from '../types.js'
import type { PhraseKind } from '../words/check.js'
import type { Phrase } from '../words/phrase.js'
import type { KeyForm } from './bip32.js'
import type { Slip10Curve } from './slip10.js'

type OtherChain =
  | 'akash'
  | 'algorand'
  | 'aptos'
  | 'avalanche-p'
  | 'avalanche-x'
  | 'axelar'
  | 'band'
  | 'binance-chain'
  | 'bitcoin-cash'
  | 'bitcoin-gold'
  | 'bitcoin-sv'
  | 'callisto'
  | 'cardano'
  | 'celestia'
  | 'celo'
  | 'cosmos'
  | 'cronos-pos'
  | 'dash'
  | 'digibyte'
  | 'dogecoin'
  | 'dydx'
  | 'ecash'
  | 'ethereum-classic'
  | 'evmos'
  | 'fetch'
  | 'gochain'
  | 'harmony'
  | 'horizen'
  | 'injective'
  | 'juno'
  | 'kava'
  | 'komodo'
  | 'kusama'
  | 'litecoin'
  | 'monero'
  | 'near'
  | 'neo'
  | 'neutron'
  | 'noble'
  | 'ontology'
  | 'osmosis'
  | 'poa'
  | 'polkadot'
  | 'ravencoin'
  | 'secret'
  | 'sei'
  | 'solana'
  | 'stargaze'
  | 'stellar'
  | 'sui'
  | 'terra'
  | 'tezos'
  | 'theta'
  | 'thorchain'
  | 'thundercore'
  | 'ton'
  | 'tron'
  | 'vechain'
  | 'verge'
  | 'viction'
  | 'wanchain'
  | 'xrp'
  | 'zcash'

/** The chains that have a row. */
export type AccountChain = WalletChain | OtherChain

/** The wallet's secret in the forms that rows start from. */
export interface Source {
  readonly phrase: Phrase
  readonly passphrase: string
  /** What `phraseSeed` makes of the two: of most kinds the seed of BIP-32. */
  readonly seed: Uint8Array
}

/** How the addresses of a chain are spelled. */
export interface AddressForm {
  readonly name: string
  /** The address in its canonical spelling, or null when the text is no address of this form on this network. */
  canonical(text: string, network: Network): string | null
}

/** A form in which one public key (33 bytes on secp256k1, 32 on ed25519) has one address. */
export interface KeyAddressForm extends AddressForm {
  of(publicKey: Uint8Array, network: Network): string
}

interface RowName {
  readonly chain: AccountChain
  /** Unique within the chain: `bip44`, `ledger-live`. */
  readonly standard: string
  /** Whether wallets that use this row open such a phrase at all. */
  fits(phrase: Phrase): boolean
  /** Shown without being asked for; the others with `--chain` or `--standard`. */
  readonly usual?: true
}

export interface PathRow extends RowName {
  /**
   * As BIP-44 writes them, with `{coin}` (SLIP-44; 1 on test networks), `{account}`, `{change}` and `{index}` for the
   * numbers that vary. A path without `{index}` has one address an account, and its accounts are listed instead.
   */
  readonly path: string
  /** SLIP-44, for `{coin}`. */
  readonly coin?: number
  readonly curve: 'secp256k1' | Slip10Curve
  readonly address: KeyAddressForm
  /** SLIP-132: how wallets of this standard write the account's public key; `plain` (`xpub`) unless said. */
  readonly form?: KeyForm
  /** Version bytes of that text for chains that have their own; `form` where a network is not named. */
  readonly versions?: { readonly mainnet?: number; readonly testnet?: number } | undefined
}

export interface OwnRow extends RowName {
  readonly address: AddressForm
  /** There is account 0 only. */
  readonly one?: true
  open(source: Source, place: AccountPlace): OpenAccount
}

export type Row = PathRow | OwnRow

export interface AccountPlace {
  readonly account: number
  readonly network: Network
}

/** An account, before its addresses are derived. Holds no private key where the chain can derive without one. */
export interface OpenAccount {
  /** Of the account; with `*` for a number that runs; null where the chain has no paths. */
  readonly path: string | null
  /** The extended public key that wallets show; null where there is none. */
  readonly xpub: string | null
  /** Another public text that names the account, where there is no extended public key. */
  readonly public?: string
  /** The account has one address, at index 0. */
  readonly single?: true
  /** Null where an account has no addresses without the keys of others (multisig). */
  readonly at: ((place: AddressPlace) => DerivedAddress) | null
}

/** `change` is 0 for receiving, 1 for change; rows without a change branch leave it unused. */
export interface AddressPlace {
  readonly change: 0 | 1
  readonly index: number
}

export interface DerivedAddress {
  readonly path: string | null
  /** In hexadecimal; null where an address is not made of one public key. */
  readonly publicKey: string | null
  readonly address: string
}

/** Kinds whose seed is the seed of a BIP-32 tree, or of SLIP-10, with nothing said about the path. */
const SEED_KINDS: readonly PhraseKind[] = ['bip39', 'slip39', 'codex32']

/** Whether a phrase leads to a BIP-32 seed that a row can be derived from. */
export function fitsSeed({ kind }: Phrase): boolean {
  return SEED_KINDS.includes(kind)
}

/** The same for chains that LND's aezeed phrases hold: LND is a Bitcoin wallet alone. */
export function fitsBitcoinSeed(phrase: Phrase): boolean {
  return phrase.kind === 'aezeed' || fitsSeed(phrase)
}
