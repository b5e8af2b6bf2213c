/**
 * Bitcoin: the accounts of BIP-44, 49, 84 and 86, their public keys in the forms of SLIP-132. Not Electrum's own
 * seeds (`electrum.ts`).
 */
import { P2PKH, P2SH_P2WPKH, P2TR, P2WPKH } from '../bitcoin-forms.js'
import { fitsSeed, type PathRow } from '../row.js'

const common = { chain: 'bitcoin', curve: 'secp256k1', coin: 0, fits: fitsSeed } as const

function purpose(number: number): string {
  return `m/${number}'/{coin}'/{account}'/{change}/{index}`
}

export const BITCOIN: readonly PathRow[] = [
  { ...common, standard: 'bip44', path: purpose(44), address: P2PKH, usual: true },
  { ...common, standard: 'bip49', path: purpose(49), address: P2SH_P2WPKH, form: 'p2sh-p2wpkh', usual: true },
  { ...common, standard: 'bip84', path: purpose(84), address: P2WPKH, form: 'p2wpkh', usual: true },
  { ...common, standard: 'bip86', path: purpose(86), address: P2TR, usual: true },
]
