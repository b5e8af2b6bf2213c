/**
 * What an Electrum wallet holds, in one shape for all its versions: accounts with their master public keys, imported
 * keys and addresses, and the secrets with the public keys they must lead to.
 */
import type { ExtendedKey } from '../../keys/bip32.js'
import { damaged } from './damaged.js'
import type { Json } from './json.js'
import type { MasterKey } from './master-key.js'

export interface Holdings {
  readonly accounts: readonly Account[]
  readonly imported: readonly Imported[]
  readonly secrets: readonly Secret[]
}

export interface Account {
  /** Its number before 2.7, by which labels name it; null since. */
  readonly number: string | null
  readonly root: Root
  /** As the file has them: addresses, or before 2.8 public keys, or lists of the cosigners' public keys. */
  readonly receiving: readonly Json[]
  readonly change: readonly Json[]
}

export type Root =
  | {
      readonly kind: 'bip32'
      readonly keys: readonly MasterKey[]
      /** How many of the keys must sign; null for a wallet of one key that is no multisig. */
      readonly threshold: number | null
    }
  /** From before BIP-32; 64 bytes. */
  | { readonly kind: 'old'; readonly publicKey: Uint8Array }

/** `place` is an address, or the public key (hex) of a P2PKH address. */
export interface Imported {
  readonly place: string
  /** Hex; null when the file does not have it. */
  readonly publicKey: string | null
  readonly hasPrivateKey: boolean
}

/** A field with a secret in it, perhaps encrypted. */
export type Secret =
  | {
      readonly kind: 'seed'
      readonly field: string
      /** The passphrase that extends the seed. */
      readonly extension: string | null
      /** Null where the file does not tell what comes from it. */
      readonly key: ExtendedKey | null
    }
  | { readonly kind: 'old-seed'; readonly field: string; readonly publicKey: Uint8Array }
  | { readonly kind: 'xprv'; readonly field: string; readonly key: ExtendedKey | null }
  | {
      readonly kind: 'wif'
      readonly field: string
      readonly publicKey: string | null
      /** As `Imported.place`: where the key must lead to. */
      readonly places: readonly string[]
    }

/** `2of3`; a wallet with two-factor authentication is 2 of 3, one key being TrustedCoin's. */
export function thresholdOf(type: string | undefined, cosigners: number): number {
  const [, m, n] = /^(\d+)of(\d+)$/.exec(type === '2fa' ? '2of3' : (type ?? '')) ?? []
  const threshold = Number(m)
  if (Number(n) !== cosigners || threshold < 1 || threshold > cosigners) {
    return damaged('wallet_type does not fit its cosigners')
  }
  return threshold
}
