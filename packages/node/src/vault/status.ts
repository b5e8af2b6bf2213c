/**
 * What is saved and what is proven: two things, told apart for every wallet, from this machine's own memory
 * and certificates; and what it knows of every store (`store-status.ts`). No store is asked; `check` does that.
 */
import { join } from 'node:path'
import { type Certificate, readCertificate } from '@cairn/core/drill/certificate.js'
import { isLate, type SavedAt, type Task, type WalletReason, walletDue } from '@cairn/core/plan/due.js'
import { nativeEd25519 } from '../ed25519.js'
import { type KeptHere, keptHere } from '../machine/credentials.js'
import type { Device } from '../machine/device.js'
import { readFacts } from '../machine/facts.js'
import { expectedBy, readDoubts, type Snapshot } from '../machine/memory.js'
import { recallSeen } from '../machine/recall.js'
import { readRehearsals } from '../machine/rehearsals.js'
import { localError } from '../machine/state.js'
import { readTrail } from '../machine/trail.js'
import { readWallets, type WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { drillPace } from './rehearsals.js'
import { type StoreMemory, type StoreStatus, storeStatus } from './store-status.js'

export interface Saved {
  readonly time: string
  readonly snapshot: string
  readonly seq: number
  readonly stores: readonly string[]
}

export interface Proven {
  /** When the drill was done. */
  readonly time: string
  /** The snapshot that was proven, which may be older than the one last saved. */
  readonly snapshot: string
  readonly seq: number
  readonly saved: string
}

export interface WalletStatus {
  readonly name: string
  readonly kind: string
  readonly saved: Saved | null
  readonly proven: Proven | null
  readonly due: readonly Task<WalletReason>[]
}

export interface DeviceStatus {
  readonly device: string
  readonly name: string
  /** Number and time of the newest snapshot of it that a store showed. */
  readonly seq: number
  readonly time: string
  /** The next one should have come by now. */
  readonly late: boolean
}

export interface Status {
  readonly vault: string
  readonly wallets: readonly WalletStatus[]
  readonly stores: readonly StoreStatus[]
  /** Where this machine keeps its secrets. */
  readonly kept: KeptHere
  /** The other computers of the vault, as the last backup here saw them; absent when there is none. */
  readonly devices?: readonly DeviceStatus[]
  readonly attention: boolean
  /** `lost`: what was saved before is not known, and reads as never saved. */
  readonly memory?: 'lost'
}

export type StatusPorts = Pick<Ports, 'disk' | 'now'>

export async function readStatus(machine: Device, ports: StatusPorts): Promise<Status> {
  const entries = await readWallets(ports.disk, machine.home)
  const { snapshots, from, devices: others = {} } = await recallSeen(machine, ports.disk)
  const names = new Set(entries.map(({ name }) => name))
  const drills = await readDrills(machine, { names, disk: ports.disk })
  const now = ports.now()
  const facts = await readFacts(ports.disk, machine.home)
  const rows = await readRehearsals(ports.disk, machine.home)
  const wallets = entries.map((entry) => {
    return walletStatus(entry, { snapshots, drills, now, pace: drillPace(entry, { facts, rows }) })
  })
  const stores = await readStores(machine, { snapshots: from === 'memory' ? snapshots : [], now }, ports)
  const devices = Object.entries(others).map(([device, { next_expected_by, ...last }]): DeviceStatus => {
    return { device, ...last, late: isLate({ time: last.time, next_expected_by }, now) }
  })
  const isDue = [...wallets, ...stores].some(({ due }) => due.some(({ overdue }) => overdue))
  const late = isDue || devices.some((each) => each.late)
  const kept = await keptHere(machine, ports.disk)
  const shared = devices.length > 0 ? { devices } : {}
  const known = { vault: machine.config.vault, wallets, stores, ...shared, kept }
  return from === 'memory' ? { ...known, attention: late } : { ...known, attention: true, memory: 'lost' }
}

async function readStores(
  { config, home }: Device,
  known: Pick<StoreMemory, 'snapshots' | 'now'>,
  { disk }: StatusPorts,
): Promise<readonly StoreStatus[]> {
  const memory = { ...known, trail: await readTrail(disk, home), doubts: await readDoubts(disk, home) }
  return config.stores.map((store) => storeStatus(store, memory))
}

/** Ids of the snapshots that a drill on this machine proved last, of each of these wallets. */
export async function lastProven(
  machine: Device,
  names: ReadonlySet<string>,
  { disk }: Pick<Ports, 'disk'>,
): Promise<ReadonlySet<string>> {
  const drills = await readDrills(machine, { names, disk })
  const proven = new Map(
    drills.filter(({ result }) => result === 'proven').map(({ name, snapshot }) => [name, snapshot]),
  )
  return new Set(proven.values())
}

interface Drilled extends Proven {
  readonly name: string
  readonly result: 'proven' | 'differs' | 'incomplete'
}

interface Wanted {
  readonly names: ReadonlySet<string>
  readonly disk: Ports['disk']
}

/** Genuine certificates of this device, oldest first, back to one that proves each wallet: checking each takes long. */
async function readDrills(machine: Device, { names, disk }: Wanted): Promise<readonly Drilled[]> {
  const folder = machine.home.drills
  const files = (await disk.list(folder).catch((error) => localError(error, folder)))
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.json'))
  const open = new Set(names)
  const drills: Drilled[] = []
  for (const file of files.sort().reverse()) {
    if (open.size === 0) break
    const rows = drilledIn(
      readCertificate(await readLocal(disk, join(folder, file)), machine.publicKey, nativeEd25519),
    )
    for (const { name, result } of rows) if (result === 'proven') open.delete(name)
    drills.unshift(...rows)
  }
  return drills
}

/** Every genuine certificate of this device since then, oldest first, a row a wallet. @param since an instant */
export async function readPastDrills(
  machine: Device,
  since: string,
  { disk }: Pick<Ports, 'disk'>,
): Promise<readonly Pick<Drilled, 'name' | 'result' | 'time'>[]> {
  const folder = machine.home.drills
  const names = (await disk.list(folder).catch(() => [])).map(({ name }) => name)
  const wanted = names.filter(
    (name) => name.endsWith('.json') && name.replaceAll('-', ':') >= since.replaceAll('-', ':'),
  )
  const certificates = wanted
    .sort()
    .map(async (name) =>
      drilledIn(readCertificate(await readLocal(disk, join(folder, name)), machine.publicKey, nativeEd25519)),
    )
  return (await Promise.all(certificates)).flat()
}

async function readLocal(disk: Ports['disk'], path: string): Promise<Uint8Array> {
  return disk.read(path).catch((error) => localError(error, path))
}

function drilledIn(certificate: Certificate | null): readonly Drilled[] {
  if (certificate === null) return []
  const { time, wallets } = certificate
  return wallets.map(({ name, result, snapshot, seq, saved }) => ({
    name,
    result,
    snapshot,
    seq,
    saved,
    time,
  }))
}

interface Past {
  readonly snapshots: readonly Snapshot[]
  readonly drills: readonly Drilled[]
  readonly now: Date
  readonly pace: ReturnType<typeof drillPace>
}

function savedAt(last: Snapshot, name: string): SavedAt {
  return { time: last.time, next_expected_by: expectedBy(last, name) }
}

function walletStatus(entry: WalletEntry, { snapshots, drills, now, pace }: Past): WalletStatus {
  const last = snapshots.findLast(({ wallets }) => wallets.includes(entry.name))
  const own = drills.filter(({ name }) => name === entry.name)
  const proven = own.findLast(({ result }) => result === 'proven')
  const differs = own.at(-1)?.result === 'differs' ? own.at(-1) : undefined
  return {
    name: entry.name,
    kind: entry.kind,
    saved: last ? { time: last.time, snapshot: last.id, seq: last.seq, stores: last.stores } : null,
    proven: proven
      ? { time: proven.time, snapshot: proven.snapshot, seq: proven.seq, saved: proven.saved }
      : null,
    due: walletDue(
      { saved: last && savedAt(last, entry.name), proven: proven?.time, differs: differs?.time, ...pace },
      now,
    ),
  }
}
