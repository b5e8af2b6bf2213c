/**
 * Pruning under power cuts and failing disks, counted. The short form is a test, the long form a figure: both call
 * these functions. Each takes the writer to try, so that a broken twin can take its place.
 */
import { createCipheriv } from 'node:crypto'
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import type { Rules } from '@cairn/core/vault/retention.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { type PruneReport, prune } from '../../src/vault/prune.js'
import { copiesOf } from '../sim/bases.js'
import { type CutPlan, type CutTally, cutAll, type Scene } from '../sim/cuts.js'
import { systemError } from '../sim/disk.js'
import { stored } from '../sim/primitives.js'
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
import type { Tally } from './faults.js'

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
  await saveEach(world, { from, to }, (day) => filesOf(day))
}

/** The same with six more files, two of which change each day, so that older packs are needed in part. */
export async function saveSparseDays(world: World, from: number, to: number): Promise<void> {
  await saveEach(world, { from, to }, (day) => ({ ...filesOf(day), ...partsOf(day) }))
}

type Files = Record<string, Uint8Array | string>

async function saveEach(
  world: World,
  { from, to }: { readonly from: number; readonly to: number },
  filesOn: (day: number) => Files,
): Promise<void> {
  for (let day = from; day <= to; day++) {
    setFiles(world, 'savings', filesOn(day))
    world.clock.ms += DAY_MS
    await backup(world.machine, { names: [] }, world.ports)
  }
}

const filesOf = (day: number) => ({ wallet: `version ${day}`, 'notes/log': `${day}`.repeat(20_000) })

const PARTS = 6
export const PART_BYTES = 8192

/** Each part holds what its last change made of it, bytes that do not compress. */
export function partsOf(day: number): Readonly<Record<string, Uint8Array>> {
  const changed = Array.from({ length: PARTS }, () => 1)
  for (let later = 2; later <= day; later++) for (const i of [0, 1]) changed[(later * 2 + i) % PARTS] = later
  return Object.fromEntries(changed.map((last, i) => [`parts/${i}`, noise(last * PARTS + i)]))
}

function noise(seed: number): Uint8Array {
  const zeros = new Uint8Array(PART_BYTES)
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(zeros)
}

/** Made once, by the number of stores: vaults with some snapshots. */
const worldWith = copiesOf(makeBase)

const smallWorld = () => worldWith(1)

async function makeBase(stores: number): Promise<World> {
  const world = await makeWorld({ stores, primitives: stored })
  await addFiles(world, 'savings', {})
  await saveSparseDays(world, 1, SNAPSHOTS)
  return world
}

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
      for (const [path, bytes] of Object.entries(partsOf(seq)))
        if (Buffer.compare(restored(copy).get(path) ?? new Uint8Array(0), bytes) !== 0)
          return `${path} of snapshot ${seq} came back as another`
    }
    const later = copyWorld(world)
    await reboot(later)
    await saveSparseDays(later, SNAPSHOTS + 1, SNAPSHOTS + 1)
    await pruneWith(later, RULES)
    const { ok, stores } = await check(later.machine, later.ports, { identity: later.identity })
    return ok ? undefined : JSON.stringify(stores)
  } catch (error) {
    if (isCairnError(error)) return `cannot go on: ${error.code} ${error.message}`
    throw error
  }
}

/** Operations of the disk in a pruning. */
async function operationsOf(): Promise<number> {
  const world = await smallWorld()
  let count = 0
  world.disk.fault = () => {
    count++
  }
  await pruneWith(world, RULES)
  return count
}

/** The power goes at any operation of a pruning, once it began to write. */
export function pruningCuts(plan: CutPlan): Promise<CutTally> {
  return cutAll(pruningScene, plan)
}

async function pruningScene(random: () => number): Promise<Scene<undefined>> {
  return {
    world: await worldWith(1 + Math.floor(random() * 2)),
    from: 'create',
    work: async (world) => {
      await pruneWith(world, RULES)
    },
    told: () => undefined,
    judge: async (world) => {
      await reboot(world)
      return goesOn(world)
    },
  }
}

/** The n-th operation of the disk fails during a pruning, once or from then on, for every n or every so many. */
export async function pruningFaults(
  code: string,
  { mode, every = 1 }: { readonly mode: 'once' | 'on'; readonly every?: number },
): Promise<Tally> {
  const count = await operationsOf()
  const lost: string[] = []
  let tried = 0
  for (let n = 0; n <= count; n += every) {
    tried++
    const world = await smallWorld()
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
