/**
 * Polkadot and Kusama: the accounts that wallets of their own make of a BIP-39 phrase, of sr25519 (the usual kind),
 * ed25519 and ecdsa; at the root, and with `derived` in the standard at `//0`, `//1`, …; and the accounts of wallets
 * for many chains, of SLIP-10, and of Ledger. Test networks write addresses with 42, the number of any chain.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import type { Network } from '../../types.js'
import { toEntropy } from '../../words/bip39.js'
import type { Phrase } from '../../words/phrase.js'
import { deriveCardano } from '../cardano/ed25519-bip32.js'
import { ledgerMaster } from '../cardano/master.js'
import { HARDENED } from '../path.js'
import {
  type AccountPlace,
  fitsSeed,
  type KeyAddressForm,
  type OpenAccount,
  type Row,
  type Source,
} from '../row.js'
import {
  deriveSubstrate,
  miniSecret,
  type SubstrateKey,
  type SubstrateScheme,
  substrateAccount,
  substratePublicKey,
  substrateRoot,
} from '../substrate/keys.js'
import { parseSecretUri } from '../substrate/secret-uri.js'
import { decodeSs58, encodeSs58 } from '../substrate/ss58.js'

interface SubstrateChain {
  readonly chain: 'polkadot' | 'kusama'
  /** SS58 and SLIP-44. */
  readonly ss58: number
  readonly coin: number
}

const ANY_CHAIN = 42
const SCHEMES: readonly SubstrateScheme[] = ['sr25519', 'ed25519', 'ecdsa']
const CHAINS: readonly SubstrateChain[] = [
  { chain: 'polkadot', ss58: 0, coin: 354 },
  { chain: 'kusama', ss58: 2, coin: 434 },
]

export const POLKADOT: readonly Row[] = CHAINS.flatMap(rows)

function rows({ chain, ss58, coin }: SubstrateChain): readonly Row[] {
  const address = ss58Form(ss58)
  const common = { chain, address, fits: ({ kind }: Phrase) => kind === 'bip39', one: true } as const
  const own = SCHEMES.flatMap((scheme): readonly Row[] => [
    {
      ...common,
      standard: scheme,
      open: (source, place) => openRoot(rootOf(source, scheme), address, place),
    },
    {
      ...common,
      standard: `${scheme}-derived`,
      open: (source, place) => openDerived(rootOf(source, scheme), address, place),
    },
  ])
  const path = `m/44'/${coin}'/{account}'/{change}'/{index}'`
  return [
    ...own,
    { chain, standard: 'bip44', path, curve: 'ed25519', address, fits: fitsSeed },
    {
      ...{ chain, standard: 'ledger', address, fits: common.fits },
      open: ({ seed }, place) => openLedger(seed, { coin, form: address }, place),
    },
  ]
}

/**
 * Ledger derives as it does for Cardano, every step hardened, and its Polkadot app takes the scalar for the seed of an
 * ed25519 key (@polkadot/util-crypto, hd/ledger).
 */
function openLedger(
  seed: Uint8Array,
  { coin, form }: { readonly coin: number; readonly form: KeyAddressForm },
  { account, network }: AccountPlace,
): OpenAccount {
  const root = deriveCardano(
    ledgerMaster(seed),
    [44, coin, account].map((step) => step + HARDENED),
  )
  const start = `m/44'/${coin}'/${account}'`
  return {
    path: `${start}/0'/*'`,
    xpub: null,
    at: ({ change, index }) => {
      const { privateKey } = deriveCardano(root, [change + HARDENED, index + HARDENED])
      const publicKey = ed25519.getPublicKey(privateKey.subarray(0, 32))
      const path = `${start}/${change}'/${index}'`
      return { path, publicKey: hex(publicKey), address: form.of(publicKey, network) }
    },
  }
}

function openRoot(root: SubstrateKey, form: KeyAddressForm, { network }: AccountPlace): OpenAccount {
  const found = described(root, form, network)
  return {
    path: null,
    xpub: null,
    public: found.publicKey,
    single: true,
    at: () => ({ path: null, ...found }),
  }
}

function openDerived(root: SubstrateKey, form: KeyAddressForm, { network }: AccountPlace): OpenAccount {
  return {
    path: '//*',
    xpub: null,
    at: ({ index }) => {
      const path = `//${index}`
      return { path, ...described(deriveSubstrate(root, parseSecretUri(path).junctions), form, network) }
    },
  }
}

function described(key: SubstrateKey, form: KeyAddressForm, network: Network) {
  const publicKey = substratePublicKey(key)
  const account = substrateAccount({ scheme: key.scheme, publicKey })
  return { publicKey: hex(publicKey), address: form.of(account, network) }
}

/** Words that are a phrase in two lists are read in the first. */
function rootOf({ phrase, passphrase }: Source, scheme: SubstrateScheme): SubstrateKey {
  const entropy = phrase.kind === 'bip39' ? toEntropy(phrase.text, phrase.languages[0]) : new Uint8Array()
  return substrateRoot(miniSecret(entropy, passphrase), scheme)
}

function ss58Form(number: number): KeyAddressForm {
  const numberOn = (network: Network) => (network === 'mainnet' ? number : ANY_CHAIN)
  return {
    name: 'ss58',
    of: (account, network) => encodeSs58({ network: numberOn(network), account }),
    canonical: (text, network) => (readNetwork(text) === numberOn(network) ? text : null),
  }
}

function readNetwork(text: string): number | null {
  try {
    return decodeSs58(text).network
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
