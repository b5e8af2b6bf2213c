/**
 * Copies that are damaged at random, restored from and healed, counted. The short form is a test, the long form a
 * figure: both call these functions. Each takes what it tries, so that a broken twin can take its place.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { copiesOf } from '../sim/bases.js'
import { type CutPlan, type CutTally, cutAll, type Scene } from '../sim/cuts.js'
import { seeded, systemError } from '../sim/disk.js'
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

export const STORES = 5

const random = seeded(1)
const draw = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256))

/** What every world holds in its second snapshot. */
const wallet = draw(150_000)

/** A vault with two snapshots in as many stores. */
const worldWith = copiesOf(makeBase)

async function makeBase(stores: number): Promise<World> {
  const world = await makeWorld({ stores, primitives: stored })
  await addFiles(world, 'savings', { wallet: 'an older one' })
  await backup(world.machine, { names: [] }, world.ports)
  setFiles(world, 'savings', { wallet })
  await backup(world.machine, { names: [] }, world.ports)
  return world
}

/** Of a store: most files go, are cut, get a flipped bit or other bytes; of its heads only the bytes go wrong. */
async function ruin(store: Store, random: () => number): Promise<void> {
  for (const { key } of await store.list('')) {
    if (random() < 0.3) continue
    const bytes = await store.get(key)
    const harms = [
      () => store.put(key, bytes.subarray(0, Math.floor(random() * bytes.length))),
      () => store.put(key, key.startsWith('objects/') ? flipped(bytes) : bytes.subarray(1)),
      () => store.put(key, draw(bytes.length)),
      () => (key.startsWith('heads/') ? store.put(key, new Uint8Array(0)) : store.remove(key)),
    ]
    await harms[Math.floor(random() * harms.length)]?.()
  }
}

/** Brings the wallet back from these stores, of which some are whole. */
export type Restorer = (world: World, stores: readonly Store[]) => Promise<unknown>

/** Makes every store of the world whole. */
export type Healer = (world: World) => Promise<unknown>

export const restoreFromAny: Restorer = (world, stores) =>
  restoreOpened(world, { names: ['savings'], stores })

export const repair: Healer = (world) => check(world.machine, world.ports, { mode: 'repair' })

/** Twin: does not go on to another store. */
export const restoreFromFirst: Restorer = (world, stores) => restoreFromAny(world, stores.slice(0, 1))

/** Twin: copies what it finds under a key without looking at it. */
export const copyUnseen: Healer = async (world) => {
  const stores = storesOf(world.machine, world.ports)
  const { stores: found } = await check(world.machine, world.ports)
  for (const [i, { damaged, missing }] of found.entries()) {
    for (const key of [...damaged, ...missing]) {
      const other = stores.find((_, j) => j !== i) as Store
      const bytes = await other.get(key).catch(() => null)
      if (bytes) await stores[i]?.put(key, bytes)
    }
  }
}

export interface Survivors {
  readonly seeds: Iterable<number>
  readonly restorer?: Restorer
  readonly healer?: Healer
}

/**
 * For each seed, every set of survivors of five stores, the others damaged at random: the newest snapshot restores,
 * a repair makes all five whole, and then each of them restores alone.
 */
export async function survivors({
  seeds,
  restorer = restoreFromAny,
  healer = repair,
}: Survivors): Promise<Tally> {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    for (let set = 1; set < 2 ** STORES; set++) {
      tried++
      const wrong = await survive(seed * 2 ** STORES + set, { set, restorer, healer })
      if (wrong) lost.push(`seed ${seed}, set ${set.toString(2)}: ${wrong}`)
    }
  }
  return { tried, lost }
}

interface Set {
  readonly set: number
  readonly restorer: Restorer
  readonly healer: Healer
}

async function survive(seed: number, { set, restorer, healer }: Set): Promise<string | undefined> {
  const world = await worldWith(STORES)
  const stores = storesOf(world.machine, world.ports)
  const random = seeded(seed)
  for (const [i, store] of stores.entries()) if (((set >> i) & 1) === 0) await ruin(store, random)
  return (
    (await comesBack(world, stores, restorer)) ??
    (await worked(() => healer(world))) ??
    (await isWhole(world)) ??
    (await comesBack(world, [stores[Math.floor(random() * STORES)] as Store], restoreFromAny))
  )
}

async function worked(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (isCairnError(error)) return error.code
    throw error
  }
}

async function comesBack(
  world: World,
  stores: readonly Store[],
  restorer: Restorer,
): Promise<string | undefined> {
  const copy = copyWorld(world)
  const there = storesOf(copy.machine, copy.ports).filter(({ name }) => stores.some((s) => s.name === name))
  const failed = await worked(() => restorer(copy, there))
  if (failed) return `cannot be restored: ${failed}`
  const same = Buffer.compare(restored(copy).get('wallet') ?? new Uint8Array(0), wallet) === 0
  return same ? undefined : 'comes back with other bytes'
}

async function isWhole(world: World): Promise<string | undefined> {
  const { ok, stores } = await check(world.machine, world.ports)
  const states = stores.map(({ name, history, damaged, missing, error }) =>
    [name, history, damaged.length, missing.length, error?.code].join(' '),
  )
  return ok ? undefined : `not healed: ${states.join(', ')}`
}

/** Two stores, the first ruined. */
async function ruined(seed: number): Promise<World> {
  const world = await worldWith(2)
  await ruin(storesOf(world.machine, world.ports)[0] as Store, seeded(seed))
  // what lies there now is what lies there: the cut is to take nothing of the damage back
  return copyWorld(world)
}

/**
 * The power goes at any operation of a repair. The good copies stay, the next repair heals, and what was reported
 * whole before the cut is whole after it.
 */
export function healingCuts(plan: CutPlan): Promise<CutTally> {
  return cutAll(healingScene, plan)
}

async function healingScene(random: () => number): Promise<Scene<boolean>> {
  let isDone = false
  return {
    world: await ruined(Math.floor(random() * 2 ** 31)),
    work: async (world) => {
      isDone = (await check(world.machine, world.ports, { mode: 'repair' })).ok
    },
    told: () => isDone,
    judge: async (world, isDone) => {
      await reboot(world)
      const [, good] = storesOf(world.machine, world.ports) as [Store, Store]
      return (
        (await comesBack(world, [good], restoreFromAny)) ??
        (isDone ? undefined : await worked(() => repair(world))) ??
        (await isWhole(world)) ??
        (await comesBack(world, storesOf(world.machine, world.ports).slice(0, 1), restoreFromAny))
      )
    },
  }
}

/** Operations of the disk in the repair of this seed. */
async function operationsOf(seed: number): Promise<number> {
  const world = await ruined(seed)
  let count = 0
  world.disk.fault = () => {
    count++
  }
  await repair(world)
  return count
}

/**
 * The n-th operation of the disk fails during a repair, once or from then on, for every n: it ends in a report or a
 * catalogued error, good copies stay, nothing is called whole that is not, and the next repair heals.
 */
export async function healingFaults(
  code: string,
  { mode, every = 1 }: { readonly mode: 'once' | 'on'; readonly every?: number },
): Promise<Tally> {
  const seed = 1
  const operations = await operationsOf(seed)
  const lost: string[] = []
  let tried = 0
  for (let n = 0; n <= operations; n += every) {
    tried++
    const world = await ruined(seed)
    let at = 0
    world.disk.fault = () => {
      const now = at++
      if (mode === 'once' ? now === n : now >= n) throw systemError(code)
    }
    const outcome = await check(world.machine, world.ports, { mode: 'repair' }).then(
      ({ ok }) => (ok ? 'whole' : 'told'),
      (error: unknown) => (isCairnError(error) ? 'told' : `not catalogued: ${String(error)}`),
    )
    world.disk.fault = () => {}
    const wrong =
      (outcome.startsWith('not') ? outcome : undefined) ??
      (outcome === 'whole' ? await isWhole(world) : undefined) ??
      (await comesBack(world, storesOf(world.machine, world.ports).slice(1), restoreFromAny)) ??
      (await worked(() => repair(world))) ??
      (await isWhole(world))
    if (wrong) lost.push(`operation ${n}: ${wrong}`)
  }
  return { tried, lost }
}
