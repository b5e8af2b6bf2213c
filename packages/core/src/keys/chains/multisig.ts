/**
 * The extended public key that a phrase brings to a multisig wallet of Bitcoin: BIP-45, BIP-48 with its script types,
 * BIP-87. An address needs the keys of all cosigners, so these accounts have none: `keys/descriptor.ts` makes them.
 */

import { deriveKey, formatExtendedKey, fromSeed, type KeyForm, neuter } from '../bip32.js'
import { NETWORKS } from '../network.js'
import { formatPath, parsePath } from '../path.js'
import { type AccountPlace, fitsSeed, type OpenAccount, type OwnRow, type Source } from '../row.js'

interface Multisig {
  readonly standard: string
  readonly path: string
  readonly form: KeyForm
}

const ACCOUNTS: readonly Multisig[] = [
  { standard: 'bip45', path: "m/45'", form: 'plain' },
  { standard: 'bip48-legacy', path: "m/48'/{coin}'/{account}'/0'", form: 'plain' }, // as Trezor has it; not in the BIP
  { standard: 'bip48-p2sh-segwit', path: "m/48'/{coin}'/{account}'/1'", form: 'p2sh-p2wsh' },
  { standard: 'bip48', path: "m/48'/{coin}'/{account}'/2'", form: 'p2wsh' },
  { standard: 'bip87', path: "m/87'/{coin}'/{account}'", form: 'plain' },
]

export const MULTISIG: readonly OwnRow[] = ACCOUNTS.map((row) => ({
  chain: 'bitcoin',
  standard: row.standard,
  ...(row.path.includes('{account}') ? {} : { one: true as const }),
  address: { name: 'multisig', canonical: () => null },
  fits: fitsSeed,
  open: (source, place) => open(row, source, place),
}))

function open({ path, form }: Multisig, { seed }: Source, place: AccountPlace): OpenAccount {
  const { account, network } = place
  const { coinType, keys } = NETWORKS[network]
  const steps = parsePath(path.replace('{coin}', `${coinType}`).replace('{account}', `${account}`))
  const key = { ...neuter(deriveKey(fromSeed(seed), steps)), network: keys }
  return { path: formatPath(steps), xpub: formatExtendedKey(key, { form }), at: null }
}
