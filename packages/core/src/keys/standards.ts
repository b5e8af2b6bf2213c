/**
 * Where wallets look for the coins of a seed: the accounts of BIP-44, 49, 84 and 86 (the first account of each), of
 * Ethereum (BIP-44 with coin type 60, SLIP-44), and of Electrum's own seeds. Not a scan of other accounts and paths.
 */
import { hex } from '../bytes.js'
import { fail } from '../errors.js'
import type { Chain, Network } from '../types.js'
import { type KeyAddressType, keyAddress } from './address.js'
import {
  deriveKey,
  type ExtendedKey,
  formatExtendedKey,
  type KeyForm,
  neuter,
  publicChildren,
} from './bip32.js'
import { oldPublicKey } from './electrum-old.js'
import { ethereumAddress } from './ethereum.js'
import { NETWORKS } from './network.js'
import { formatPath, HARDENED, type Path } from './path.js'

export type Standard =
  | 'bip44'
  | 'bip49'
  | 'bip84'
  | 'bip86'
  | 'electrum-standard'
  | 'electrum-segwit'
  | 'electrum-old'

export interface Account {
  readonly chain: Chain
  readonly standard: Standard
  /** Of the account's key, as in `m/84'/0'/0'`. */
  readonly path: string
  /**
   * In the form that wallets of this standard show: `ypub` for bip49, `zpub` for bip84 and electrum-segwit (`upub` and
   * `vpub` on test networks), `xpub` (`tpub`) else; for electrum-old the master public key in hex.
   */
  readonly xpub: string
  /** The first receiving addresses. */
  readonly addresses: readonly string[]
}

export interface AccountOptions {
  readonly network?: Network
  /** Addresses an account; 5 unless said, at most 10,000. */
  readonly count?: number
}

interface Row {
  readonly standard: Standard
  readonly form: KeyForm
  readonly type: KeyAddressType
  readonly path: Path
}

const MAX_COUNT = 10_000
const ETHEREUM_COIN = 60 // SLIP-44; the same on Ethereum's test networks

function bitcoinRows(network: Network): readonly Row[] {
  const { coinType } = NETWORKS[network]
  const path = (purpose: number) => accountPath(purpose, coinType)
  return [
    { standard: 'bip44', form: 'plain', type: 'p2pkh', path: path(44) },
    { standard: 'bip49', form: 'p2sh-p2wpkh', type: 'p2sh-p2wpkh', path: path(49) },
    { standard: 'bip84', form: 'p2wpkh', type: 'p2wpkh', path: path(84) },
    { standard: 'bip86', form: 'plain', type: 'p2tr', path: path(86) },
  ]
}

/** Electrum's keystore.py: a standard seed uses the master key itself, a segwit seed its child 0'. */
const ELECTRUM_ROWS = {
  standard: { standard: 'electrum-standard', form: 'plain', type: 'p2pkh', path: [] },
  segwit: { standard: 'electrum-segwit', form: 'p2wpkh', type: 'p2wpkh', path: [HARDENED] },
} satisfies Record<string, Row>

/**
 * The accounts of a master key from BIP-39 words, SLIP-39 shares or any BIP-32 seed: four of Bitcoin, one of Ethereum.
 * @throws CairnError `key-hardened` without the private key, `usage` for a count out of bounds.
 */
export function accounts(root: ExtendedKey, options: AccountOptions = {}): readonly Account[] {
  const bitcoin = bitcoinRows(options.network ?? 'mainnet').map((row) => bitcoinAccount(root, row, options))
  return [...bitcoin, ethereumAccount(root, options)]
}

/** The account of one of Electrum's own seeds (version 2.0 and later) with a single key. */
export function electrumAccount(
  root: ExtendedKey,
  { seed, ...options }: AccountOptions & { readonly seed: 'standard' | 'segwit' },
): Account {
  return bitcoinAccount(root, ELECTRUM_ROWS[seed], options)
}

/** The account of an Electrum seed from before version 2.0, by its master public key of 64 bytes. */
export function electrumOldAccount(masterPublicKey: Uint8Array, options: AccountOptions = {}): Account {
  const address = (index: number) =>
    keyAddress(oldPublicKey(masterPublicKey, { branch: 0, index }), 'p2pkh', options.network)
  return {
    chain: 'bitcoin',
    standard: 'electrum-old',
    path: 'm',
    xpub: hex(masterPublicKey),
    addresses: indexes(options).map(address),
  }
}

function bitcoinAccount(root: ExtendedKey, row: Row, options: AccountOptions): Account {
  const { network = 'mainnet' } = options
  const account = { ...neuter(deriveKey(root, row.path)), network: NETWORKS[network].keys }
  const child = publicChildren(deriveKey(account, [0]))
  return {
    chain: 'bitcoin',
    standard: row.standard,
    path: formatPath(row.path),
    xpub: formatExtendedKey(account, row),
    addresses: indexes(options).map((index) => keyAddress(child(index), row.type, network)),
  }
}

function ethereumAccount(root: ExtendedKey, options: AccountOptions): Account {
  const path = accountPath(44, ETHEREUM_COIN)
  const account = { ...neuter(deriveKey(root, path)), network: 'mainnet' } as const
  const child = publicChildren(deriveKey(account, [0]))
  return {
    chain: 'ethereum',
    standard: 'bip44',
    path: formatPath(path),
    xpub: formatExtendedKey(account),
    addresses: indexes(options).map((index) => ethereumAddress(child(index))),
  }
}

function accountPath(purpose: number, coinType: number): Path {
  return [purpose + HARDENED, coinType + HARDENED, HARDENED]
}

function indexes({ count = 5 }: AccountOptions): readonly number[] {
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT) {
    return fail('usage', { reason: `the number of addresses goes from 0 to ${MAX_COUNT}` })
  }
  return Array.from({ length: count }, (_, index) => index)
}
