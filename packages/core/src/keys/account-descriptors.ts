/**
 * The descriptors of an account of Bitcoin that wallets open from a seed: one for each of the four standards with one
 * key (BIP-44, 49, 84 and 86), with the origin of their keys and the branches of receiving and change. Of other chains
 * and of multisigs no seed alone tells.
 */
import { fail } from '../errors.js'
import type { Network } from '../types.js'
import { deriveKey, fingerprint, formatExtendedKey, fromSeed, neuter } from './bip32.js'
import { NETWORKS } from './network.js'
import { HARDENED } from './path.js'

const SCRIPTS = {
  bip44: { purpose: 44, of: (key: string) => `pkh(${key})` },
  bip49: { purpose: 49, of: (key: string) => `sh(wpkh(${key}))` },
  bip84: { purpose: 84, of: (key: string) => `wpkh(${key})` },
  bip86: { purpose: 86, of: (key: string) => `tr(${key})` },
} as const

export type AccountStandard = keyof typeof SCRIPTS

/** What most wallets open first comes first. */
export const ACCOUNT_STANDARDS: readonly AccountStandard[] = ['bip84', 'bip49', 'bip44', 'bip86']

export interface AccountChoice {
  readonly network?: Network
  /** From 0. */
  readonly account?: number
}

/**
 * The descriptor of an account, without a checksum.
 * @param seed of BIP-32, a secret: what comes out is public
 * @throws CairnError `entropy-length`, `usage` for a number that no account has
 */
export function accountDescriptor(
  seed: Uint8Array,
  standard: AccountStandard,
  { network = 'mainnet', account = 0 }: AccountChoice = {},
): string {
  return SCRIPTS[standard].of(`${accountKey(seed, standard, { network, account })}/<0;1>/*`)
}

/** The key of an account with its origin, `[fingerprint/84h/0h/0h]xpub…`. @throws CairnError as `accountDescriptor` */
export function accountKey(
  seed: Uint8Array,
  standard: AccountStandard,
  { network = 'mainnet', account = 0 }: AccountChoice = {},
): string {
  if (!Number.isInteger(account) || account < 0 || account >= HARDENED)
    return fail('usage', { reason: 'accounts are counted from 0 to 2147483647' })
  const master = fromSeed(seed, { network })
  const steps = [SCRIPTS[standard].purpose, NETWORKS[network].coinType, account]
  const key = neuter(
    deriveKey(
      master,
      steps.map((step) => step + HARDENED),
    ),
  )
  return `[${[fingerprint(master), ...steps.map((step) => `${step}h`)].join('/')}]${formatExtendedKey(key)}`
}
