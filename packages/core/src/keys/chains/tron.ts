/**
 * Tron: Base58Check of a byte 0x41 and the 20 bytes of an Ethereum address (https://developers.tron.network/docs/account).
 * Coin type 195.
 */
import { concat, unhex } from '../../bytes.js'
import { decodeBase58Check, encodeBase58Check } from '../base58check.js'
import { ethereumAddress } from '../ethereum.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const VERSION = 0x41

const TRON_ADDRESS: KeyAddressForm = {
  name: 'tron',
  of: (publicKey) =>
    encodeBase58Check(concat(Uint8Array.of(VERSION), unhex(ethereumAddress(publicKey).slice(2)))),
  canonical: (text) => {
    const bytes = decodeBase58Check(text)
    return bytes?.length === 21 && bytes[0] === VERSION ? text : null
  },
}

const common = { chain: 'tron', curve: 'secp256k1', address: TRON_ADDRESS, fits: fitsSeed } as const

export const TRON: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: "m/44'/195'/{account}'/{change}/{index}" },
  { ...common, standard: 'ledger-live', path: "m/44'/195'/{account}'/0/0" },
]
