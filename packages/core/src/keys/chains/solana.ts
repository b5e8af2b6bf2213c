/**
 * Solana: an address is an ed25519 public key in base 58. Wallets disagree about the path
 * (https://solana.com/developers/cookbook/wallets/restore-from-mnemonic, and the `DERIVATION_PATH` of the Sollet wallet),
 * and `solana-keygen` used none: the first 32 bytes of the seed are the private key.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { base58 } from '@scure/base'
import { hex } from '../../bytes.js'
import { deriveKey, fromSeed } from '../bip32.js'
import { formatPath, HARDENED } from '../path.js'
import { type AddressPlace, fitsSeed, type KeyAddressForm, type OwnRow, type Row } from '../row.js'

const BASE58: KeyAddressForm = {
  name: 'base58',
  of: (publicKey) => base58.encode(publicKey),
  canonical: (text) => {
    // 32 bytes in base 58; the length is looked at first, since decoding costs its square.
    if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text)) return null
    return base58.decode(text).length === 32 ? text : null
  },
}

const common = { chain: 'solana', address: BASE58, fits: fitsSeed } as const

const RAW: OwnRow = {
  ...common,
  standard: 'raw-seed',
  one: true,
  open: ({ seed }) => ({
    path: null,
    xpub: null,
    single: true,
    at: () => ({ path: null, ...ofPrivateKey(seed.subarray(0, 32)) }),
  }),
}

/** Sollet's first path: the private key of a BIP-32 tree of secp256k1, taken for one of ed25519. */
const SOLLET: OwnRow = {
  ...common,
  standard: 'sollet-deprecated',
  open: ({ seed }, { account }) => {
    const root = fromSeed(seed)
    const at = ({ index }: AddressPlace) => {
      const path = [501 + HARDENED, account + index + HARDENED, 0, 0]
      return { path: formatPath(path), ...ofPrivateKey(deriveKey(root, path).privateKey as Uint8Array) }
    }
    return { path: "m/501'/*'/0/0", xpub: null, at }
  },
}

export const SOLANA: readonly Row[] = [
  // Phantom, Solflare, Ledger Live, Trust Wallet's second.
  { ...common, standard: 'bip44-change', path: "m/44'/501'/{account}'/0'", curve: 'ed25519' },
  // solana-keygen with a key path, Exodus, Trust Wallet's first.
  { ...common, standard: 'bip44', path: "m/44'/501'/{account}'", curve: 'ed25519' },
  { ...common, standard: 'bip44-root', path: "m/44'/501'", curve: 'ed25519' },
  RAW,
  SOLLET,
]

function ofPrivateKey(privateKey: Uint8Array): { readonly publicKey: string; readonly address: string } {
  const publicKey = ed25519.getPublicKey(privateKey)
  return { publicKey: hex(publicKey), address: base58.encode(publicKey) }
}
