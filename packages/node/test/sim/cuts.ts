/**
 * The power goes at any moment of a piece of work, again and again, without the work being done again: it is done once
 * on a disk that keeps every moment, and each cut lets other un-synced writes survive. A process that dies at an
 * operation is the beginning of one that went on, so nothing is lost by that.
 *
 * What a cut leaves is judged by production code. Cuts that leave the same are judged once: of well-behaved work few
 * writes are un-synced at any moment, and few different disks come out of it.
 */
import type { Disk } from '../../src/disk.js'
import { rememberPoints } from './curve.js'
import { type Moment, seeded } from './disk.js'
import { withSeed } from './generator.js'
import { onDisk, type World, worldOn } from './world.js'

/** A world before the work, the work, and what must be true afterwards. */
export interface Scene<Told> {
  readonly world: World
  /** The power stays on until the disk is first asked for this. */
  readonly from?: 'create'
  /** What it throws is passed on: a disk without faults lets it be done. */
  work(world: World): Promise<void>
  /** What has been reported so far; the same one until it is more. */
  told(): Told
  /** What is wrong after a cut, or undefined; the world is one of its own. */
  judge(world: World, told: Told): Promise<string | undefined>
}

export interface CutTally {
  readonly tried: number
  /** Different disks that the cuts left, each judged. */
  readonly disks: number
  /** What is wrong, with what shows it. */
  readonly lost: readonly string[]
}

export interface CutPlan {
  readonly seeds: Iterable<number>
  /** Cuts a seed. */
  readonly each: number
  /** Changes how a world writes; the real one when absent. */
  readonly twin?: (world: World) => World
}

/** For each seed one scene. The same seed draws the same keys, the same interleaving and the same cuts. */
export async function cutAll<Told>(
  stage: (random: () => number) => Promise<Scene<Told>>,
  { seeds, each, twin = (world) => world }: CutPlan,
): Promise<CutTally> {
  const tally = { tried: 0, disks: 0, lost: [] as string[] }
  const forget = rememberPoints()
  try {
    for (const seed of seeds) {
      const random = seeded(seed)
      tally.disks += await withSeed(seed, async () => {
        const run = await record(await stage(random), { random, twin })
        return cutRun(run, { seed, each, random, lost: tally.lost })
      })
      tally.tried += each
    }
  } finally {
    forget()
  }
  return tally
}

interface Step<Told> {
  /** What was about to happen. */
  readonly what: string
  /** The disk before it. */
  readonly moment: Moment
  readonly told: Told
}

interface Recorded<Told> {
  readonly scene: Scene<Told>
  readonly steps: readonly Step<Told>[]
}

/** The end counts as so many operations. */
const STEPS_AT_THE_END = 4

async function record<Told>(
  scene: Scene<Told>,
  { random, twin }: { readonly random: () => number; readonly twin: (world: World) => World },
): Promise<Recorded<Told>> {
  const world = worldOn(scene.world, scene.world.disk.copy())
  const { disk } = world
  const steps: Step<Told>[] = []
  const now = (what: string): Step<Told> => ({ what, moment: disk.moment(), told: scene.told() })
  disk.fault = (operation, path) => {
    if (steps.length > 0 || operation === (scene.from ?? operation)) steps.push(now(`${operation} ${path}`))
  }
  await scene.work(paced(twin(world), random))
  disk.fault = () => {}
  for (let i = 0; i < STEPS_AT_THE_END; i++) steps.push(now('the end'))
  return { scene, steps }
}

/** Each operation waits a few turns first, so that stores that are served side by side come in any order. */
function paced(world: World, random: () => number): World {
  const { disk } = world.ports
  const turns = async () => {
    for (let left = Math.floor(random() * 4); left > 0; left--) await undefined
  }
  const later =
    <A extends readonly unknown[], T>(work: (...args: A) => Promise<T>) =>
    async (...args: A) => {
      await turns()
      return work(...args)
    }
  const slow: Disk = {
    ...disk,
    create: later(disk.create),
    read: later(disk.read),
    rename: later(disk.rename),
    makeFolder: later(disk.makeFolder),
    syncFolder: later(disk.syncFolder),
    list: later(disk.list),
    remove: later(disk.remove),
    removeFolder: later(disk.removeFolder),
  }
  return onDisk(world, slow)
}

interface Cutting {
  readonly seed: number
  readonly each: number
  readonly random: () => number
  readonly lost: string[]
}

/** @returns how many different disks came out */
async function cutRun<Told>(
  { scene, steps }: Recorded<Told>,
  { seed, each, random, lost }: Cutting,
): Promise<number> {
  const moments = numbered(steps.map(({ moment }) => moment))
  const tellings = numbered(steps.map(({ told }) => told))
  const judged = new Map<string, string | undefined>()
  for (let cut = 1; cut <= each; cut++) {
    const { what, moment, told } = steps[Math.floor(random() * steps.length)] as Step<Told>
    const survivor = moment.cut(random)
    const key = `${tellings.get(told)} ${moments.get(moment)} ${survivor.key}`
    if (!judged.has(key)) judged.set(key, await scene.judge(worldOn(scene.world, survivor.disk()), told))
    const wrong = judged.get(key)
    if (wrong) lost.push(`seed ${seed}, cut ${cut}, before ${what}: ${wrong}`)
  }
  return judged.size
}

function numbered<T>(all: readonly T[]): ReadonlyMap<T, number> {
  return new Map([...new Set(all)].map((one, number) => [one, number]))
}
