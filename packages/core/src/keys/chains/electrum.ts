/**
 * The wallets of Electrum's own seeds (electrum/keystore.py): a standard seed uses the master key itself, a segwit seed
 * its child 0', a seed from before 2.0 a scheme from before BIP-32 (`electrum-old.ts`), a two-factor seed two keys and
 * that of a company (`electrum-2fa.ts`). Each has one account.
 */
import { hex } from '../../bytes.js'
import { fail } from '../../errors.js'
import type { Network } from '../../types.js'
import type { ElectrumSeedType } from '../../words/electrum.js'
import { parseAddress } from '../address.js'
import { orNull, P2PKH, P2WPKH } from '../bitcoin-forms.js'
import { openTwoFactor } from '../electrum-2fa.js'
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

const TWO_FACTOR: OwnRow = {
  ...common,
  standard: 'electrum-2fa',
  address: { name: '2 of 3', canonical: multisigAddress },
  one: true,
  fits: (phrase) => phrase.kind === 'electrum' && isTwoFactor(phrase.seedType),
  open: ({ phrase, passphrase }, place) => {
    if (phrase.kind !== 'electrum' || !isTwoFactor(phrase.seedType))
      return fail('phrase-unsupported', { kind: phrase.kind })
    return openTwoFactor({ text: phrase.text, seedType: phrase.seedType, passphrase }, place)
  },
}

export const ELECTRUM: readonly Row[] = [STANDARD, SEGWIT, OLD, TWO_FACTOR]

function isTwoFactor(type: ElectrumSeedType): type is '2fa' | '2fa_segwit' {
  return type === '2fa' || type === '2fa_segwit'
}

/** Of what is behind a script hash an address tells nothing. */
function multisigAddress(text: string, network: Network): string | null {
  const found = orNull(() => parseAddress(text))
  if (found === null || !found.networks.includes(network)) return null
  return found.type === 'p2sh' || found.type === 'p2wsh' ? found.address : null
}

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
