/**
 * Tezos tz1 addresses: Base58Check of three bytes that make it start so and BLAKE2b-160 of an ed25519 public key
 * (https://tezos.gitlab.io/introduction/howtouse.html, prefix table in src/lib_crypto/base58.ml). Not tz2, tz3, tz4,
 * and not the fundraiser's 15 words with e-mail and password.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { concat, equal } from '../../bytes.js'
import { decodeBase58Check, encodeBase58Check } from '../base58check.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const TZ1 = Uint8Array.of(6, 161, 159)

const TZ1_ADDRESS: KeyAddressForm = {
  name: 'tz1',
  of: (publicKey) => encodeBase58Check(concat(TZ1, blake2b(publicKey, { dkLen: 20 }))),
  canonical: (text) => {
    const bytes = decodeBase58Check(text)
    return bytes?.length === 23 && equal(bytes.subarray(0, 3), TZ1) ? text : null
  },
}

const common = { chain: 'tezos', curve: 'ed25519', address: TZ1_ADDRESS, fits: fitsSeed } as const

export const TEZOS: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: "m/44'/1729'/{account}'/0'" }, // Ledger, Temple, Kukai, Trust Wallet
  { ...common, standard: 'bip44-short', path: "m/44'/1729'/{account}'" }, // Trezor, Exodus
]
