/**
 * Neo (before N3) and Ontology, on nist256p1: Base58Check of a version byte and HASH160 of the script that checks one
 * signature: push the public key,
 * CHECKSIG. Coin types of SLIP-44.
 */
import { concat } from '../../bytes.js'
import { decodeBase58Check, encodeBase58Check } from '../base58check.js'
import { hash160 } from '../hash.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const VERSION = 0x17
const PUSH_33 = 0x21
const CHECKSIG = 0xac

const SCRIPT_HASH: KeyAddressForm = {
  name: 'neo',
  of: (publicKey) => {
    const script = concat(Uint8Array.of(PUSH_33), publicKey, Uint8Array.of(CHECKSIG))
    return encodeBase58Check(concat(Uint8Array.of(VERSION), hash160(script)))
  },
  canonical: (text) => {
    const bytes = decodeBase58Check(text)
    return bytes?.length === 21 && bytes[0] === VERSION ? text : null
  },
}

const common = { standard: 'bip44', curve: 'nist256p1', address: SCRIPT_HASH, fits: fitsSeed } as const

export const NEO: readonly PathRow[] = [
  { ...common, chain: 'neo', path: "m/44'/888'/{account}'/{change}/{index}" },
  { ...common, chain: 'ontology', path: "m/44'/1024'/{account}'/{change}/{index}" },
]
