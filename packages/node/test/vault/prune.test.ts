import { text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { type Forgotten, writeForgotten } from '@cairn/core/vault/forgotten.js'
import { deviceKeyWith, readHead, signHead } from '@cairn/core/vault/head.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { forgottenKey, headKey, objectKey } from '@cairn/core/vault/object.js'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { readPast } from '../../src/vault/open.js'
import type { PruneReport } from '../../src/vault/prune.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { seeds } from '../seeds.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  restored,
  restoreElsewhere,
  restoreOpened,
  setFiles,
  storesOf,
  type World,
} from '../sim/world.js'
import { DAY_MS, pruneWith, pruningCuts, pruningFaults, saveDays } from './pruning.js'
import { removesBeforeItRecords } from './twins.js'

async function saved(days: number, stores = 1): Promise<World> {
  const world = await makeWorld({ stores })
  await addFiles(world, 'savings', {})
  await saveDays(world, 1, days)
  return world
}

const store = (world: World, i = 0) => storesOf(world.machine, world.ports)[i] as Store
const objectsIn = async (world: World, i = 0) => (await store(world, i).list('objects/')).length
const deep = (world: World) => check(world.machine, world.ports, { identity: world.identity })
const seqs = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq)
const keptIn = ({ keep }: PruneReport) => keep.map(({ snapshot }) => snapshot.seq)

async function comesBack(world: World, at: number, stores = storesOf(world.machine, world.ports)) {
  const copy = copyWorld(world)
  await restoreElsewhere(copy, { names: ['savings'], at: `${at}`, stores })
  return text(restored(copy).get('wallet') as Uint8Array)
}

describe('pruning', () => {
  it('says what would go, and changes nothing', async () => {
    const world = await saved(5, 2)
    const before = world.disk.files()
    const report = await pruneWith(world, { last: 2 }, 'plan')
    expect([keptIn(report), seqs(report.forget), report.stores]).toEqual([[4, 5], [1, 2, 3], []])
    expect([...world.disk.files().keys()]).toEqual([...before.keys()])
  })

  it('removes what only forgotten snapshots need, in every store, and the rest restores', async () => {
    const world = await saved(5, 2)
    expect(await objectsIn(world)).toBe(10)
    const report = await pruneWith(world, { last: 2 })
    expect(report.stores).toMatchObject([
      { name: 'store1', state: 'pruned', removed: 6 },
      { name: 'store2', state: 'pruned', removed: 6 },
    ])
    expect(await objectsIn(world, 1)).toBe(4)
    expect(await comesBack(world, 4)).toBe('version 4')
    expect(await comesBack(world, 5)).toBe('version 5')
    await expect(comesBack(world, 3)).rejects.toMatchObject({ code: 'snapshot-absent' })
  })

  it('leaves heads that verify, a check that misses nothing, and a vault that goes on', async () => {
    const world = await saved(5, 2)
    await pruneWith(world, { last: 2 })
    expect(await store(world).list('heads/')).toHaveLength(5)
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
    expect(await deep(world)).toMatchObject({ ok: true, deep: { snapshots: 2, opened: 2 } })
    expect(seqs(await listSnapshots(world.machine, world.ports))).toEqual([5, 4])
    await saveDays(world, 6, 6)
    expect(seqs(await listSnapshots(world.machine, world.ports))).toEqual([6, 5, 4])
    expect(keptIn(await pruneWith(world, { last: 2 }))).toEqual([5, 6])
    expect(await deep(world)).toMatchObject({ ok: true })
  })

  it('keeps a pack that a snapshot needs which is kept', async () => {
    const world = await saved(1)
    for (let i = 0; i < 3; i++) await backup(world.machine, { names: [] }, world.ports)
    expect((await pruneWith(world, { last: 1 })).packs).toBe(0)
    expect(await comesBack(world, 4)).toBe('version 1')
  })

  it('stores again what comes back after its pack went', async () => {
    const world = await saved(3)
    await pruneWith(world, { last: 1 })
    await saveDays(world, 1, 1)
    expect(await comesBack(world, 4)).toBe('version 1')
  })

  it('keeps the newest of each wallet, and restore finds it behind those that are gone', async () => {
    const world = await makeWorld()
    await addFiles(world, 'one', { a: 'one' })
    await addFiles(world, 'two', { b: 'two' })
    await backup(world.machine, { names: [] }, world.ports)
    for (let i = 0; i < 4; i++) {
      setFiles(world, 'two', { b: `two ${i}` })
      await backup(world.machine, { names: ['two'] }, world.ports)
    }
    expect(keptIn(await pruneWith(world, { last: 1 }))).toEqual([1, 5])
    await restoreElsewhere(world)
    expect([...restored(world)].map(([path, bytes]) => [path, text(bytes)]).sort()).toEqual([
      ['one/a', 'one'],
      ['two/b', 'two 3'],
    ])
  })

  it('does not bring back what was forgotten from a store that was away', async () => {
    const world = await saved(4, 2)
    const away = withSecond(world, unplugged)
    expect((await pruneWith(away, { last: 1 })).stores).toMatchObject([
      { state: 'pruned', removed: 6 },
      { state: 'unreachable', removed: 0 },
    ])
    await saveDays(world, 5, 5)
    expect([await objectsIn(world, 0), await objectsIn(world, 1)]).toEqual([4, 10])
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
    expect((await pruneWith(world, { last: 1 })).stores).toMatchObject([{ removed: 2 }, { removed: 8 }])
    expect([await objectsIn(world, 0), await objectsIn(world, 1)]).toEqual([2, 2])
  })

  it('marks in a store that lets nothing be removed, and every reader knows', async () => {
    const world = await saved(4, 2)
    const keeps = (second: Store): Store => ({
      ...second,
      remove: async () => fail('store-denied', { store: second.name }),
    })
    const appendOnly = withSecond(world, keeps)
    expect((await pruneWith(appendOnly, { last: 1 })).stores).toMatchObject([
      { state: 'pruned', removed: 6 },
      { state: 'marked', removed: 0 },
    ])
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
    await expect(comesBack(world, 2, [store(world, 1)])).rejects.toMatchObject({ code: 'snapshot-absent' })
  })
})

/** The same world with something between the vault and its second store. */
function withSecond(world: World, second: (store: Store) => Store): World {
  const { ports } = world
  const wrap = (store: Store) => (store.name === 'store2' ? second(store) : store)
  return { ...world, ports: { ...ports, openStore: (place) => wrap(ports.openStore(place)) } }
}

function unplugged(store: Store): Store {
  const gone = async () => fail('store-unreachable', { store: store.name, reason: 'it is unplugged' })
  return { ...store, get: gone, put: gone, list: gone, remove: gone }
}

/** What a thief with write access to the first of two stores does, and what pruning makes of it. */
describe('a thief with write access', () => {
  const stranger = deviceKeyWith(new Uint8Array(32).fill(9))

  async function newestHead(world: World) {
    const devices = new Map([[world.machine.device.id, world.machine.device.publicKey]])
    const past = await readPast([store(world)], world.machine.description)
    const newest = past.chain.reduce((a, b) => (a.head.seq > b.head.seq ? a : b))
    return readHead(newest.bytes, devices, { name: 'head' })
  }

  async function recordOf(world: World): Promise<Forgotten> {
    const { head } = await newestHead(world)
    const { vault, device, seq, manifest } = head
    const time = '2026-12-01T00:00:00.000Z'
    return {
      format: 'cairn-forgotten',
      version: 1,
      vault,
      device,
      time,
      snapshots: [{ seq, manifest }],
      packs: [],
    }
  }

  it('adds heads of the future, and no snapshot goes for them', async () => {
    const world = await saved(4, 2)
    const { head, hash } = await newestHead(world)
    for (let seq = 5; seq < 9; seq++) {
      const forged = signHead({ ...head, seq, previous: hash, time: '2099-01-01T00:00:00.000Z' }, stranger)
      await store(world).put(headKey(head.device, seq), forged.bytes)
    }
    const report = await pruneWith(world, { last: 3 })
    expect(keptIn(report)).toEqual([2, 3, 4])
    expect(report.stores).toMatchObject([{ state: 'incomplete', removed: 0 }, { state: 'pruned' }])
    expect(await comesBack(world, 2)).toBe('version 2')
  })

  it('hides heads and objects, and nothing goes from there after them', async () => {
    const world = await saved(4, 2)
    const { head } = await newestHead(world)
    await store(world).remove(headKey(head.device, 4))
    await store(world).remove(objectKey(head.manifest))
    const report = await pruneWith(world, { last: 2 })
    expect(keptIn(report)).toEqual([3, 4])
    expect(report.stores).toMatchObject([{ state: 'incomplete', removed: 0 }, { state: 'pruned' }])
  })

  it.each([
    ['a stranger', stranger, 'secret'],
    ['nobody who had the secret', 'device', 'guess'],
  ] as const)('adds a record that the newest was forgotten, signed by %s', async (_name, by, with_) => {
    const world = await saved(3, 2)
    const secret = with_ === 'secret' ? secretFromIdentity(world.identity) : new Uint8Array(32)
    const device = by === 'device' ? world.machine.device : by
    const { id, bytes } = writeForgotten(await recordOf(world), { device, secret })
    await store(world).put(forgottenKey(id), bytes)
    expect(keptIn(await pruneWith(world, { last: 2 }))).toEqual([2, 3])
    expect(await deep(world)).toMatchObject({ ok: true, deep: { snapshots: 2, opened: 2 } })
    await restoreOpened(world, { names: ['savings'], at: '2' })
    expect(text(restored(world).get('wallet') as Uint8Array)).toBe('version 2')
  })

  it('changes bytes of a manifest, and pruning stops when no store has a good copy', async () => {
    const world = await saved(3)
    const past = await readPast([store(world)], world.machine.description)
    const key = objectKey(past.heads.find(({ head }) => head.seq === 2)?.head.manifest as string)
    await store(world).put(key, new Uint8Array(5000))
    await expect(pruneWith(world, { last: 1 })).rejects.toMatchObject({ code: 'object-damaged' })
    expect(await objectsIn(world)).toBe(6)
  })
})

describe('a clock that ran ahead', () => {
  it('costs no snapshot its place', async () => {
    const world = await saved(3)
    world.clock.ms += 3000 * DAY_MS
    await saveDays(world, 4, 6)
    world.clock.ms -= 3003 * DAY_MS
    await saveDays(world, 7, 9)
    expect(keptIn(await pruneWith(world, { daily: 4 }))).toEqual([3, 4, 5, 6, 7, 8, 9])
  })
})

describe('a pruning that is cut off', () => {
  it('by a power cut loses nothing that is kept, and the vault goes on', async () => {
    const { tried, lost } = await pruningCuts({ seeds: seeds(3), each: 8 })
    expect(lost).toEqual([])
    expect(tried).toBe(24)
  })

  it('is caught when it removes before its record is durable', async () => {
    expect(
      (await pruningCuts({ seeds: seeds(3), each: 8, twin: removesBeforeItRecords })).lost.length,
    ).toBeGreaterThan(0)
  })

  it.each([
    ['EIO', 'once', 7],
    ['ENOSPC', 'on', 12],
    ['EACCES', 'on', 17],
  ] as const)('by %s, %s, at operations of the disk is told and gone on with', async (code, mode, every) => {
    const { tried, lost } = await pruningFaults(code, { mode, every })
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(5)
  })
})
