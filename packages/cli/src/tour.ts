/**
 * The guided round on two sample wallets, with the same rooms that the commands use: save, change, save again,
 * lose, restore, prove. Everything happens in one new folder, which is gone afterwards. No network.
 * Beside `main.ts`, so that the samples are found from the bundle as from here.
 */
import { existsSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wallet } from '@cairn/core/types.js'
import { newPassphrase } from '@cairn/core/vault/passphrase.js'
import { anyOf } from '@cairn/core/vault/policy.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { type Machine, openMachine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { storeUrl } from '@cairn/node/stores/open.js'
import { add, lookAt } from '@cairn/node/vault/add-wallet.js'
import { type BackupReport, backup } from '@cairn/node/vault/backup.js'
import { type DrillReport, drill } from '@cairn/node/vault/drill.js'
import { init } from '@cairn/node/vault/init.js'
import { openVault, readClaims, readPast } from '@cairn/node/vault/open.js'
import { openHere } from '@cairn/node/vault/open-here.js'
import { type RestoreReport, restore } from '@cairn/node/vault/restore.js'
import { SAMPLES } from './samples.js'

/** Run from a checkout, the command is `npx cairn`. */
export function isCheckout(): boolean {
  return existsSync(new URL('../../../tsconfig.base.json', import.meta.url))
}

/** The wallets of the tour, by name: where each lies in the samples. */
const WALLETS = { savings: 'electrum/default_wallet', node: 'bitcoin-core/wallet.dat' } as const

export type Name = keyof typeof WALLETS
export const NAMES = Object.keys(WALLETS) as readonly Name[]

export interface Factors {
  readonly passphrase: string
  /** The words of the recovery sheet. */
  readonly sheet: string
}

export interface Tour {
  readonly folder: string
  readonly machine: Machine
  readonly factors: Factors
}

/** What a person would compare: how much a wallet holds, and one label of it. */
export interface Seen {
  readonly name: Name
  readonly wallet: Wallet
}

export function pathOf({ folder }: { readonly folder: string }, name: Name): string {
  return join(folder, 'wallets', WALLETS[name])
}

/** Copies the samples and makes a vault that any two of passphrase, computer and sheet open. */
export async function begin(folder: string): Promise<Tour> {
  await cp(fileURLToPath(SAMPLES), join(folder, 'wallets'), { recursive: true })
  const passphrase = newPassphrase()
  let sheet = ''
  await init(
    {
      home: join(folder, 'computer'),
      folder: join(folder, 'vault'),
      stores: [{ name: 'drive', url: storeUrl(join(folder, 'vault', 'store')) }],
      policy: anyOf(2, [
        { kind: 'passphrase', name: 'passphrase', passphrase },
        { kind: 'computer', name: 'computer' },
        { kind: 'sheet', name: 'sheet' },
      ]),
      deliver: async ([made]) => {
        sheet = made?.words ?? ''
      },
    },
    ports,
  )
  const machine = await openMachine({ home: join(folder, 'computer') }, ports.disk)
  return { folder, machine, factors: { passphrase, sheet } }
}

/** Takes the wallets into care and returns what they hold. */
export async function addAll(tour: Tour): Promise<readonly Seen[]> {
  const seen = await lookAtAll((name) => pathOf(tour, name))
  for (const { name, wallet } of seen)
    await add(tour.machine, { name, source: pathOf(tour, name), wallet }, ports)
  return seen
}

export async function lookAtAll(where: (name: Name) => string): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (const name of NAMES) seen.push({ name, wallet: await lookAt({ source: where(name) }, ports) })
  return seen
}

export function save({ machine }: Tour): Promise<BackupReport> {
  return backup(machine, { names: [] }, ports)
}

export const CHANGED = {
  before: 'Cold storage, do not spend',
  after: 'Cold storage, for the children',
} as const

/** Does what a person would do in Electrum: renames one address. Its file is JSON. */
export async function changeLabel(tour: Tour): Promise<void> {
  const path = pathOf(tour, 'savings')
  const before = await readFile(path, 'utf8')
  await writeFile(path, before.replace(JSON.stringify(CHANGED.before), JSON.stringify(CHANGED.after)))
}

export async function lose({ folder }: Tour): Promise<void> {
  await rm(join(folder, 'wallets'), { recursive: true })
}

export interface Restored {
  readonly report: RestoreReport
  readonly to: string
}

/** As on a new computer: from the store, the passphrase and the sheet alone. */
export async function restoreAll({ folder, factors }: Tour): Promise<Restored> {
  const claims = await readClaims([
    ports.openStore({ name: 'drive', url: storeUrl(join(folder, 'vault', 'store')) }),
  ])
  const given: Given = { passphrases: [factors.passphrase], sheets: [factors.sheet] }
  const { description, reading } = await openVault(claims, given, ports.primitives)
  const { heads } = await readPast(reading.stores, description)
  const to = join(folder, 'restored')
  const report = await restore({ reading, heads, names: [], to, inTheWay: 'refuse', risky: 'refuse' }, ports)
  return { report, to }
}

/** On the computer itself: with its key and the sheet. */
export async function prove({ machine, factors }: Tour): Promise<DrillReport> {
  const { reading, past } = await openHere(machine, { sheets: [factors.sheet] }, ports)
  const plan = { reading, heads: past.heads, names: [], passwordOf: async () => undefined }
  return drill(machine, plan, ports)
}

/** Where the file of a wallet lies after the restore. */
export function restoredPath({ to }: Restored, name: Name): string {
  return join(to, name, WALLETS[name].replace(/^.*\//, ''))
}
