/**
 * What the stores show before a backup: whose vault it is, which objects are there, and whether the chain of
 * this device is at least as long as it was. A store with a broken past gets nothing new.
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { deviceKeys, parseDescription } from '@cairn/core/vault/description.js'
import { readHead, type SignedHead } from '@cairn/core/vault/head.js'
import { readHistory, type SeenHead } from '@cairn/core/vault/history.js'
import { headKey, headPlaceOf, objectIdOf, VAULT_FILE } from '@cairn/core/vault/object.js'
import type { Disk } from '../disk.js'
import type { Doubts } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { folderStore } from '../stores/folder.js'
import type { Store } from '../stores/store.js'
import type { Target } from './stored.js'

export interface Survey {
  readonly objects: ReadonlySet<string>
  /** Keys of all heads, of every device. */
  readonly heads: ReadonlySet<string>
  /** The newest head of this device; absent before its first snapshot. */
  readonly last?: SignedHead
}

/** What this machine holds the stores against. */
export interface Remembered {
  /** By name of the store. */
  readonly seen: Readonly<Record<string, readonly SeenHead[]>>
  readonly doubts: Doubts
  /** Sizes of the packs that it stored. */
  readonly packs: ReadonlyMap<string, number>
}

/** Looks at every store; one that fails or shows a broken past is marked and has no survey. */
export async function surveyAll(
  targets: readonly Target[],
  machine: Machine,
  remembered: Remembered,
): Promise<Map<Target, Survey>> {
  const surveys = new Map<Target, Survey>()
  await Promise.all(
    targets.map(async (target) => {
      try {
        surveys.set(target, await survey(target.store, machine, remembered))
      } catch (error) {
        if (!(error instanceof CairnError)) throw error
        target.failure = error
      }
    }),
  )
  return surveys
}

/** The heads of this device that this machine keeps itself. They are written before any store gets them. */
export function ownHeads(machine: Machine, disk: Disk): Store {
  return folderStore({ name: 'this computer', path: machine.home.folder, disk })
}

/** @throws CairnError `head-forged`, `head-damaged` when the machine's own copies were altered */
export async function surveyOwn(store: Store, machine: Machine): Promise<Survey> {
  const heads = new Set((await store.list('heads/')).map(({ key }) => key))
  const length = Math.max(0, ...[...heads].map((key) => headPlaceOf(key)?.seq ?? 0))
  return { objects: new Set(), heads, ...(length > 0 ? { last: await headOf(store, machine, length) } : {}) }
}

async function survey(store: Store, machine: Machine, remembered: Remembered): Promise<Survey> {
  await checkOwner(store, machine)
  const heads = new Set((await store.list('heads/')).map(({ key }) => key))
  const objects = await wholeObjects(store, remembered)
  const own = (remembered.seen[store.name] ?? []).find(({ device }) => device === machine.device.id)
  const seqs = [...heads].map(headPlaceOf).filter((place) => place?.device === machine.device.id)
  const length = Math.max(0, ...seqs.map((place) => place?.seq ?? 0))
  if (length < (own?.seq ?? 0)) fail('store-history', { store: store.name, history: 'rolled-back' })
  if (seqs.length !== length) fail('store-history', { store: store.name, history: 'hidden' })
  if (length === 0) return { objects, heads }
  await checkSeen(store, machine, own)
  return { objects, heads, last: await headOf(store, machine, length) }
}

/** Objects to count on: not those that a check found damaged, nor packs of another length than they had. */
async function wholeObjects(store: Store, { doubts, packs }: Remembered): Promise<ReadonlySet<string>> {
  const doubted = new Set(doubts[store.name] ?? [])
  const whole = (await store.list('objects/')).flatMap(({ key, size }) => {
    const id = objectIdOf(key)
    return id === null || doubted.has(id) || size !== (packs.get(id) ?? size) ? [] : [id]
  })
  return new Set(whole)
}

/** @throws CairnError `store-absent` when no vault is there, `store-foreign` when it is another one */
export async function checkOwner(store: Store, machine: Machine): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = await store.get(VAULT_FILE)
  } catch (error) {
    if (isCairnError(error, 'object-missing')) return fail('store-absent', { store: store.place })
    throw error
  }
  if (parseDescription(bytes).description.id !== machine.description.id)
    fail('store-foreign', { store: store.name })
}

async function checkSeen(store: Store, machine: Machine, own: SeenHead | undefined): Promise<void> {
  if (!own) return
  const { hash } = await headOf(store, machine, own.seq)
  if (hash !== own.hash) fail('store-history', { store: store.name, history: 'forked' })
}

async function headOf(store: Store, machine: Machine, seq: number): Promise<SignedHead> {
  const key = headKey(machine.device.id, seq)
  const signed = readHead(await store.get(key), deviceKeys(machine.description), key)
  const inPlace = signed.head.seq === seq && signed.head.vault === machine.description.id
  return inPlace ? signed : fail('store-history', { store: store.name, history: 'replayed' })
}

/** True when a device of this vault signed these bytes as the head of this key. */
export function isGenuine(machine: Machine, key: string, bytes: Uint8Array): boolean {
  const known = { vault: machine.description.id, devices: deviceKeys(machine.description), seen: [] }
  return readHistory([{ key, bytes }], known).heads.length === 1
}
