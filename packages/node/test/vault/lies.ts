/**
 * Every lie of `sim/lies.ts` told by one of two stores, and what becomes of it: on a computer that knows the vault, on a new
 * one that has the honest store too, and on a new one that has the liar alone, without an anchor and with it. The short form
 * is a test, the long form a figure.
 */
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { type Anchor, anchorOf, holdAgainst } from '@cairn/core/vault/anchor.js'
import { liveDevices } from '@cairn/core/vault/devices.js'
import { newestFirst } from '@cairn/core/vault/history.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check, type StoreCheck } from '../../src/vault/check.js'
import { frozenAt } from '../../src/vault/compare.js'
import { removeDevice } from '../../src/vault/devices.js'
import { openVault, readClaims, readPast } from '../../src/vault/open.js'
import { secretsHere } from '../../src/vault/open-here.js'
import { readManifest } from '../../src/vault/reader.js'
import { restore } from '../../src/vault/restore.js'
import { type Booty, LIES, type Lie } from '../sim/lies.js'
import {
  addFiles,
  copyWorld,
  joinWorld,
  makeWorld,
  reboot,
  restored,
  setFiles,
  type World,
} from '../sim/world.js'
import { type Kept, memoryStore } from '../stores/memory.js'

/** A check that a broken twin leaves out. */
export type LeftOut = 'history' | 'compare' | 'seen'

interface Scene {
  /** A computer that knows the vault. */
  readonly laptop: World
  /** What the two stores hold. */
  readonly kept: ReadonlyMap<string, Kept>
  readonly booty: Omit<Booty, 'pass'>
  /** Of the newest snapshot of each of the two devices that save. */
  readonly anchors: readonly Anchor[]
}

const LIAR = 'store2'
const copyOf = (kept: Kept): Kept => new Map(kept)
const at =
  (kept: ReadonlyMap<string, Kept>) =>
  ({ name }: { readonly name: string }) =>
    memoryStore(kept.get(name) as Kept, name)

async function save(world: World, wallet: string): Promise<void> {
  setFiles(world, 'savings', { wallet })
  await backup(world.machine, { names: [] }, world.ports)
}

async function confirm(world: World): Promise<void> {
  await secretsHere(world.machine, world.given, world.ports)
  await reboot(world)
}

let base: Promise<Scene> | undefined

async function makeScene(): Promise<Scene> {
  const kept = new Map(['store1', LIAR].map((name) => [name, new Map() as Kept]))
  const wrap = at(kept)
  const laptop = await makeWorld({ stores: 2, wrap })
  await addFiles(laptop, 'savings', {})
  await save(laptop, 'laptop 1')
  const early = copyOf(kept.get(LIAR) as Kept)
  const [desk, phone] = [
    await joinWorld(laptop, 'desk', { wrap }),
    await joinWorld(laptop, 'phone', { wrap }),
  ]
  for (const world of [phone, desk]) await addFiles(world, 'savings', {})
  await save(phone, 'phone 1')
  await confirm(desk)
  await save(desk, 'desk 1')
  await confirm(laptop)
  await save(laptop, 'laptop 2')
  await removeDevice(laptop.machine, { given: laptop.given, device: 'phone' }, laptop.ports)
  for (const world of [laptop, desk]) await confirm(world)
  await reboot(laptop)
  await save(desk, 'desk 2')
  await save(laptop, 'laptop 3')
  const keys = { laptop: laptop.machine.device, desk: desk.machine.device, phone: phone.machine.device }
  const { chain } = await readPast([wrap({ name: 'store1' })], laptop.machine.description)
  const newest = [keys.laptop, keys.desk].map(({ id }) =>
    newestFirst(chain).find(({ head }) => head.device === id),
  )
  const anchors = newest.flatMap((head) => (head ? [anchorOf(laptop.machine.description, head)] : []))
  return { laptop, kept, booty: { ...keys, early, foreign: await foreignStore() }, anchors }
}

async function foreignStore(): Promise<Kept> {
  const kept: Kept = new Map()
  const world = await makeWorld({ wrap: ({ name }) => memoryStore(kept, name) })
  await addFiles(world, 'savings', {})
  await save(world, 'of another')
  return kept
}

/** One lie told, in a copy of the scene. */
async function told(lie: Lie) {
  base ??= makeScene()
  const scene = await base
  const kept = new Map([...scene.kept].map(([name, each]) => [name, copyOf(each)]))
  const copy = copyWorld(scene.laptop)
  const world: World = { ...copy, ports: { ...copy.ports, openStore: at(kept) } }
  const pass = (ms: number) => {
    world.clock.ms += ms
  }
  lie.tell(kept.get(LIAR) as Kept, { ...scene.booty, pass })
  const [honest, liar] = ['store1', LIAR].map((name) => at(kept)({ name })) as [Store, Store]
  return { world, honest, liar, anchors: scene.anchors, devices: scene.booty }
}

function verdictOf(store: StoreCheck | undefined, leftOut: LeftOut | undefined): string {
  if (store === undefined) return 'nothing'
  if (store.error) return store.error.code
  if (store.history !== 'intact' && leftOut !== 'history') return store.history
  if (store.damaged.length > 0) return 'damaged'
  if (store.missing.length > 0) return 'missing'
  return store.description ?? (store.stale.length > 0 ? 'behind' : 'intact')
}

/** What a computer that knows the vault calls the two stores; with the liar alone, when it saves there only. */
async function onKnown(lie: Lie, which: 'both' | 'liar', leftOut?: LeftOut) {
  const { world } = await told(lie)
  if (leftOut === 'seen') await world.disk.remove(world.machine.home.seen)
  const { config } = world.machine
  const stores = config.stores.filter(({ name }) => which === 'both' || name === LIAR)
  const machine = { ...world.machine, config: { ...config, stores } }
  const report = await check(machine, world.ports, { identity: world.identity })
  const of = (name: string) =>
    verdictOf(
      report.stores.find((store) => store.name === name),
      leftOut,
    )
  return { liar: of(LIAR), honest: of('store1') }
}

/** As `openVault`; where vault.json is the one that is known, without the time that unlocking takes. */
async function open(world: World, stores: readonly Store[]) {
  const claims = await readClaims(stores)
  const { machine, identity, given } = world
  const isKnown = claims.every(
    ({ bytes = new Uint8Array(0) }) => Buffer.compare(bytes, machine.descriptionBytes) === 0,
  )
  if (!isKnown) return openVault(claims, given, native)
  return { description: machine.description, reading: { stores, identity, primitives: native } }
}

/** What a new computer makes of these stores: what it notices, and the newest wallet of both devices. */
async function onNew(lie: Lie, which: 'both' | 'liar') {
  const { world, honest, liar, anchors, devices } = await told(lie)
  const { description, reading } = await open(world, which === 'both' ? [liar, honest] : [liar])
  const past = await readPast(reading.stores, description, { identities: [reading.identity] })
  for (const head of past.heads) await readManifest(reading, head)
  const wallets: string[] = []
  for (const { id } of [devices.laptop, devices.desk]) {
    const to = `/back/${wallets.length}`
    const plan = { reading, heads: past.heads, names: ['savings'], device: id, to } as const
    await restore({ ...plan, inTheWay: 'refuse', risky: 'force' }, world.ports).catch((error: unknown) => {
      if (!isCairnError(error, 'snapshot-absent')) throw error
    })
    wallets.push(text(restored(world, to).get('wallet') ?? new Uint8Array(0)))
  }
  const live = { devices: liveDevices(description).map(({ id }) => id), now: world.ports.now() }
  const own = past.stores.find(({ store }) => store === liar)
  const isNamed = own?.history !== 'intact' || frozenAt(past.chain, live) !== undefined
  return {
    found: wallets.join() === NEWEST.join(),
    isNoticed: isNamed || past.heads.length === 0,
    isHeld: anchors.some((anchor) => holdAgainst(anchor, past.chain) !== 'shown'),
  }
}

const NEWEST = ['laptop 3', 'desk 2']

export interface Verdicts {
  readonly known: string
  /** What the honest store is called meanwhile. */
  readonly honest: string
  /** On a computer that knows the vault and saves to this store only. */
  readonly only: string
  /** With the honest store beside it, the newest of both devices comes back. */
  readonly both: Lie['both'] | 'missed'
  readonly alone: Lie['alone']
  /** With the store alone and an anchor of each device. */
  readonly anchored: Lie['alone']
}

export async function judge(lie: Lie): Promise<Verdicts> {
  const known = await onKnown(lie, 'both')
  const { liar: only } = await onKnown(lie, 'liar')
  const both = await unlessRefused(() => onNew(lie, 'both'))
  const alone = await unlessRefused(() => onNew(lie, 'liar'))
  return {
    known: known.liar,
    honest: known.honest,
    only,
    both: both === null ? 'refused' : both.found ? 'found' : 'missed',
    alone: alone === null || alone.isNoticed ? 'noticed' : 'unseen',
    anchored: alone === null || alone.isNoticed || alone.isHeld ? 'noticed' : 'unseen',
  }
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

/** How many of the lies that matter to it get through when a check is left out. */
export async function letThrough(
  leftOut: LeftOut,
  most = LIES.length,
): Promise<{ tried: number; through: number }> {
  const unseen = LIES.filter(({ alone }) => alone === 'unseen')
  const lies = (leftOut === 'history' ? LIES : unseen).slice(0, most)
  let through = 0
  for (const lie of lies) {
    const isThrough =
      leftOut === 'compare'
        ? (await unlessRefused(() => onNew(lie, 'liar')))?.found === false
        : (await onKnown(lie, leftOut === 'seen' ? 'liar' : 'both', leftOut)).liar === 'intact'
    if (isThrough) through++
  }
  return { tried: lies.length, through }
}
