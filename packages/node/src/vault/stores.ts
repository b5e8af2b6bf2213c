/**
 * Adding a store to a vault and taking one out. A place is trusted only after it was probed and found empty, or found
 * to hold this vault; what the other stores hold is copied there at once, as far as it works. Taking a store out
 * leaves what lies in it.
 */
import { basename, dirname } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { type CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { README_FILE, VAULT_FILE } from '@cairn/core/vault/object.js'
import { storeReadme } from '@cairn/core/vault/readme.js'
import { credentialsFile, forgetCredentials, keepCredentials } from '../machine/credentials.js'
import { type Config, configFile } from '../machine/device.js'
import { isKeychainError, type Keep, readKept, whereKept, writeKept } from '../machine/kept.js'
import { readDoubts, readIndex, readSeen, writeDoubts, writeSeen } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { localError, writeState } from '../machine/state.js'
import { forgetTrail } from '../machine/trail.js'
import type { Ports, StorePlace } from '../ports.js'
import { driveOf, markDrive, newDrive } from '../stores/drive.js'
import { folderOf, isFolder } from '../stores/open.js'
import { PROBE_PREFIX, type ProbeReport, probe } from '../stores/probe.js'
import type { Store } from '../stores/store.js'
import { requireApart } from './apart.js'
import { level } from './level.js'
import { forgottenHere } from './open.js'
import { openPlace, openStores, placeIn } from './open-stores.js'
import { keepProbe } from './probes.js'
import { putPlain, type Target } from './stored.js'
import { checkOwner, ownHeads } from './survey.js'

/** A file that was given with what opens a store. */
export interface GivenCredentials {
  readonly bytes: Uint8Array
  /** Its path, for errors. */
  readonly from: string
}

export interface NewStore {
  readonly name: string
  readonly url: string
  readonly credentials?: GivenCredentials
  /** Bytes a second; `none` takes one away that was set before, which stays without. */
  readonly limit?: number | 'none'
  /** Where they are kept; where they are, or in a file, when absent. */
  readonly keep?: Keep
}

export interface AddedStore {
  readonly probe: ProbeReport
  /** `known`: the store was there before, and has new credentials, or another limit. */
  readonly state: 'added' | 'known'
  /** Why it lacks something still; the next backup goes on. */
  readonly behind?: CairnError
}

/**
 * @throws CairnError `store-name`, `store-known`, `store-nested`, `vault-exists` for a place that holds something else,
 *   `store-foreign`, `store-lies` for one that failed the probe, and those of stores; then nothing has changed
 */
export async function addStore(machine: Machine, store: NewStore, ports: Ports): Promise<AddedStore> {
  return ports.exclusively(machine.home.lock, () => addLocked(machine, store, ports))
}

async function addLocked(machine: Machine, store: NewStore, ports: Ports): Promise<AddedStore> {
  const { name, url, credentials, keep } = store
  const known = requireNew(machine, store)
  if (known === undefined) {
    await requireOtherDrive(machine, store, ports)
    await requireApart({ name, url }, machine.config.stores, ports)
  }
  const undo = await replaceCredentials(machine, store, ports)
  try {
    const place = placeIn(machine, known ?? { name, url })
    if (isFolder(place)) await makeFolder(place, ports)
    const opened = openPlace(place, ports)
    if (known === undefined && isFolder(place)) await requireUnknownDrive(machine, opened)
    const report = await proven(opened, ports)
    if (known === undefined) await takeOver(opened, machine)
    const drive = isFolder(place) ? { drive: place.drive ?? (await markedDrive(opened, machine)) } : {}
    const limit = store.limit ?? known?.limit ?? 'none'
    const limited = limit === 'none' ? {} : { limit }
    const stores = withStore(machine.config.stores, { name, url, ...drive, ...limited })
    await writeState(ports.disk, configFile(machine.folder), { ...machine.config, stores })
    await keepProbe(machine, { report, result: 'reviewed' }, ports)
    if (known) return { probe: report, state: 'known' }
    const failure = await bringUp({ ...machine, config: { ...machine.config, stores } }, name, ports)
    return { probe: report, state: 'added', ...(failure ? { behind: failure } : {}) }
  } catch (error) {
    if (credentials || keep) await undo()
    throw error
  }
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** @returns the store of that name and place, when there is one */
function requireNew({ config }: Machine, { name, url }: NewStore): StorePlace | undefined {
  if (!NAME.test(name)) fail('store-name')
  const same = config.stores.find((store) => store.name.toLowerCase() === name.toLowerCase())
  if (same === undefined || (same.name === name && same.url === url)) return same
  return fail('store-known', { name: same.name })
}

/**
 * The same place under two names would count as two copies and be one, unless it is that of drives that are plugged
 * in in turn.
 */
async function requireOtherDrive({ config }: Machine, { name, url }: NewStore, ports: Ports): Promise<void> {
  const there = config.stores.filter((store) => store.url === url)
  const [first] = there
  if (first === undefined) return
  const found = isFolder(first) ? await driveAt({ name, url }, ports) : undefined
  const same = there.find(({ drive }) => drive === undefined || drive === found)
  if (!isFolder(first) || same) fail('store-known', { name: (same ?? first).name })
}

/** The drive of a store may be mounted at another place now. */
async function requireUnknownDrive({ config }: Machine, store: Store): Promise<void> {
  const found = await driveOf(store)
  const same = config.stores.find(({ drive }) => drive !== undefined && drive === found)
  if (same !== undefined) fail('store-known', { name: same.name })
}

/** Undefined for a drive that has no folder for a vault yet. */
async function driveAt(place: StorePlace, ports: Ports): Promise<string | undefined> {
  const path = folderOf(place)
  const names = await ports.disk.list(dirname(path)).catch((error) => localError(error, dirname(path)))
  return names.some((entry) => entry.name === basename(path)) ? driveOf(openPlace(place, ports)) : undefined
}

function withStore(stores: Config['stores'], store: Config['stores'][number]): Config['stores'] {
  const isKnown = stores.some(({ name }) => name === store.name)
  return isKnown ? stores.map((other) => (other.name === store.name ? store : other)) : [...stores, store]
}

/** What the drive is known by from now on. */
async function markedDrive(store: Store, machine: Machine): Promise<string> {
  await checkOwner(store, machine)
  const found = await driveOf(store)
  if (found !== undefined) return found
  const drive = newDrive()
  await markDrive(store, drive)
  return drive
}

/** @returns what puts the credentials back that were there before */
async function replaceCredentials(
  { home }: Machine,
  { name, credentials, keep }: NewStore,
  ports: Ports,
): Promise<() => Promise<void>> {
  const path = credentialsFile(home, name)
  const where = await whereKept(ports.disk, path)
  const before = await readKept(ports, path).catch((error: unknown) => {
    // what the keychain does not give is replaced all the same
    if (credentials === undefined || !isKeychainError(error)) throw error
  })
  if (credentials) await keepCredentials(ports, home, { store: name, ...credentials, keep })
  else if (before && keep) await writeKept(ports, path, { bytes: before, keep })
  return async () => {
    const kept = where === 'keychain' ? 'keychain' : 'file'
    if (before) await writeKept(ports, path, { bytes: before, keep: kept })
    else if (where === null) await forgetCredentials(ports, home, name)
    else await ports.disk.remove(path).catch(() => {})
  }
}

/** Only in a folder that exists: a drive may be away. */
async function makeFolder(place: StorePlace, { disk }: Ports): Promise<void> {
  const path = folderOf(place)
  await disk.list(dirname(path)).catch((error) => localError(error, dirname(path)))
  await disk.makeFolder(path).catch((error) => localError(error, path))
}

/** @throws CairnError `store-lies` when it fails the probe */
export async function proven(store: Store, ports: Pick<Ports, 'now'>): Promise<ProbeReport> {
  const report = await probe(store, ports)
  return report.ok ? report : fail('store-lies', { store: store.name })
}

/** @throws CairnError `vault-exists` when anything but a probe lies there */
export async function requireEmptyStore(store: Store): Promise<void> {
  const there = (await store.list('')).filter(({ key }) => !key.startsWith(PROBE_PREFIX))
  if (there.length > 0) fail('vault-exists', { path: store.place })
}

async function takeOver(store: Store, machine: Machine): Promise<void> {
  try {
    await checkOwner(store, machine)
    return
  } catch (error) {
    if (!isCairnError(error, 'store-absent')) throw error
  }
  await requireEmptyStore(store)
  await putPlain([{ store }], README_FILE, utf8(storeReadme(machine.description)))
  await putPlain([{ store }], VAULT_FILE, machine.descriptionBytes)
}

async function bringUp(machine: Machine, name: string, ports: Ports): Promise<CairnError | undefined> {
  const targets: Target[] = openStores(machine, ports).map((store) => ({ store }))
  const { disk, primitives } = ports
  const own = ownHeads(machine, disk)
  const { stores: seen, snapshots } = await readSeen(disk, machine.home)
  const remembered = {
    seen,
    doubts: await readDoubts(disk, machine.home),
    packs: (await readIndex(disk, machine.home, primitives)).packs,
    own,
    forgotten: await forgottenHere(own, machine.description),
  }
  await level({ machine, ports }, targets, remembered)
  const others = targets.filter(({ store }) => store.name !== name)
  // heads alone, which this machine has itself, are no snapshots
  const isAlone = snapshots.length > 0 && others.every((other) => other.failure !== undefined)
  const added = targets.find(({ store }) => store.name === name)
  const failure = added?.failure ?? (isAlone ? others[0]?.failure : undefined)
  if (failure === undefined) await rememberThere(machine, name, ports)
  return failure
}

/** From now on a store that does not show what it was given is known to lie. */
async function rememberThere(machine: Machine, name: string, { disk }: Ports): Promise<void> {
  const seen = await readSeen(disk, machine.home)
  const own = Object.values(seen.stores).flatMap((heads) =>
    heads.filter(({ device }) => device === machine.device.id),
  )
  const [newest] = own.sort((a, b) => b.seq - a.seq)
  if (newest === undefined) return
  const snapshots = seen.snapshots.map((snapshot) => ({
    ...snapshot,
    stores: [...snapshot.stores.filter((store) => store !== name), name],
  }))
  await writeSeen(disk, machine.home, { ...seen, stores: { ...seen.stores, [name]: [newest] }, snapshots })
}

/** @throws CairnError `store-unknown`, `store-last` */
export async function removeStore(machine: Machine, name: string, ports: Ports): Promise<StorePlace> {
  const { home, config } = machine
  const place = storeNamed(machine, name)
  if (config.stores.length === 1) fail('store-last', { name })
  return ports.exclusively(home.lock, async () => {
    const stores = config.stores.filter((store) => store !== place)
    await writeState(ports.disk, configFile(machine.folder), { ...config, stores })
    await forgetCredentials(ports, home, name)
    // a store of that name that is added later is another one
    const seen = await readSeen(ports.disk, home)
    await writeSeen(ports.disk, home, { ...seen, stores: without(seen.stores, name) })
    await writeDoubts(ports.disk, home, without(await readDoubts(ports.disk, home), name))
    await forgetTrail(ports.disk, home, name)
    return place
  })
}

/** @throws CairnError `store-unknown` */
export function storeNamed({ config }: Pick<Machine, 'config'>, name: string): StorePlace {
  return config.stores.find((store) => store.name === name) ?? fail('store-unknown', { name })
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))
}
