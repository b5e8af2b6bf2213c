/**
 * Cardano: the accounts of Shelley (CIP-1852) and of Byron (`44'`), from each of the master keys that wallets make of the
 * same words (cardano/master.ts). The random wallets of Daedalus are listed at the numbers 0', 1', …; theirs were drawn
 * at random, so they list nothing of theirs but by chance (`byronPathOf` tells whether an address belongs to one).
 * Account keys are written as in CIP-5, `acct_xvk1…`.
 */
import { bech32 } from '@scure/base'
import { concat, hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import type { Network } from '../../types.js'
import { toEntropy } from '../../words/bip39.js'
import type { Phrase } from '../../words/phrase.js'
import {
  baseAddress,
  byronAddress,
  byronPathKey,
  type CardanoNetwork,
  encryptByronPath,
  enterpriseAddress,
  parseCardanoAddress,
  stakeAddress,
} from '../cardano/address.js'
import {
  type CardanoKey,
  type CardanoPublicKey,
  deriveCardano,
  neuterCardano,
  publicChild,
} from '../cardano/ed25519-bip32.js'
import { byronMaster, icarusMaster, ledgerMaster, slip23Master, trezorMaster } from '../cardano/master.js'
import { formatPath, HARDENED, type Path } from '../path.js'
import type { AccountPlace, AddressForm, DerivedAddress, OpenAccount, OwnRow, Source } from '../row.js'

type Master = (source: Source) => CardanoKey

const STAKE_ROLE = 2
const ADDRESS: AddressForm = { name: 'cardano', canonical: read }

const common = { chain: 'cardano', address: ADDRESS, fits: isBip39 } as const

const icarus: Master = ({ phrase, passphrase }) => icarusMaster(entropyOf(phrase), passphrase)
const trezor: Master = ({ phrase, passphrase }) => trezorMaster(entropyOf(phrase), passphrase)
const ledger: Master = ({ seed }) => ledgerMaster(seed)
const slip23: Master = ({ seed }) => slip23Master(seed)

export const CARDANO: readonly OwnRow[] = [
  { ...common, standard: 'cip1852', open: (source, place) => openBase(icarus(source), place) },
  {
    ...common,
    standard: 'cip1852-enterprise',
    open: (source, place) => openEnterprise(icarus(source), place),
  },
  { ...common, standard: 'cip1852-stake', open: (source, place) => openStake(icarus(source), place) },
  { ...common, standard: 'cip1852-ledger', open: (source, place) => openBase(ledger(source), place) },
  {
    ...common,
    standard: 'cip1852-trezor',
    // Of fewer words its key is that of Icarus.
    fits: (phrase) => phrase.kind === 'bip39' && entropyOf(phrase).length === 32,
    open: (source, place) => openBase(trezor(source), place),
  },
  {
    ...common,
    standard: 'cip1852-slip23',
    fits: ({ kind }) => kind === 'slip39',
    open: (source, place) => openBase(slip23(source), place),
  },
  { ...common, standard: 'byron-icarus', open: (source, place) => openByron(icarus(source), place) },
  { ...common, standard: 'byron-ledger', open: (source, place) => openByron(ledger(source), place) },
  {
    ...common,
    standard: 'byron-slip23',
    fits: ({ kind }) => kind === 'slip39',
    open: (source, place) => openByron(slip23(source), place),
  },
  {
    ...common,
    standard: 'byron-random',
    open: ({ phrase }, place) => openRandom(byronMaster(entropyOf(phrase)), place),
  },
]

/** An account of CIP-1852 with the addresses of its payment keys and its stake key. */
export function openBase(master: CardanoKey, place: AccountPlace): OpenAccount {
  const path = accountPath(1852, place)
  const account = accountKey(master, path)
  const stake = publicChild(publicChild(account, STAKE_ROLE), 0).publicKey
  const address = (key: CardanoPublicKey) => baseAddress(key.publicKey, stake, networkOf(place))
  return opened(path, account, address)
}

function openEnterprise(master: CardanoKey, place: AccountPlace): OpenAccount {
  const path = accountPath(1852, place)
  return opened(path, accountKey(master, path), (key) => enterpriseAddress(key.publicKey, networkOf(place)))
}

function openStake(master: CardanoKey, place: AccountPlace): OpenAccount {
  const path = [...accountPath(1852, place), STAKE_ROLE, 0]
  const { publicKey } = neuterCardano(deriveCardano(master, path))
  const address = stakeAddress(publicKey, networkOf(place))
  const found = { path: formatPath(path), publicKey: hex(publicKey), address }
  return { path: found.path, xpub: null, public: found.publicKey, single: true, at: () => found }
}

/** An account of Byron's sequential wallets: `m/44'/1815'/account'`. */
export function openByron(master: CardanoKey, place: AccountPlace): OpenAccount {
  const path = accountPath(44, place)
  return opened(path, accountKey(master, path), (key) => byronAddress(key, networkOf(place)))
}

/** Every step is hardened, and every address has its path in it. */
export function openRandom(master: CardanoKey, place: AccountPlace): OpenAccount {
  const pathKey = byronPathKey(neuterCardano(master))
  const account = deriveCardano(master, [place.account + HARDENED], 'V1')
  const at = ({ index }: { index: number }): DerivedAddress => {
    const path = [place.account + HARDENED, index + HARDENED]
    const key = neuterCardano(deriveCardano(account, path.slice(1), 'V1'))
    const address = byronAddress(key, networkOf(place), encryptByronPath(path, pathKey))
    return { path: formatPath(path), publicKey: hex(key.publicKey), address }
  }
  return { path: `m/${place.account}'/*'`, xpub: null, public: accountText(neuterCardano(master)), at }
}

function opened(
  path: Path,
  account: CardanoPublicKey,
  address: (key: CardanoPublicKey) => string,
): OpenAccount {
  return {
    path: formatPath(path),
    xpub: null,
    public: accountText(account),
    at: ({ change, index }) => {
      const key = publicChild(publicChild(account, change), index)
      const place = formatPath([...path, change, index])
      return { path: place, publicKey: hex(key.publicKey), address: address(key) }
    },
  }
}

function accountPath(purpose: 44 | 1852, { account }: AccountPlace): Path {
  return [purpose, 1815, account].map((step) => step + HARDENED)
}

function accountKey(master: CardanoKey, path: Path): CardanoPublicKey {
  return neuterCardano(deriveCardano(master, path))
}

function accountText({ publicKey, chainCode }: CardanoPublicKey): string {
  return bech32.encode('acct_xvk', bech32.toWords(concat(publicKey, chainCode)), false)
}

/** Words that are a phrase in two lists are read in the first. */
function entropyOf(phrase: Phrase): Uint8Array {
  return phrase.kind === 'bip39' ? toEntropy(phrase.text, phrase.languages[0]) : new Uint8Array()
}

function isBip39({ kind }: Phrase): boolean {
  return kind === 'bip39'
}

function networkOf({ network }: { readonly network: Network }): CardanoNetwork {
  return network === 'mainnet' ? 'mainnet' : 'testnet'
}

function read(text: string, network: Network): string | null {
  try {
    return parseCardanoAddress(text).network === networkOf({ network }) ? text : null
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
