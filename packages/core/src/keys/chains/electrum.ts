/**
 * The wallets of Electrum's own seeds (electrum/keystore.py): a standard seed uses the master key itself, a segwit seed
 * its child 0', a seed from before 2.0 a scheme from before BIP-32 (`electrum-old.ts`). Each has one account.
 */
import { hex } from '../../bytes.js'
import { P2PKH, P2WPKH } from '../bitcoin-forms.js'
import { oldMasterPublicKey, oldPublicKey } from '../electrum-old.js'
import type { AccountPlace, OpenAccount, OwnRow, PathRow, Row } from '../row.js'

const common = { chain: 'bitcoin', usual: true } as const

const STANDARD: PathRow = {
  ...common,
  standard: 'electrum-standard',
  path: 'm/{change}/{index}',
  curve: 'secp256k1',
  address: P2PKH,
  fits: (phrase) => phrase.kind === 'electrum' && phrase.seedType === 'standard',
}

const SEGWIT: PathRow = {
  ...common,
  standard: 'electrum-segwit',
  path: "m/0'/{change}/{index}",
  curve: 'secp256k1',
  address: P2WPKH,
  form: 'p2wpkh',
  fits: (phrase) => phrase.kind === 'electrum' && phrase.seedType === 'segwit',
}

const OLD: OwnRow = {
  ...common,
  standard: 'electrum-old',
  address: P2PKH,
  one: true,
  fits: ({ kind }) => kind === 'electrum-old',
  open: ({ seed }, place) => openOld(oldMasterPublicKey(seed), place),
}

export const ELECTRUM: readonly Row[] = [STANDARD, SEGWIT, OLD]

/** The account of an Electrum seed from before version 2.0, by its master public key of 64 bytes. */
export function openOld(
  masterPublicKey: Uint8Array,
  { network }: Pick<AccountPlace, 'network'>,
): OpenAccount {
  return {
    path: 'm',
    xpub: hex(masterPublicKey),
    at: ({ change, index }) => {
      const publicKey = oldPublicKey(masterPublicKey, { branch: change, index })
      return {
        path: `m/${change}/${index}`,
        publicKey: hex(publicKey),
        address: P2PKH.of(publicKey, network),
      }
    },
  }
}
