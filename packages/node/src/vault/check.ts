/**
 * Checks every byte in every store without a key: each object against its name, each head against its
 * signature and its chain, and that everything this machine knows to be stored is there. What only an unlocked
 * vault can see (that each manifest leads to whole files) is what a drill proves. What is damaged is remembered,
 * so that the next backup does not count on it.
 */
import { CairnError } from '@cairn/core/errors.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import type { History } from '@cairn/core/vault/history.js'
import { headKey, objectIdOf, objectKey } from '@cairn/core/vault/object.js'
import { objectId } from '@cairn/core/vault/seal.js'
import { type Doubts, readDoubts, readIndex, readSeen, writeDoubts } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import { type Ports, type Progress, silent } from '../ports.js'
import type { Store } from '../stores/store.js'
import { readPast, type StoreHistory } from './open.js'
import { checkOwner } from './survey.js'

export interface StoreCheck {
  readonly name: string
  readonly objects: number
  /** Keys whose bytes are not what their name says. */
  readonly damaged: readonly string[]
  /** Keys that should be there. */
  readonly missing: readonly string[]
  readonly unreachable: boolean
  readonly history: History | 'unknown'
  /** The file that shows a broken history. */
  readonly at?: string
  readonly error?: CairnError
}

export interface CheckReport {
  readonly ok: boolean
  readonly stores: readonly StoreCheck[]
}

export async function check(
  machine: Machine,
  ports: Ports,
  progress: Progress = silent,
): Promise<CheckReport> {
  const stores = machine.config.stores.map((place) => ports.openStore(place))
  const seen = await readSeen(ports.disk, machine.home)
  const index = await readIndex(ports.disk, machine.home, ports.primitives)
  const packs = new Set(index.packs.keys())
  const past = await readPast(stores, machine.description, seen.stores)
  const reports: StoreCheck[] = []
  for (const history of past.stores) {
    reports.push(await checkStore({ history, packs, heads: past.heads, machine, ports, progress }))
  }
  await writeDoubts(ports.disk, machine.home, {
    ...(await readDoubts(ports.disk, machine.home)),
    ...found(reports),
  })
  return { ok: reports.every(isWhole), stores: reports }
}

/** What a backup may not count on, of the stores that could be read. */
function found(reports: readonly StoreCheck[]): Doubts {
  const read = reports.filter(({ error }) => error === undefined)
  return Object.fromEntries(read.map(({ name, damaged }) => [name, damaged]))
}

function isWhole({ damaged, missing, unreachable, history, error }: StoreCheck): boolean {
  return damaged.length + missing.length === 0 && !unreachable && history === 'intact' && error === undefined
}

interface Checking {
  readonly history: StoreHistory
  /** What this machine knows to be stored. */
  readonly packs: ReadonlySet<string>
  /** Genuine heads in any store. */
  readonly heads: readonly SignedHead[]
  readonly machine: Machine
  readonly ports: Ports
  readonly progress: Progress
}

async function checkStore({
  history,
  packs,
  heads,
  machine,
  ports,
  progress,
}: Checking): Promise<StoreCheck> {
  const { store } = history
  const nothing = { name: store.name, objects: 0, damaged: [], missing: [] }
  try {
    if (history.failure) throw history.failure
    await checkOwner(store, machine)
    const { objects, damaged } = await checkObjects(store, ports, progress)
    const here = new Set(history.heads.map(({ hash }) => hash))
    const missing = [
      ...[...packs, ...heads.map(({ head }) => head.manifest)]
        .filter((id) => !objects.has(id))
        .map(objectKey),
      ...heads.filter(({ hash }) => !here.has(hash)).map(({ head }) => headKey(head.device, head.seq)),
    ]
    const at = history.at === undefined ? {} : { at: history.at }
    return {
      ...nothing,
      objects: objects.size,
      damaged: [...damaged, ...(history.damaged ?? [])],
      missing,
      unreachable: false,
      history: history.history,
      ...at,
    }
  } catch (error) {
    if (!(error instanceof CairnError)) throw error
    return { ...nothing, unreachable: error.kind === 'unreachable', history: 'unknown', error }
  }
}

async function checkObjects(store: Store, { primitives }: Ports, progress: Progress) {
  const listed = await store.list('objects/')
  const total = listed.reduce((sum, { size }) => sum + size, 0)
  const objects = new Set<string>()
  const damaged: string[] = []
  let done = 0
  for (const { key, size } of listed) {
    const id = objectIdOf(key)
    if (id !== null) objects.add(id)
    if (id === null || objectId(await store.get(key), primitives) !== id) damaged.push(key)
    done += size
    progress({ what: `check ${store.name}`, done, total })
  }
  return { objects, damaged }
}
