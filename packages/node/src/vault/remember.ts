/**
 * What this machine remembers of a backup: the snapshot, the heads that each store showed, where chunks lie now, and what
 * of the stores is in doubt still.
 */
import { liveDevices } from '@cairn/core/vault/devices.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { lastSeen, type SeenHead } from '@cairn/core/vault/history.js'
import { objectIdOf } from '@cairn/core/vault/object.js'
import {
  type Doubts,
  type Index,
  type KnownFile,
  type Seen,
  type Snapshot,
  writeSeen,
} from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import type { Ports } from '../ports.js'
import type { Places, WrittenPacks } from './pack-writer.js'
import { isWorking, type Target } from './stored.js'
import type { Survey } from './survey.js'
import type { SavedWallet } from './wallet-saver.js'

interface Here {
  readonly machine: Machine
  readonly ports: Pick<Ports, 'disk'>
}

export interface Remember {
  readonly seen: Seen
  readonly signed: SignedHead
  readonly targets: readonly Target[]
  readonly saved: readonly SavedWallet[]
  /** Heads of other devices that each store shows, by its name. */
  readonly news: ReadonlyMap<string, readonly SignedHead[]>
  /** By name of the wallet, when the next one of it is late. */
  readonly expected: Readonly<Record<string, string>>
}

export function newsOf(surveys: ReadonlyMap<Target, Survey>): Remember['news'] {
  return new Map([...surveys].map(([{ store }, { news = [] }]) => [store.name, news]))
}

/** Notes the snapshot and which heads each working store shows. @throws CairnError `disk-full`, `file-denied` */
export async function remember(
  { machine, ports }: Here,
  { seen, signed, targets, saved, news, expected }: Remember,
): Promise<Snapshot> {
  const { head } = signed
  const stores = targets.filter(isWorking).map(({ store }) => store.name)
  const snapshot: Snapshot = {
    id: head.manifest,
    seq: head.seq,
    time: head.time,
    next_expected_by: head.next_expected_by,
    wallets: saved.map(({ name }) => name),
    expected,
    stores,
  }
  const shown = (name: string) => lastSeen([...(news.get(name) ?? []), signed])
  const others = (name: string, now: readonly SeenHead[]) =>
    (seen.stores[name] ?? []).filter(({ device }) => now.every((head) => head.device !== device))
  const told = stores.map((name) => [name, [...others(name, shown(name)), ...shown(name)]])
  await writeSeen(ports.disk, machine.home, {
    stores: { ...seen.stores, ...Object.fromEntries(told) },
    snapshots: [...seen.snapshots, snapshot],
    ...withDevices(machine, seen, [...news.values()].flat()),
  })
  return snapshot
}

/** Of each other device that may write the newest head that any store showed. */
function withDevices(
  { description, device }: Machine,
  { devices: known = {} }: Seen,
  news: readonly SignedHead[],
): Pick<Seen, 'devices'> {
  const others = liveDevices(description).filter(({ id }) => id !== device.id)
  const newest = others.flatMap(({ id, name }) => {
    const shown = news.filter(({ head }) => head.device === id).map(({ head }) => head)
    const last = [...shown, ...(known[id] ? [known[id]] : [])].sort((a, b) => b.seq - a.seq)[0]
    if (last === undefined) return []
    const { seq, time, next_expected_by } = last
    return [[id, { name, seq, time, next_expected_by }] as const]
  })
  return newest.length === 0 ? {} : { devices: Object.fromEntries(newest) }
}

export interface News {
  readonly written: WrittenPacks
  readonly places: Places
  readonly saved: readonly SavedWallet[]
}

/** The index with the new packs and chunks, and the files of the wallets that were saved instead of those of before. */
export function newIndex(before: Index, { written, places, saved }: News): Index {
  const again = new Set(saved.map(({ name }) => name))
  const others = [...before.files].filter(([key]) => !again.has(key.slice(0, key.indexOf('/'))))
  return {
    packs: new Map([...before.packs, ...written.packs.map(({ id, size }) => [id, size] as const)]),
    places: new Map([...before.places, ...places]),
    files: new Map<string, KnownFile>([...others, ...saved.flatMap(({ files }) => files)]),
  }
}

/** What is in doubt still: other stores had no good copy of it, and it is not meant to be gone. */
export function remaining(
  doubts: Doubts,
  surveys: ReadonlyMap<Target, Survey>,
  forgotten: ReadonlySet<string>,
): Doubts {
  const healed = new Map([...surveys].map(([{ store }, survey]) => [store.name, survey]))
  const isHealed = (store: string, key: string) =>
    healed.get(store)?.objects.has(objectIdOf(key) ?? '') || healed.get(store)?.heads.has(key)
  const left = Object.entries(doubts).map(([store, keys]) => [
    store,
    keys.filter((key) => !isHealed(store, key) && !forgotten.has(objectIdOf(key) ?? '')),
  ])
  return Object.fromEntries(left)
}
