/**
 * Power cuts during a backup, counted. The short form is a test, the long form a figure: both call `powerCuts`. The
 * vault has one to three stores; some scenes begin after a cut that came before, some with a store that was away.
 */
import { text } from '@cairn/core/bytes.js'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import type { Ports } from '../../src/ports.js'
import { type BackupReport, backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { copiesOf } from '../sim/bases.js'
import { type CutPlan, type CutTally, cutAll, type Scene } from '../sim/cuts.js'
import { PowerCut } from '../sim/disk.js'
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

const MOST_STORES = 3

/** Made once: vaults with one snapshot, by the number of their stores. Every scene starts from a copy. */
const worldWith = copiesOf(makeBase)

async function makeBase(stores: number): Promise<World> {
  const world = await makeWorld({ stores, primitives: stored })
  await addFiles(world, 'savings', {})
  write(world, 0)
  await save(world)
  return world
}

function write(world: World, version: number): void {
  setFiles(world, 'savings', { wallet: `version ${version}`, 'notes/log': `${version}`.repeat(2_000) })
}

function save(world: World, ports: Ports = world.ports): Promise<BackupReport> {
  return backup(world.machine, { names: [] }, ports)
}

/** By name of the store: the newest version that it was reported to hold. */
type Saved = Map<string, number>

function note(saved: Saved, report: BackupReport, version: number): void {
  for (const { name, state } of report.stores) if (state === 'saved') saved.set(name, version)
}

export function powerCuts(plan: CutPlan): Promise<CutTally> {
  return cutAll(backupScene, plan)
}

async function backupScene(random: () => number): Promise<Scene<Saved>> {
  const world = await worldWith(1 + Math.floor(random() * MOST_STORES))
  const before: Saved = new Map(storesOf(world.machine, world.ports).map(({ name }) => [name, 0]))
  let version = 0
  if (random() < 0.5) await saveCut(world, { version: ++version, saved: before, random })
  if (random() < 0.3) await saveWithoutOne(world, { version: ++version, saved: before, random })
  write(world, ++version)
  let saved = before
  return {
    world,
    work: async (working) => {
      const report = await save(working)
      saved = new Map(before)
      note(saved, report, version)
    },
    told: () => saved,
    judge: (left, saved) => goesOn(left, { saved, next: version + 1 }),
  }
}

interface Earlier {
  readonly version: number
  readonly saved: Saved
  readonly random: () => number
}

/** A backup that a power cut ends; or that comes to its end before. */
async function saveCut(world: World, { version, saved, random }: Earlier): Promise<void> {
  write(world, version)
  let left = Math.floor(random() * 100)
  world.disk.fault = () => {
    if (left-- <= 0) throw new PowerCut()
  }
  try {
    note(saved, await save(world), version)
  } catch (error) {
    if (!(error instanceof PowerCut) && !isCairnError(error)) throw error
  }
  world.disk.fault = () => {}
  world.disk.cut(random)
  await reboot(world)
}

/** A backup while one store cannot be reached, of those that have another one beside them. */
async function saveWithoutOne(world: World, { version, saved, random }: Earlier): Promise<void> {
  const names = world.machine.config.stores.map(({ name }) => name)
  const away = names.length === 1 ? undefined : names[Math.floor(random() * names.length)]
  const gone = async () => {
    throw new CairnError('store-unreachable', { store: away ?? '', reason: 'it is away' })
  }
  write(world, version)
  const report = await save(world, {
    ...world.ports,
    openStore: (place) => {
      const store = world.ports.openStore(place)
      return place.name === away ? { ...store, get: gone, put: gone, list: gone, remove: gone } : store
    },
  })
  note(saved, report, version)
}

interface Expected {
  readonly saved: Saved
  /** The version of the backup that comes after. */
  readonly next: number
}

/** Each store alone gives back what it was reported to hold, and the next backup and check find nothing wrong. */
async function goesOn(world: World, { saved, next }: Expected): Promise<string | undefined> {
  try {
    await reboot(world)
    for (const [name, version] of saved) {
      const found = await versionIn(world, name)
      if (found < version) return `${name} had version ${version} and gives back version ${found}`
    }
    write(world, next)
    const { stores } = await save(world)
    const behind = stores.find(({ state }) => state !== 'saved')
    if (behind) return `the next backup does not reach ${behind.name}: ${behind.error?.code}`
    const { ok, stores: found } = await check(world.machine, world.ports, { identity: world.identity })
    return ok ? undefined : `the next check finds ${JSON.stringify(found)}`
  } catch (error) {
    if (isCairnError(error)) return `cannot go on: ${error.code}`
    throw error
  }
}

async function versionIn(world: World, name: string): Promise<number> {
  const copy = copyWorld(world)
  const stores = storesOf(copy.machine, copy.ports).filter((store) => store.name === name)
  await restoreOpened(copy, { names: ['savings'], stores })
  return Number(text(restored(copy).get('wallet') ?? new Uint8Array(0)).replace('version ', ''))
}
