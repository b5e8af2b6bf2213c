/** The XRP Ledger: BIP-44 with coin type 144, as Ledger, Trezor and Xaman have it. Not family seeds (`s…`). */
import { isRippleAddress, rippleAddress } from '../ripple.js'
import { fitsSeed, type KeyAddressForm, type PathRow } from '../row.js'

const CLASSIC: KeyAddressForm = {
  name: 'classic',
  of: (publicKey) => rippleAddress(publicKey),
  canonical: (text) => (isRippleAddress(text) ? text : null),
}

const common = { chain: 'xrp', curve: 'secp256k1', address: CLASSIC, fits: fitsSeed } as const

export const XRP: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: "m/44'/144'/{account}'/{change}/{index}" },
  { ...common, standard: 'ledger-live', path: "m/44'/144'/{account}'/0/0" },
]
