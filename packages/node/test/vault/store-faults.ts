/**
 * The n-th call of a store fails, once or from then on, for every n, every store and every way to fail, while a vault in
 * three stores is worked on: counted. The work ends in success or a catalogued error, the other stores are not held up,
 * what was reported done is done, older snapshots come back from every store, and the next round makes all whole.
 */
import { text } from '@cairn/core/bytes.js'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import type { Ports } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { changePolicy } from '../../src/vault/change-policy.js'
import { check } from '../../src/vault/check.js'
import { prune } from '../../src/vault/prune.js'
import { rememberPoints } from '../sim/curve.js'
import { withSeedOfBase } from '../sim/generator.js'
import { type Hanging, hanging } from '../sim/hang.js'
import { flipped } from '../sim/liars.js'
import { stored } from '../sim/primitives.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  reboot,
  restored,
  restoreOpened,
  setFiles,
  storesOf,
  type World,
} from '../sim/world.js'
import type { Tally } from './faults.js'

const STORES = ['store1', 'store2', 'store3']
const SNAPSHOTS = 4
/** What a pruning keeps. */
const KEPT = [3, 4]
const DAY_MS = 86_400_000

type Call = 'get' | 'put' | 'list' | 'remove'

/** What a store does instead of what it should. `work`: what it should do. */
type Fault = (
  work: () => Promise<unknown>,
  call: {
    readonly store: Store
    readonly bytes?: Uint8Array
    readonly key: string
    readonly hanging: Hanging
  },
) => Promise<unknown>

const away = (store: Store) =>
  new CairnError('store-unreachable', { store: store.name, reason: 'it is away' })

/** By what they are told as: in which calls, and what happens. */
export const FAULTS: Readonly<Record<string, { readonly in: readonly Call[]; readonly happens: Fault }>> = {
  'is unreachable': {
    in: ['get', 'put', 'list', 'remove'],
    happens: async (_work, { store }) => Promise.reject(away(store)),
  },
  'does it, and its answer is lost': {
    in: ['put', 'remove'],
    happens: async (work, { store }) => {
      await work()
      throw away(store)
    },
  },
  'never answers': {
    in: ['get', 'put', 'list', 'remove'],
    happens: async (_work, { hanging }) => hanging.hang(),
  },
  refuses: {
    in: ['get', 'put', 'list', 'remove'],
    happens: async (_work, { store }) =>
      Promise.reject(new CairnError('store-denied', { store: store.name })),
  },
  'is full': {
    in: ['put'],
    happens: async (_work, { store }) => Promise.reject(new CairnError('store-full', { store: store.name })),
  },
  'says saved and keeps half': {
    in: ['put'],
    happens: async (_work, { store, key, bytes = new Uint8Array(0) }) =>
      store.put(key, bytes.subarray(0, bytes.length >> 1)),
  },
  'says saved and did not': { in: ['put'], happens: async () => undefined },
  'says removed and did not': { in: ['remove'], happens: async () => undefined },
  'gives back half': {
    in: ['get'],
    happens: async (work) => {
      const bytes = (await work()) as Uint8Array
      return bytes.subarray(0, bytes.length >> 1)
    },
  },
  'lists nothing': { in: ['list'], happens: async () => [] },
}

/** Gives the names of the stores in which it was reported done. */
export type Works = (world: World, ports: Ports) => Promise<ReadonlySet<string>>

const named = <T extends { readonly name: string }>(stores: readonly T[], isDone: (store: T) => boolean) =>
  new Set(stores.filter(isDone).map(({ name }) => name))

const save: Works = async (world, ports) => {
  write(world, SNAPSHOTS + 1)
  const { stores } = await backup(world.machine, { names: [] }, ports)
  return named(stores, ({ state }) => state === 'saved')
}

const isWhole = ({
  damaged,
  missing,
  error,
  unreachable,
}: Awaited<ReturnType<typeof check>>['stores'][number]) =>
  damaged.length + missing.length === 0 && !unreachable && error === undefined

/** What is done, each in a world of its own. `damaged`: of the second store, before. */
export const WORKS: Readonly<Record<string, { readonly work: Works; readonly damaged?: true }>> = {
  backup: { work: save },
  check: {
    work: async ({ machine, identity }, ports) =>
      named((await check(machine, ports, { identity })).stores, isWhole),
  },
  repair: {
    damaged: true,
    work: async ({ machine }, ports) =>
      named((await check(machine, ports, { mode: 'repair' })).stores, isWhole),
  },
  pruning: {
    work: async ({ machine, identity }, ports) => {
      const plan = { rules: { last: KEPT.length }, identity, mode: 'prune' } as const
      return named((await prune(machine, plan, ports)).stores, ({ state }) => state === 'pruned')
    },
  },
  'change of policy': {
    work: async ({ machine, given }, ports) => {
      const plan = {
        given,
        edit: <T>(policy: T) => policy,
        secret: 'same',
        deliver: async () => {},
        logN: 1,
      } as const
      return named((await changePolicy(machine, plan, ports)).stores, ({ state }) => state === 'saved')
    },
  },
}

/** What stands between the vault and a store that fails; nothing when absent. */
export type Between = (store: Store) => Store

/** Twin: answers with what was sent, and takes every error of a `put` for a mistake. */
export const remembersWhatItSent: Between = (store) => {
  const sent = new Map<string, Uint8Array>()
  return {
    ...store,
    put: async (key, bytes) => {
      sent.set(key, bytes)
      await store.put(key, bytes).catch(() => {})
    },
    get: async (key) => sent.get(key) ?? store.get(key),
  }
}

/** Twin: when one store fails, none is asked any more. */
export function stopsAtTheFirstFailure(): Between {
  let failure: unknown
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    if (failure !== undefined) throw failure
    try {
      return await work()
    } catch (error) {
      if (isCairnError(error) && error.code !== 'object-missing') failure = error
      throw error
    }
  }
  return (store) => ({
    ...store,
    get: (key) => asked(() => store.get(key)),
    put: (key, bytes) => asked(() => store.put(key, bytes)),
    list: (prefix) => asked(() => store.list(prefix)),
    remove: (key) => asked(() => store.remove(key)),
  })
}

export interface StoreFaults {
  readonly work: keyof typeof WORKS
  /** Every so many-th case. */
  readonly every?: number
  /** The cases of one store and one fault. */
  readonly only?: { readonly store: string; readonly how: string }
  /** Made anew for each case. */
  readonly between?: () => Between
}

export async function storeFaults({ work, every = 1, only, between }: StoreFaults): Promise<Tally> {
  const lost: string[] = []
  let tried = 0
  const forget = rememberPoints()
  try {
    const all = await casesOf(work)
    const cases = only ? all.filter(({ store, how }) => store === only.store && how === only.how) : all
    for (const [number, one] of cases.entries()) {
      if (number % every !== 0) continue
      tried++
      const wrong = await fails(work, one, between?.())
      if (wrong) lost.push(`${one.store}, call ${one.n}, ${one.how} ${one.mode}: ${wrong}`)
    }
  } finally {
    forget()
  }
  return { tried, lost }
}

interface Case {
  readonly store: string
  readonly n: number
  readonly how: string
  readonly mode: 'once' | 'on'
}

/** Of a run without faults: every call of every store, with every way in which it can fail. */
async function casesOf(work: string): Promise<readonly Case[]> {
  const world = await worldFor(work)
  const calls = new Map<string, Call[]>(STORES.map((name) => [name, []]))
  const ports = through(world.ports, (store) =>
    passing(store, (call, go) => {
      calls.get(store.name)?.push(call)
      return go()
    }),
  )
  await WORKS[work]?.work(world, ports)
  return [...calls].flatMap(([store, all]) =>
    all.flatMap((call, n) =>
      Object.entries(FAULTS)
        .filter(([, fault]) => fault.in.includes(call))
        .flatMap(([how]) => (['once', 'on'] as const).map((mode) => ({ store, n, how, mode }))),
    ),
  )
}

type Pass = (
  call: Call,
  go: () => Promise<unknown>,
  what: { readonly key: string; readonly bytes?: Uint8Array },
) => Promise<unknown>

function passing(store: Store, pass: Pass): Store {
  return {
    ...store,
    get: (key) => pass('get', () => store.get(key), { key }) as Promise<Uint8Array>,
    put: (key, bytes) => pass('put', () => store.put(key, bytes), { key, bytes }) as Promise<void>,
    list: (key) => pass('list', () => store.list(key), { key }) as ReturnType<Store['list']>,
    remove: (key) => pass('remove', () => store.remove(key), { key }) as Promise<void>,
  }
}

function through(ports: Ports, between: Between): Ports {
  return { ...ports, openStore: (place) => between(ports.openStore(place)) }
}

let base: Promise<World> | undefined

/** A copy of a vault with some snapshots. */
async function worldFor(work: string): Promise<World> {
  base ??= withSeedOfBase(7, makeBase)
  const world = copyWorld(await base)
  if (!WORKS[work]?.damaged) return world
  const store = storesOf(world.machine, world.ports)[1] as Store
  const [first, second, third] = (await store.list('objects/')).map(({ key }) => key) as [
    string,
    string,
    string,
  ]
  await store.put(first, flipped(await store.get(first)))
  await store.put(second, new Uint8Array(0))
  await store.remove(third)
  return copyWorld(world)
}

async function makeBase(): Promise<World> {
  const world = await makeWorld({ stores: STORES.length, primitives: stored })
  await addFiles(world, 'savings', {})
  for (let version = 1; version <= SNAPSHOTS; version++) {
    write(world, version)
    world.clock.ms += DAY_MS
    await backup(world.machine, { names: [] }, world.ports)
  }
  return world
}

function write(world: World, version: number): void {
  setFiles(world, 'savings', { wallet: `version ${version}`, 'notes/log': `${version}`.repeat(3_000) })
}

/** What is wrong, or undefined. */
async function fails(
  work: string,
  one: Case,
  between: Between = (store) => store,
): Promise<string | undefined> {
  const world = await worldFor(work)
  const done = await attempt(work, { world, one, between })
  if (typeof done === 'string') return done
  const others = STORES.filter((name) => name !== one.store && !done.has(name))
  if (others.length > 0) return `holds up ${others.join()}`
  const isWritten = work === 'backup' && done.has(one.store)
  return (
    (await older(world, work)) ??
    (isWritten ? await comesBack(world, one.store, SNAPSHOTS + 1) : undefined) ??
    (await again(world))
  )
}

interface Attempt {
  readonly world: World
  readonly one: Case
  readonly between: Between
}

async function attempt(
  work: string,
  { world, one, between }: Attempt,
): Promise<ReadonlySet<string> | string> {
  const time = hanging()
  let at = 0
  const faulty: Between = (store) =>
    store.name !== one.store
      ? store
      : passing(store, (call, go, { key, bytes }) => {
          const now = at++
          const fault = FAULTS[one.how]
          const isNow = one.mode === 'once' ? now === one.n : now >= one.n
          if (!isNow || !fault?.in.includes(call)) return go()
          return fault.happens(go, { store, key, ...(bytes ? { bytes } : {}), hanging: time })
        })
  const ports = through({ ...world.ports, wait: time.wait }, (store) => between(faulty(store)))
  try {
    return (await WORKS[work]?.work(world, ports)) ?? new Set()
  } catch (error) {
    return isCairnError(error) ? `is stopped: ${error.code}` : `not catalogued: ${String(error)}`
  }
}

/** Every older snapshot comes back from every store alone. */
async function older(world: World, work: string): Promise<string | undefined> {
  if (WORKS[work]?.damaged) return comesBack(world, 'store1', KEPT[0] as number)
  for (const store of STORES) {
    for (const seq of KEPT) {
      const wrong = await comesBack(world, store, seq)
      if (wrong) return wrong
    }
  }
  return undefined
}

async function comesBack(world: World, name: string, seq: number): Promise<string | undefined> {
  const copy = copyWorld(world)
  const stores = storesOf(copy.machine, copy.ports).filter((store) => store.name === name)
  try {
    await restoreOpened(copy, { names: ['savings'], stores, at: `${seq}` })
  } catch (error) {
    if (isCairnError(error)) return `snapshot ${seq} does not come back from ${name}: ${error.code}`
    throw error
  }
  const found = text(restored(copy).get('wallet') ?? new Uint8Array(0))
  return found === `version ${seq}` ? undefined : `snapshot ${seq} comes back from ${name} as ${found}`
}

/** A backup, a repair and a check to the last chunk, with every store there. */
async function again(world: World): Promise<string | undefined> {
  try {
    await reboot(world)
    write(world, SNAPSHOTS + 2)
    const saved = await backup(world.machine, { names: [] }, world.ports)
    const left = saved.stores.find(({ state }) => state !== 'saved')
    if (left) return `the next backup does not reach ${left.name}: ${left.error?.code}`
    await check(world.machine, world.ports, { mode: 'repair' })
    const { ok, stores } = await check(world.machine, world.ports, { identity: world.identity })
    return ok ? undefined : `not whole after a repair: ${JSON.stringify(stores)}`
  } catch (error) {
    if (isCairnError(error)) return `the next round does not work: ${error.code}`
    throw error
  }
}
