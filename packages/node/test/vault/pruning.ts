/**
 * Pruning under power cuts and failing disks, counted. The short form is a test, the long form a figure: both call
 * these functions. Each takes the writer to try, so that a broken twin can take its place.
 */
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import type { Rules } from '@cairn/core/vault/retention.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { type PruneReport, prune } from '../../src/vault/prune.js'
import { PowerCut, seeded, systemError } from '../sim/disk.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  reboot,
  restored,
  restoreOpened,
  setFiles,
  type World,
} from '../sim/world.js'
import type { Tally, Twin } from './faults.js'

export const DAY_MS = 86_400_000
const SNAPSHOTS = 4
const RULES: Rules = { last: 2 }

export const pruneWith = (
  world: World,
  rules: Rules,
  mode: 'plan' | 'prune' = 'prune',
): Promise<PruneReport> => prune(world.machine, { rules, identity: world.identity, mode }, world.ports)

/** A backup a day, each with a wallet of its own contents: `version 1` in the first. */
export async function saveDays(world: World, from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day++) {
    setFiles(world, 'savings', { wallet: `version ${day}`, 'notes/log': `${day}`.repeat(20_000) })
    world.clock.ms += DAY_MS
    await backup(world.machine, { names: [] }, world.ports)
  }
}

let base: Promise<World> | undefined

async function smallWorld(twin: Twin): Promise<World> {
  base ??= makeBase()
  return twin(copyWorld(await base))
}

async function makeBase(): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', {})
  await saveDays(world, 1, SNAPSHOTS)
  return world
}

const honest: Twin = (world) => world

/** Snapshots that the rules keep, by number. */
const KEPT = [SNAPSHOTS - 1, SNAPSHOTS]

/** Every snapshot that is kept restores, and the vault goes on: a backup, a pruning and a check to the last chunk. */
async function goesOn(world: World): Promise<string | undefined> {
  try {
    for (const seq of KEPT) {
      const copy = copyWorld(world)
      await restoreOpened(copy, { names: ['savings'], at: `${seq}` })
      const wallet = text(restored(copy).get('wallet') ?? new Uint8Array(0))
      if (wallet !== `version ${seq}`) return `snapshot ${seq} came back as ${wallet}`
    }
    const later = copyWorld(world)
    await reboot(later)
    await saveDays(later, SNAPSHOTS + 1, SNAPSHOTS + 1)
    await pruneWith(later, RULES)
    const { ok, stores } = await check(later.machine, later.ports, { identity: later.identity })
    return ok ? undefined : JSON.stringify(stores)
  } catch (error) {
    if (isCairnError(error)) return `cannot go on: ${error.code} ${error.message}`
    throw error
  }
}

interface Operations {
  readonly count: number
  /** The first that writes, and the first that removes. */
  readonly writing: number
  readonly removing: number
}

/** Operations of the disk in a pruning. */
async function operationsOf(twin: Twin): Promise<Operations> {
  const world = await smallWorld(twin)
  const operations: string[] = []
  world.disk.fault = (operation) => {
    operations.push(operation)
  }
  await pruneWith(world, RULES)
  return {
    count: operations.length,
    writing: operations.indexOf('create'),
    removing: operations.indexOf('remove'),
  }
}

/** The power goes at a random operation of a pruning, once it began to write, or to remove. */
export async function pruningCuts(seeds: Iterable<number>, twin: Twin = honest): Promise<Tally> {
  const { count, writing, removing } = await operationsOf(twin)
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const random = seeded(seed)
    const world = await smallWorld(twin)
    const from = seed % 2 === 0 ? writing : removing
    let left = from + Math.floor(random() * (count + 4 - from))
    world.disk.fault = () => {
      if (left-- <= 0) throw new PowerCut()
    }
    await pruneWith(world, RULES).catch((error) => {
      if (!(error instanceof PowerCut) && !isCairnError(error)) throw error
    })
    world.disk.fault = () => {}
    world.disk.cut(random)
    await reboot(world)
    const wrong = await goesOn(world)
    if (wrong) lost.push(`seed ${seed}: ${wrong}`)
  }
  return { tried, lost }
}

/** The n-th operation of the disk fails during a pruning, once or from then on, for every n or every so many. */
export async function pruningFaults(
  code: string,
  { mode, every = 1 }: { readonly mode: 'once' | 'on'; readonly every?: number },
): Promise<Tally> {
  const { count } = await operationsOf(honest)
  const lost: string[] = []
  let tried = 0
  for (let n = 0; n <= count; n += every) {
    tried++
    const world = await smallWorld(honest)
    let at = 0
    world.disk.fault = () => {
      const now = at++
      if (mode === 'once' ? now === n : now >= n) throw systemError(code)
    }
    const outcome = await pruneWith(world, RULES).then(
      () => undefined,
      (error: unknown) => (isCairnError(error) ? undefined : `not catalogued: ${String(error)}`),
    )
    world.disk.fault = () => {}
    const wrong = outcome ?? (await goesOn(world))
    if (wrong) lost.push(`operation ${n}: ${wrong}`)
  }
  return { tried, lost }
}
