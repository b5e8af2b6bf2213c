/**
 * A machine, a vault and its stores on a simulated disk, with wallets that exist in memory only. The
 * production code runs in it unchanged.
 */

import { utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { Primitives, Wallet, WalletKind } from '@cairn/core/types.js'
import type { VaultDescription } from '@cairn/core/vault/description.js'
import { anyOf } from '@cairn/core/vault/policy.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import type { Disk } from '../../src/disk.js'
import type { Keychain } from '../../src/machine/keychain.js'
import { type Machine, openMachine } from '../../src/machine/open.js'
import { addWallet } from '../../src/machine/wallets.js'
import type { Ports, Wait } from '../../src/ports.js'
import { native } from '../../src/primitives.js'
import type { FileEntry, Source, View } from '../../src/sources/source.js'
import { openStore } from '../../src/stores/open.js'
import type { Store } from '../../src/stores/store.js'
import { init } from '../../src/vault/init.js'
import { join } from '../../src/vault/join.js'
import { openVault, readClaims, readPast } from '../../src/vault/open.js'
import type { Reading } from '../../src/vault/reader.js'
import { type RestoreReport, restore } from '../../src/vault/restore.js'
import { type SimDisk, simDisk } from './disk.js'

export const PASSPHRASE = 'correct horse battery staple'
const HOME = '/home/state'
const VAULT = '/vault'

type Wallets = Map<string, Map<string, Uint8Array>>

export interface World {
  readonly disk: SimDisk
  readonly ports: Ports
  /** Contents of the wallets by name, then by path; change them at will. */
  readonly wallets: Wallets
  /** Two factors that open the vault, and what they open to. */
  readonly given: Given
  readonly identity: string
  machine: Machine
  /** The state folder of the machine; that of the first one when absent. */
  readonly home?: string
  /** Milliseconds since 1970; each look at it takes one more. */
  readonly clock: { ms: number }
}

export interface WorldOptions {
  /** Number of stores; one when absent. */
  readonly stores?: number
  /** Puts something between the vault and a store. */
  readonly wrap?: (store: Store) => Store
  readonly disk?: SimDisk
  readonly primitives?: Primitives
}

/** A new vault, unlocked by any two of passphrase, computer and sheet. */
export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const { stores = 1, wrap, disk = simDisk(), primitives = native } = options
  const clock = { ms: Date.parse('2026-11-23T12:00:00.000Z') }
  const wallets: Wallets = new Map()
  const ports = portsOf({ disk, clock, wallets, primitives, ...(wrap ? { wrap } : {}) })
  await disk.makeFolder(HOME)
  let sheet = ''
  await init(
    {
      home: HOME,
      folder: VAULT,
      stores: Array.from({ length: stores }, (_, i) => ({
        name: `store${i + 1}`,
        url: `file:///vault/store${i + 1}`,
      })),
      policy: anyOf(2, [
        { kind: 'passphrase', name: 'passphrase', passphrase: PASSPHRASE },
        { kind: 'computer', name: 'computer' },
        { kind: 'sheet', name: 'sheet' },
      ]),
      deliver: async (sheets) => {
        sheet = sheets[0]?.words ?? ''
      },
      logN: 1,
    },
    ports,
  )
  const machine = await openMachine({ home: HOME }, disk)
  const given = { passphrases: [PASSPHRASE], sheets: [sheet] }
  const { identity } = (await openVault(await readClaims(storesOf(machine, ports)), given, native)).reading
  return { disk, ports, wallets, given, identity, machine, clock }
}

/** The same machine and vault on a disk of its own, at the same moment. */
export function copyWorld(world: World): World {
  return worldOn(world, world.disk.copy())
}

/** The same machine at the same moment with this disk in it. */
export function worldOn(world: World, disk: SimDisk): World {
  const { primitives } = world.ports
  const clock = { ...world.clock }
  const wallets: Wallets = new Map(world.wallets)
  return { ...world, disk, clock, wallets, ports: portsOf({ disk, clock, wallets, primitives }) }
}

/** The same world, which sees its disk through another one. */
export function onDisk(world: World, disk: Disk): World {
  const ports = { ...world.ports, disk }
  return { ...world, ports: { ...ports, openStore: (place) => openStore(place, ports) } }
}

export async function reboot(world: World): Promise<void> {
  world.machine = await openMachine({ home: world.home ?? HOME }, world.disk)
}

/**
 * One computer more with its own wallets, which joined the vault of this world: on the same disk and clock, so that all
 * computers see the same stores.
 * @param name what it is called in the vault; `folder` is that of its state
 */
export async function joinWorld(world: World, name: string, options: Joining = {}): Promise<World> {
  const { folder = name, wrap } = options
  const { disk, clock } = world
  const wallets: Wallets = new Map()
  const { primitives } = world.ports
  const ports = portsOf({ disk, clock, wallets, primitives, ...(wrap ? { wrap } : {}) })
  const home = `/home/${folder}`
  await disk.makeFolder(home)
  const stores = world.machine.config.stores
  const claims = await readClaims(stores.map((place) => ports.openStore(place)))
  await join({ home, folder: `/vaults/${folder}`, stores, claims, given: world.given, name }, ports)
  const machine = await openMachine({ home }, disk)
  return { disk, ports, wallets, given: world.given, identity: world.identity, machine, home, clock }
}

export interface Joining extends Pick<WorldOptions, 'wrap'> {
  readonly folder?: string
}

/** One that keeps what it is given, until it is locked. */
export function memoryKeychain(): Keychain & { readonly secrets: Map<string, Uint8Array>; locked: boolean } {
  const secrets = new Map<string, Uint8Array>()
  const keychain = {
    secrets,
    locked: false,
    get: async (account: string) => opened(account) ?? null,
    set: async (account: string, secret: Uint8Array) => {
      opened(account)
      secrets.set(account, secret.slice())
    },
    remove: async (account: string) => {
      opened(account)
      secrets.delete(account)
    },
  }
  const opened = (account: string) => (keychain.locked ? fail('keychain-locked') : secrets.get(account))
  return keychain
}

interface Parts {
  readonly disk: SimDisk
  readonly clock: { ms: number }
  readonly wallets: Wallets
  readonly primitives: Primitives
  readonly wrap?: (store: Store) => Store
  readonly wait?: Wait
  readonly keychain?: Keychain
}

/** In this world every store answers, and nobody waits for long. */
const forever: Wait = () => new Promise(() => {})

function portsOf({
  disk,
  clock,
  wallets,
  primitives,
  wrap = (store) => store,
  wait = forever,
  keychain = memoryKeychain(),
}: Parts): Ports {
  const now = () => {
    clock.ms += 1
    return new Date(clock.ms)
  }
  const ssh = { hostKeys: `${HOME}/host-keys`, agent: undefined }
  return {
    disk,
    now,
    primitives,
    wait,
    ssh,
    keychain,
    openStore: (place) => wrap(openStore(place, { disk, now, wait, ssh, keychain })),
    openSource: (spec) => memorySource(spec, wallets),
    exclusively: (_lock, work) => work(),
  }
}

export function storesOf(machine: Machine, ports: Ports): Store[] {
  return machine.config.stores.map((place) => ports.openStore(place))
}

export const nothingKnown: Wallet = {
  kind: 'file',
  encrypted: false,
  opened: true,
  identity: { fingerprints: [], descriptors: [], chain: null, network: null },
  addresses: [],
  labels: [],
  transactions: [],
  importedKeys: 0,
  keys: { private: 0, failed: [] },
  beyondSeed: [],
  restore: 'anytime',
}

/** Adds a wallet; of plain files unless a kind is named. */
export async function addFiles(
  world: World,
  name: string,
  files: Record<string, Uint8Array | string>,
  kind: WalletKind = 'file',
): Promise<void> {
  setFiles(world, name, files)
  const added = world.ports.now().toISOString()
  await addWallet(world.disk, world.machine.home, {
    name,
    kind,
    source: name,
    added,
    known: { ...nothingKnown, kind },
  })
}

export function setFiles(world: World, name: string, files: Record<string, Uint8Array | string>): void {
  const bytes = Object.entries(files).map(
    ([path, value]) => [path, typeof value === 'string' ? utf8(value) : value] as const,
  )
  world.wallets.set(name, new Map(bytes))
}

export interface RestoreOptions {
  readonly at?: string
  readonly names?: readonly string[]
  readonly to?: string
  readonly stores?: readonly Store[]
}

/** Restores as a machine that never saw the vault does: from stores and factors alone. */
export async function restoreElsewhere(world: World, options: RestoreOptions = {}): Promise<RestoreReport> {
  const stores = options.stores ?? storesOf(world.machine, world.ports)
  const { description, reading } = await openVault(
    await readClaims(stores),
    world.given,
    world.ports.primitives,
  )
  return restoreWith({ world, options, reading, description })
}

/** The same with the vault open already: unlocking takes most of the time of a small restore. */
export async function restoreOpened(world: World, options: RestoreOptions = {}): Promise<RestoreReport> {
  const stores = options.stores ?? storesOf(world.machine, world.ports)
  const reading = { stores, identity: world.identity, primitives: world.ports.primitives }
  return restoreWith({ world, options, reading, description: world.machine.description })
}

interface Restoring {
  readonly world: World
  readonly options: RestoreOptions
  readonly reading: Reading
  readonly description: VaultDescription
}

async function restoreWith({ world, options, reading, description }: Restoring): Promise<RestoreReport> {
  const { heads } = await readPast(reading.stores, description)
  const { names = [], to = '/back', at } = options
  const plan = { reading, heads, names, to, inTheWay: 'refuse', risky: 'refuse' } as const
  return restore(at === undefined ? plan : { ...plan, at }, world.ports)
}

/** The restored files by path. */
export function restored(world: World, to = '/back'): ReadonlyMap<string, Uint8Array> {
  const inside = [...world.disk.files()].filter(([path]) => path.startsWith(`${to}/`))
  return new Map(inside.map(([path, bytes]) => [path.slice(to.length + 1), bytes]))
}

function memorySource(spec: string, wallets: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>): Source {
  return {
    spec,
    open: async (): Promise<View> => {
      const files = wallets.get(spec) ?? new Map<string, Uint8Array>()
      const groups = [...files].map(([path, bytes]): FileEntry[] => [
        { path, size: bytes.length, mode: 0o600, mtimeMs: 0, mark: '', settled: false },
      ])
      return {
        groups,
        leftOut: [],
        read: async function* (entry) {
          yield files.get(entry.path) as Uint8Array
        },
        again: async (group) => group,
        close: async () => {},
      }
    },
  }
}
