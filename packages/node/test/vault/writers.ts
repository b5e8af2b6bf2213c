/**
 * Several computers that save to, prune and heal the same stores at once, counted. Every operation on a store waits for its
 * turn, and chance says whose turn it is, so that the work of all interleaves between any two operations; stores are away
 * for some of them. The short form is a test, the long form a figure.
 */
import { createHash } from 'node:crypto'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { headPlaceOf, objectIdOf } from '@cairn/core/vault/object.js'
import { openMachine } from '../../src/machine/open.js'
import type { Ports } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { type BackupReport, backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { readPast } from '../../src/vault/open.js'
import { secretsHere } from '../../src/vault/open-here.js'
import { prune } from '../../src/vault/prune.js'
import { readManifest } from '../../src/vault/reader.js'
import { restore } from '../../src/vault/restore.js'
import { seeded } from '../sim/disk.js'
import { addFiles, joinWorld, makeWorld, reboot, setFiles, type World } from '../sim/world.js'
import { type Kept, memoryStore } from '../stores/memory.js'
import type { Tally } from './faults.js'

const WRITERS = 8
const STORES = 3
/** Of 64 KiB: some of them all computers have, and some come back after they were gone. */
const PIECES = 12

/** What a computer does in a round; a broken twin does it otherwise. */
export interface Doing {
  readonly prune: (world: World) => Promise<unknown>
  /** How often, of all that is done. */
  readonly share: number
  /** The machine that a writer works as. */
  readonly as: (world: World, all: readonly World[]) => World
}

export const honest: Doing = {
  share: 0.15,
  prune: (world) =>
    prune(world.machine, { rules: { last: 2 }, identity: world.identity, mode: 'prune' }, world.ports),
  as: (world) => world,
}

/** Removes whatever no head leads to: also what another computer stores right now, whose head comes last. */
export const sweeps: Doing = {
  ...honest,
  share: 0.4,
  prune: async (world) => {
    const stores = world.machine.config.stores.map((place) => world.ports.openStore(place))
    const { heads } = await readPast(stores, world.machine.description)
    const reading = { stores, identity: world.identity, primitives: world.ports.primitives }
    const manifests = await Promise.all(heads.map((head) => readManifest(reading, head)))
    const needed = new Set([
      ...heads.map(({ head }) => head.manifest),
      ...manifests.flatMap(({ packs }) => packs),
    ])
    for (const store of stores)
      for (const { key } of await store.list('objects/'))
        if (!needed.has(objectIdOf(key) ?? '')) await store.remove(key)
  },
}

/** Two computers that sign as the same device, as when a state folder was copied. */
export const sharesADevice: Doing = {
  ...honest,
  as: (world, all) => (world === all[1] ? { ...world, machine: (all[0] as World).machine } : world),
}

interface Saved {
  readonly device: string
  readonly seq: number
  readonly id: string
  /** Names of those in which it was reported saved; none when all went away after they had its head. */
  readonly stores: readonly string[]
  /** SHA-256 of its wallet. */
  readonly hash: string
}

/** State of one run. */
interface Run {
  readonly random: () => number
  readonly kept: ReadonlyMap<string, Kept>
  readonly writers: readonly World[]
  readonly saved: Saved[]
  readonly lost: string[]
  /** SHA-256 of every head that any store ever had, by its key. */
  readonly heads: Map<string, string>
  readonly turns: (() => void)[]
  tried: number
}

export interface Writing {
  readonly seed: number
  readonly rounds: number
  readonly doing?: Doing
  readonly writers?: number
}

/** Of every round: does each reader find every snapshot that was reported saved, and did nobody touch a head of another one? */
export async function manyWriters({
  seed,
  rounds,
  doing = honest,
  writers = WRITERS,
}: Writing): Promise<Tally> {
  const run = await begin(seed, writers)
  for (let round = 1; round <= rounds && run.lost.length === 0; round++) {
    await oneRound(run, doing)
    run.tried++
    const wrong = await lookAround(run)
    if (wrong) run.lost.push(`seed ${seed}, round ${round}: ${wrong}`)
  }
  const wrong = run.lost.length === 0 ? await atTheEnd(run) : undefined
  if (wrong) run.lost.push(`seed ${seed}, at the end: ${wrong}`)
  return { tried: run.tried, lost: run.lost }
}

async function begin(seed: number, count: number): Promise<Run> {
  const kept = new Map(Array.from({ length: STORES }, (_, i) => [`store${i + 1}`, new Map() as Kept]))
  const wrap = ({ name }: Store) => memoryStore(kept.get(name) as Kept, name)
  const first = await makeWorld({ stores: STORES, wrap })
  const run: Run = {
    random: seeded(seed),
    kept,
    writers: [],
    saved: [],
    lost: [],
    heads: new Map(),
    turns: [],
    tried: 0,
  }
  const worlds = [first]
  while (worlds.length < count) worlds.push(await joinWorld(first, `computer-${worlds.length + 1}`, { wrap }))
  for (const world of worlds) {
    await secretsHere(world.machine, world.given, world.ports)
    await reboot(world)
    await addFiles(world, 'savings', { wallet: world.machine.device.id })
  }
  return { ...run, writers: worlds.map((world) => inTurn(world, run)) }
}

/** A world whose stores wait for their turn, and are away when they are not plugged in. */
function inTurn(world: World, { turns, random }: Run): World {
  const away = new Map<string, number>()
  const openStore: Ports['openStore'] = (place) => {
    const store = world.ports.openStore(place)
    // away from the first operation on, or from a later one, or not at all
    away.set(store.name, random() < 0.2 ? Math.floor(random() * 40) : Number.POSITIVE_INFINITY)
    const turn = async <T>(work: () => Promise<T>): Promise<T> => {
      await new Promise<void>((resolve) => turns.push(resolve))
      const left = (away.get(store.name) ?? 0) - 1
      away.set(store.name, left)
      return left < 0 ? fail('store-unreachable', { store: store.name, reason: 'it is away' }) : work()
    }
    return {
      ...store,
      get: (key) => turn(() => store.get(key)),
      put: (key, bytes) => turn(() => store.put(key, bytes)),
      list: (prefix) => turn(() => store.list(prefix)),
      remove: (key) => turn(() => store.remove(key)),
    }
  }
  return { ...world, ports: { ...world.ports, openStore } }
}

/** Gives out turns until all this work has ended. */
async function taking<T>(
  { turns, random }: Run,
  work: readonly Promise<T>[],
): Promise<PromiseSettledResult<T>[]> {
  let isOver = false
  const all = Promise.allSettled(work).finally(() => {
    isOver = true
  })
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    const [next] = turns.splice(Math.floor(random() * turns.length), 1)
    next?.()
  }
  return all
}

async function oneRound(run: Run, doing: Doing): Promise<void> {
  const { writers, random } = run
  const busy = writers.filter(() => random() < 0.5)
  await unlessUnexpected(
    run,
    busy.map((world) => work(run, doing, world)),
  )
}

async function unlessUnexpected(run: Run, work: readonly Promise<unknown>[]): Promise<void> {
  for (const each of await taking(run, work))
    if (each.status === 'rejected' && !isCairnError(each.reason)) throw each.reason
}

async function work(run: Run, doing: Doing, world: World): Promise<void> {
  const dice = run.random()
  if (dice < doing.share) return void (await doing.prune(world))
  if (dice < 0.85) return save(run, doing.as(world, run.writers), world)
  const mode = dice < 0.92 ? 'look' : 'repair'
  const { stores } = await check(world.machine, world.ports, { mode })
  for (const { name, history, damaged } of stores)
    if (damaged.length > 0 || !['intact', 'unknown'].includes(history))
      run.lost.push(`a check calls ${name} ${history}, and ${damaged.length} objects of it damaged`)
}

async function save(run: Run, world: World, writer: World): Promise<void> {
  const pieces = Array.from({ length: 3 }, () => Math.floor(run.random() * PIECES))
  const wallet = Buffer.concat([
    ...pieces.map((piece) => Buffer.alloc(65_536, piece)),
    Buffer.from(`${writer.machine.device.id} ${run.random()}`),
  ])
  setFiles(world, 'savings', { wallet })
  const report = await backup(world.machine, { names: [] }, world.ports)
  run.saved.push({ ...savedBy(report), device: world.machine.device.id, hash: sha256(wallet) })
}

function savedBy({ snapshot, stores }: BackupReport) {
  const { id, seq } = snapshot
  return { id, seq, stores: stores.filter(({ state }) => state === 'saved').map(({ name }) => name) }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The stores as they are, with nobody at work. */
function quietly({ kept }: Run): readonly Store[] {
  return [...kept].map(([name, each]) => memoryStore(each, name))
}

async function lookAround(run: Run): Promise<string | undefined> {
  for (const [name, kept] of run.kept) {
    const here = new Set<string>()
    for (const [key, bytes] of kept) {
      if (!headPlaceOf(key)) continue
      here.add(key)
      const known = run.heads.get(key) ?? sha256(bytes)
      run.heads.set(key, known)
      if (known !== sha256(bytes)) return `${name} has another head at ${key}`
    }
    for (const { device, seq, stores } of run.saved)
      if (stores.includes(name) && !here.has(`heads/${device}/${seq}.json`))
        return `${name} lost head ${seq} of ${device}`
  }
  const { chain } = await readPast(quietly(run), (run.writers[0] as World).machine.description)
  const shown = new Set(chain.map(({ head }) => `${head.device} ${head.seq} ${head.manifest}`))
  const missing = run.saved.find(({ device, seq, id }) => !shown.has(`${device} ${seq} ${id}`))
  return missing && `snapshot ${missing.seq} of ${missing.device} is not found`
}

/**
 * Everything that nobody forgot comes back as it was, from the stores alone in which it was reported saved, and by their
 * own records of what moved: others may have newer ones. One that was reported saved in none, since each that had its head
 * was away before the backup ended, comes back from all of them. Then all stores become whole.
 */
async function atTheEnd(run: Run): Promise<string | undefined> {
  const { identity, machine, ports } = run.writers[0] as World
  const stores = quietly(run)
  const { heads } = await readPast(stores, machine.description, { identities: [identity] })
  const kept = run.saved.filter(({ device, seq }) =>
    heads.some(({ head }) => head.device === device && head.seq === seq),
  )
  for (const [n, { device, seq, hash, stores: names }] of kept.entries()) {
    const to = `/back/${n}`
    const own = names.length === 0 ? stores : stores.filter(({ name }) => names.includes(name))
    const past = await readPast(own, machine.description, { identities: [identity] })
    const plan = {
      reading: { stores: own, identity, primitives: ports.primitives },
      heads: past.heads,
      names: ['savings'],
      to,
      device,
      at: `${seq}`,
      inTheWay: 'refuse',
      risky: 'force',
    } as const
    try {
      const { files } = await restore(plan, ports)
      if (files[0]?.sha256 !== hash) return `snapshot ${seq} of ${device} came back as another one`
    } catch (error) {
      if (!isCairnError(error)) throw error
      return `snapshot ${seq} of ${device}: ${error.message}`
    }
    await ports.disk.removeFolder(to)
  }
  return healed(run)
}

async function healed(run: Run): Promise<string | undefined> {
  const openStore: Ports['openStore'] = ({ name }) => memoryStore(run.kept.get(name) as Kept, name)
  for (const world of run.writers) await backup(world.machine, { names: [] }, { ...world.ports, openStore })
  const last = run.writers.at(-1) as World
  const machine = await openMachine({ home: last.home ?? '/home/state' }, last.disk)
  const { ok, stores } = await check(machine, { ...last.ports, openStore }, { identity: last.identity })
  return ok
    ? undefined
    : JSON.stringify(stores.map(({ name, history, missing, error }) => ({ name, history, missing, error })))
}
