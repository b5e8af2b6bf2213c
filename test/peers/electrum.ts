/**
 * The real Electrum, run offline on wallet files (tried with 4.3.4 of Debian 12). Passwords go through its
 * prompt, so they are in no argument; seeds do not, `restore` takes them as an argument only.
 */
import { dirname, join } from 'node:path'
import type { Peer } from './peer.js'
import { python } from './python.js'
import { run, which } from './run.js'

export const electrum: Peer = {
  name: 'Electrum',
  install: 'apt-get install electrum',
  available: async () => which('electrum') !== null,
}

export type ElectrumNetwork = 'mainnet' | 'testnet' | 'regtest'

/** A wallet file. Electrum keeps its own settings in a folder beside it. */
export interface ElectrumWallet {
  readonly path: string
  readonly password?: string
  /** `regtest` unless said. */
  readonly network?: ElectrumNetwork
}

export interface Protection {
  readonly password: string
  /** Encrypt the whole file, instead of only what is secret in it. */
  readonly encryptFile?: boolean
}

export interface NewElectrumWallet extends ElectrumWallet {
  /** With a password: encrypt the whole file, instead of only what is secret in it. */
  readonly encryptFile?: boolean
}

export interface MultisigWallet extends NewElectrumWallet {
  readonly required: number
  /** A seed or a master key for each cosigner. */
  readonly cosigners: readonly string[]
}

export const settingsFolder = (wallet: ElectrumWallet) => join(dirname(wallet.path), '.electrum')

function flags(wallet: ElectrumWallet): string[] {
  const network = wallet.network ?? 'regtest'
  return [
    '--offline',
    ...(network === 'mainnet' ? [] : [`--${network}`]),
    '-D',
    settingsFolder(wallet),
    '-w',
    wallet.path,
  ]
}

/** Runs one command on a wallet file; `args` starts with the command. */
export function command(wallet: ElectrumWallet, args: readonly string[]): Promise<string> {
  const input = wallet.password === undefined ? '' : `${wallet.password}\n`
  return run('electrum', [...flags(wallet), ...args], { input, detached: true })
}

async function json<T>(wallet: ElectrumWallet, args: readonly string[]): Promise<T> {
  return JSON.parse(await command(wallet, args)) as T
}

function protection(wallet: NewElectrumWallet): string[] {
  if (wallet.password === undefined) return []
  return ['-W', ':', '--encrypt_file', String(wallet.encryptFile ?? false)]
}

/** A fresh seed; `segwit` or `standard`. */
export const makeSeed = (wallet: ElectrumWallet, type: 'segwit' | 'standard') =>
  run('electrum', [...flags(wallet).slice(0, -2), 'make_seed', '--seed_type', type])

/** Writes a new wallet and returns its seed. */
export async function create(wallet: NewElectrumWallet): Promise<string> {
  const made = await json<{ seed: string }>(wallet, ['create', ...protection(wallet)])
  return made.seed
}

/** Writes a wallet from a seed, a master key, or a list of addresses or private keys parted by spaces. */
export async function restore(wallet: NewElectrumWallet, text: string): Promise<void> {
  await command(wallet, ['restore', ...protection(wallet), text])
}

/** Electrum makes multisig wallets in its wizard only; this does what the wizard does with its own modules. */
const wizard = `
import json, sys
from electrum import constants, keystore
from electrum.simple_config import SimpleConfig
from electrum.storage import WalletStorage
from electrum.util import create_and_start_event_loop
from electrum.wallet import Multisig_Wallet
from electrum.wallet_db import WalletDB
job = json.load(sys.stdin)
loop, stopped, thread = create_and_start_event_loop()
if job['network'] != 'mainnet':
    getattr(constants, 'set_' + job['network'])()
db = WalletDB('', manual_upgrades=False)
db.put('wallet_type', '%dof%d' % (job['required'], len(job['cosigners'])))
for number, text in enumerate(job['cosigners'], 1):
    # a master key first: one text in 256 is a seed by its hash
    known = keystore.is_master_key(text)
    store = keystore.from_master_key(text) if known else keystore.from_seed(text, '', True)
    db.put('x%d/' % number, store.dump())
wallet = Multisig_Wallet(db, WalletStorage(job['path']), config=SimpleConfig({'electrum_path': job['home']}))
wallet.update_password(old_pw=None, new_pw=job['password'], encrypt_storage=job['encryptFile'])
wallet.synchronize()
wallet.save_db()
loop.call_soon_threadsafe(stopped.set_result, 1)
thread.join()
`

/** Writes a multisig wallet; seeds must be of the kind that Electrum makes for multisig (any segwit seed is). */
export async function createMultisig(wallet: MultisigWallet): Promise<void> {
  const { password = null, encryptFile = false, network = 'regtest' } = wallet
  const job = { ...wallet, password, encryptFile, network, home: settingsFolder(wallet) }
  await run(python(), ['-c', wizard], { input: JSON.stringify(job) })
}

/** Encrypts a plain wallet file where it lies. */
export async function setPassword(wallet: ElectrumWallet, options: Protection): Promise<void> {
  const args = ['password', '--new_password', ':', '--encrypt_file', String(options.encryptFile ?? false)]
  await run('electrum', [...flags(wallet), ...args], { input: `${options.password}\n`, detached: true })
}

const labeller = `
import json, sys
from electrum import constants
from electrum.simple_config import SimpleConfig
from electrum.storage import WalletStorage
from electrum.util import create_and_start_event_loop
from electrum.wallet import Wallet
from electrum.wallet_db import WalletDB
job = json.load(sys.stdin)
loop, stopped, thread = create_and_start_event_loop()
constants.set_regtest()
storage = WalletStorage(job['path'])
wallet = Wallet(WalletDB(storage.read(), manual_upgrades=False), storage, config=SimpleConfig({'electrum_path': job['home']}))
for key, label in job['labels'].items():
    wallet.set_label(key, label)
wallet.save_db()
loop.call_soon_threadsafe(stopped.set_result, 1)
thread.join()
`

/** Many labels in a plain wallet at once, by Electrum's modules: its command takes one, and seconds to start. */
export async function setLabels(
  wallet: ElectrumWallet,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const job = { path: wallet.path, home: settingsFolder(wallet), labels }
  await run(python(), ['-c', labeller], { input: JSON.stringify(job) })
}

export const setLabel = (wallet: ElectrumWallet, key: string, label: string) =>
  command(wallet, ['setlabel', key, label])

/** Address or transaction id -> label. */
export const labels = (wallet: ElectrumWallet) => json<Record<string, string>>(wallet, ['get', 'labels'])

/** An item of the wallet file as it stands there (a keystore, say), null when it has none. */
export async function item<T>(wallet: ElectrumWallet, key: string): Promise<T | null> {
  const text = await command(wallet, ['get', key])
  return text === '' ? null : (JSON.parse(text) as T)
}

export const listAddresses = (wallet: ElectrumWallet) => json<string[]>(wallet, ['listaddresses'])

export const listChange = (wallet: ElectrumWallet) => json<string[]>(wallet, ['listaddresses', '--change'])

export const getSeed = (wallet: ElectrumWallet) => command(wallet, ['getseed'])

export const masterPublicKey = (wallet: ElectrumWallet) => command(wallet, ['getmpk'])

/** The private keys of many addresses, as `type:WIF`. */
export const privateKeys = (wallet: ElectrumWallet, addresses: readonly string[]) =>
  json<string[]>(wallet, ['getprivatekeys', JSON.stringify(addresses)])

/** The private key of an address, as `type:WIF`. */
export const privateKey = (wallet: ElectrumWallet, address: string) =>
  command(wallet, ['getprivatekeys', address])

export interface ElectrumBalance {
  readonly confirmed: string
  readonly unconfirmed?: string
}

/** In bitcoin, as decimal strings. */
export const balance = (wallet: ElectrumWallet) => json<ElectrumBalance>(wallet, ['getbalance'])
