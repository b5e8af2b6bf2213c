/**
 * What the stores show before a backup: whose vault it is, which objects are there, and whether the chain of
 * this device is at least as long as it was. A store with a broken past gets nothing new.
 */
import { utf8 } from '@cairn/core/bytes.js'
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { deviceKeys, parseDescription, type SignedDescription } from '@cairn/core/vault/description.js'
import { standing, trusted } from '@cairn/core/vault/devices.js'
import { readHead, type SignedHead } from '@cairn/core/vault/head.js'
import { readHistory, type SeenHead } from '@cairn/core/vault/history.js'
import { headKey, headPlaceOf, objectIdOf, README_FILE, VAULT_FILE } from '@cairn/core/vault/object.js'
import { storeReadme } from '@cairn/core/vault/readme.js'
import type { Disk } from '../disk.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Doubts } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { folderStore } from '../stores/folder.js'
import type { Store, StoredObject } from '../stores/store.js'
import { getOrNull } from './reader.js'
import type { Target } from './stored.js'

export interface Survey {
  readonly objects: ReadonlySet<string>
  /** Keys of all heads, of every device. */
  readonly heads: ReadonlySet<string>
  /** The newest head of this device; absent before its first snapshot. */
  readonly last?: SignedHead
  /** The newest heads of the others that this store shows and did not before; genuine. */
  readonly news?: readonly SignedHead[]
}

/** What this machine holds the stores against. */
export interface Remembered {
  /** By name of the store. */
  readonly seen: Readonly<Record<string, readonly SeenHead[]>>
  readonly doubts: Doubts
  /** Sizes of the packs that it stored. */
  readonly packs: ReadonlyMap<string, number>
  /** Its own copies of its own heads. */
  readonly own: Store
  /** Objects that it forgot: where they still lie they are not counted on, nor copied to other stores. */
  readonly forgotten: ReadonlySet<string>
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
        surveys.set(target, await survey(target, machine, remembered))
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

/**
 * A last copy whose bytes went wrong counts as none: a store that acknowledged that head has it, and when none did,
 * the snapshot was never saved.
 * @throws CairnError `head-forged` when the machine's own copies were altered
 */
export async function surveyOwn(store: Store, machine: Machine): Promise<Survey> {
  const heads = new Set((await store.list('heads/')).map(({ key }) => key))
  const length = Math.max(0, ...[...heads].map((key) => headPlaceOf(key)?.seq ?? 0))
  const objects: ReadonlySet<string> = new Set()
  if (length === 0) return { objects, heads }
  try {
    return { objects, heads, last: await headOf(store, machine, length) }
  } catch (error) {
    if (!isCairnError(error, 'head-damaged')) throw error
    heads.delete(headKey(machine.device.id, length))
    return { objects, heads }
  }
}

async function survey(target: Target, machine: Machine, remembered: Remembered): Promise<Survey> {
  const { store } = target
  await checkOrMendOwner(target, machine)
  const inHeads = await store.list('heads/')
  const inObjects = await store.list('objects/')
  target.listed = new Map([...inObjects, ...inHeads].map(({ key, size }) => [key, size]))
  const listed = inHeads.map(({ key }) => key)
  const doubted = new Set(remembered.doubts[store.name] ?? [])
  const heads = new Set(listed.filter((key) => !doubted.has(key)))
  const objects = wholeObjects(store, inObjects, remembered)
  const seen = remembered.seen[store.name] ?? []
  const news = await lookAtOthers(target, machine, { listed, seen })
  const own = seen.find(({ device }) => device === machine.device.id)
  const seqs = listed.map(headPlaceOf).filter((place) => place?.device === machine.device.id)
  const length = Math.max(0, ...seqs.map((place) => place?.seq ?? 0))
  if (length < (own?.seq ?? 0)) fail('store-history', { store: store.name, history: 'rolled-back' })
  if (seqs.length !== length) fail('store-history', { store: store.name, history: 'hidden' })
  if (length === 0) return { objects, heads, news }
  for (const seq of new Set([own?.seq ?? length, length]))
    await mendHead(target, machine, { own: remembered.own, seq })
  await checkSeen(store, machine, own)
  return { objects, heads, last: await headOf(store, machine, length), news }
}

interface Listed {
  readonly listed: readonly string[]
  readonly seen: readonly SeenHead[]
}

/**
 * The newest head of every other device, where it is news: their chains may grow, and never become shorter. A head that
 * does not prove genuine is no news; `check` says what it is.
 */
async function lookAtOthers(
  { store }: Target,
  machine: Machine,
  { listed, seen }: Listed,
): Promise<readonly SignedHead[]> {
  const { devices, ended } = trusted(machine.description)
  const news: SignedHead[] = []
  for (const device of devices.keys()) {
    if (device === machine.device.id) continue
    const limit = ended.get(device)?.seq ?? Number.MAX_SAFE_INTEGER
    const seqs = listed.map(headPlaceOf).filter((place) => place?.device === device)
    const newest = Math.max(0, ...seqs.map((place) => place?.seq ?? 0).filter((seq) => seq <= limit))
    const before = Math.min(limit, seen.find((head) => head.device === device)?.seq ?? 0)
    if (newest < before) fail('store-history', { store: store.name, history: 'rolled-back' })
    if (newest === before) continue
    const key = headKey(device, newest)
    const { heads } = readHistory([{ key, bytes: await store.get(key) }], knownOf(machine))
    news.push(...heads)
  }
  return news
}

/** Objects to count on: not those that were forgotten or that a check found damaged, nor packs of another length than they had. */
function wholeObjects(
  store: Store,
  listed: readonly StoredObject[],
  { doubts, packs, forgotten }: Remembered,
): ReadonlySet<string> {
  const doubted = new Set(doubts[store.name] ?? [])
  const whole = listed.flatMap(({ key, size }) => {
    const id = objectIdOf(key)
    return id === null || forgotten.has(id) || doubted.has(key) || size !== (packs.get(id) ?? size)
      ? []
      : [id]
  })
  return new Set(whole)
}

/**
 * A store that shows a head of this machine is of this vault also when its vault.json is gone or no longer readable: it
 * gets it back, since without it nobody can open the store on another computer. An empty folder gets nothing: it may
 * be the place where a drive should be.
 */
async function checkOrMendOwner(target: Target, machine: Machine): Promise<void> {
  const { store } = target
  try {
    const shown = await checkOwner(store, machine)
    const stands = standing(shown, machine)
    if (stands === 'older') await bringDescription(store, machine)
    if (stands === 'newer') target.policy = 'newer'
    if (stands === 'newer' && isRemoved(shown, machine)) target.self = 'removed'
  } catch (error) {
    const isGone = isCairnError(error, 'store-absent', 'vault-damaged', 'object-unreadable')
    if (!isGone || !(await showsOwnHead(store, machine))) throw error
    await store.put(VAULT_FILE, machine.descriptionBytes)
    mended(target, VAULT_FILE)
  }
}

async function showsOwnHead(store: Store, machine: Machine): Promise<boolean> {
  const keys = (await store.list('heads/')).map(({ key }) => key)
  for (const key of keys.filter((key) => headPlaceOf(key)?.device === machine.device.id)) {
    const bytes = await getOrNull(store, key)
    if (bytes !== null && isGenuine(machine, key, bytes)) return true
  }
  return false
}

/** Puts back a head whose bytes went wrong. One that says something else is a lie, and stays to be seen. */
async function mendHead(
  target: Target,
  machine: Machine,
  { own, seq }: { readonly own: Store; readonly seq: number },
): Promise<void> {
  const key = headKey(machine.device.id, seq)
  try {
    readHead(await target.store.get(key), deviceKeys(machine.description), {
      name: key,
      ed25519: nativeEd25519,
    })
  } catch (error) {
    if (!isCairnError(error, 'head-damaged', 'object-unreadable')) {
      if (isCairnError(error, 'head-forged', 'vault-newer')) return
      throw error
    }
    const kept = await own.get(key)
    if (!isGenuine(machine, key, kept)) throw error
    await target.store.put(key, kept)
    mended(target, key)
  }
}

function mended(target: Target, key: string): void {
  target.mended = [...(target.mended ?? []), key]
}

/** @throws CairnError `store-absent` when no vault is there, `store-foreign` when it is another one */
export async function checkOwner(store: Store, machine: Machine): Promise<SignedDescription> {
  let bytes: Uint8Array
  try {
    bytes = await store.get(VAULT_FILE)
  } catch (error) {
    if (isCairnError(error, 'object-missing')) return fail('store-absent', { store: store.place })
    throw error
  }
  const signed = parseDescription(bytes)
  if (signed.description.id !== machine.description.id) fail('store-foreign', { store: store.name })
  return signed
}

function isRemoved({ description }: SignedDescription, { device }: Machine): boolean {
  return description.devices.some(({ id, removed }) => id === device.id && removed !== undefined)
}

/** A store that was away when the policy was changed gets it now, and what README.txt says of it. */
async function bringDescription(store: Store, { description, descriptionBytes }: Machine): Promise<void> {
  await store.put(VAULT_FILE, descriptionBytes)
  await store.put(README_FILE, utf8(storeReadme(description)))
}

async function checkSeen(store: Store, machine: Machine, own: SeenHead | undefined): Promise<void> {
  if (!own) return
  const { hash } = await headOf(store, machine, own.seq)
  if (hash !== own.hash) fail('store-history', { store: store.name, history: 'forked' })
}

async function headOf(store: Store, machine: Machine, seq: number): Promise<SignedHead> {
  const key = headKey(machine.device.id, seq)
  const signed = readHead(await store.get(key), deviceKeys(machine.description), {
    name: key,
    ed25519: nativeEd25519,
  })
  const inPlace = signed.head.seq === seq && signed.head.vault === machine.description.id
  return inPlace ? signed : fail('store-history', { store: store.name, history: 'replayed' })
}

/** True when a device of this vault signed these bytes as the head of this key. */
export function isGenuine(machine: Machine, key: string, bytes: Uint8Array): boolean {
  return readHistory([{ key, bytes }], knownOf(machine)).heads.length === 1
}

function knownOf({ description }: Machine) {
  return { ...trusted(description), seen: [], ed25519: nativeEd25519 }
}
