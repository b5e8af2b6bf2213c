/**
 * TON: the wallets of three versions of the contract for the key of a TON phrase, and for the keys that some wallets and
 * Ledger make of a BIP-39 phrase by SLIP-10. Which version a wallet used, it alone knows; an unused one looks empty.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import type { Network } from '../../types.js'
import { fitsSeed, type KeyAddressForm, type OpenAccount, type Row } from '../row.js'
import { formatTonAddress, parseTonAddress, type TonForm, type TonVersion, tonWallet } from '../ton.js'

const VERSIONS: readonly TonVersion[] = ['v5r1', 'v4r2', 'v3r2']

export const TON: readonly Row[] = VERSIONS.flatMap(rows)

function rows(version: TonVersion): readonly Row[] {
  const address = walletForm(version)
  const common = { chain: 'ton', address, fits: fitsSeed, curve: 'ed25519' } as const
  return [
    {
      ...{ chain: 'ton', standard: version, address, usual: true, one: true },
      fits: ({ kind }) => kind === 'ton',
      open: ({ seed }, { network }) => openKey(ed25519.getPublicKey(seed), address, network),
    },
    { ...common, standard: `bip44-${version}`, path: "m/44'/607'/{account}'" },
    { ...common, standard: `ledger-${version}`, path: "m/44'/607'/0'/0'/{account}'/0'" },
  ]
}

function openKey(publicKey: Uint8Array, form: KeyAddressForm, network: Network): OpenAccount {
  const text = hex(publicKey)
  const address = form.of(publicKey, network)
  const at = () => ({ path: null, publicKey: text, address })
  return { path: null, xpub: null, public: text, single: true, at }
}

function walletForm(version: TonVersion): KeyAddressForm {
  return {
    name: 'ton',
    of: (publicKey, network) => friendly(tonWallet(publicKey, version, networkOf(network)), network),
    canonical: read,
  }
}

function friendly(address: Parameters<typeof formatTonAddress>[0], network: Network): string {
  return formatTonAddress(address, { kind: 'non-bounceable', network: networkOf(network) })
}

/** Any of the forms, of this network or of none, in the one that wallets show. */
function read(text: string, network: Network): string | null {
  try {
    const address = parseTonAddress(text)
    return (address.network ?? networkOf(network)) === networkOf(network) ? friendly(address, network) : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function networkOf(network: Network): TonForm['network'] {
  return network === 'mainnet' ? 'mainnet' : 'testnet'
}
