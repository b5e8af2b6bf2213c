/**
 * Chains whose address is an ed25519 public key, or its hash, in hexadecimal: implicit accounts of Near
 * (https://nomicon.io/DataStructures/Account), accounts of Aptos (SHA3-256 of the key and a byte 0 for "single ed25519",
 * https://aptos.dev/en/network/blockchain/accounts) and of Sui (BLAKE2b-256 of a byte 0 for "ed25519" and the key,
 * https://docs.sui.io/concepts/cryptography/transaction-auth/keys-addresses). Not named accounts, not other schemes.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { sha3_256 } from '@noble/hashes/sha3.js'
import { concat, hex } from '../../bytes.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const SCHEME_ED25519 = Uint8Array.of(0)

const IMPLICIT = hexForm('', (publicKey) => publicKey)
const APTOS = hexForm('0x', (publicKey) => sha3_256(concat(publicKey, SCHEME_ED25519)))
const SUI = hexForm('0x', (publicKey) => blake2b(concat(SCHEME_ED25519, publicKey), { dkLen: 32 }))

const common = { curve: 'ed25519', standard: 'bip44', fits: fitsSeed } as const

export const HEX_ACCOUNTS: readonly PathRow[] = [
  { ...common, chain: 'near', path: "m/44'/397'/{account}'", address: IMPLICIT },
  { ...common, chain: 'aptos', path: "m/44'/637'/{account}'/0'/0'", address: APTOS },
  { ...common, chain: 'sui', path: "m/44'/784'/{account}'/0'/0'", address: SUI },
]

function hexForm(prefix: string, bytes: (publicKey: Uint8Array) => Uint8Array): KeyAddressForm {
  return {
    name: 'hex',
    of: (publicKey) => `${prefix}${hex(bytes(publicKey))}`,
    canonical: (text) => {
      const lower = text.toLowerCase()
      return lower.startsWith(prefix) && /^[0-9a-f]{64}$/.test(lower.slice(prefix.length)) ? lower : null
    },
  }
}
