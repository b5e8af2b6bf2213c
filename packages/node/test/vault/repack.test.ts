import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { type Forgotten, writeForgotten } from '@cairn/core/vault/forgotten.js'
import { deviceKeyWith, manifestOf } from '@cairn/core/vault/head.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import { encodeManifest } from '@cairn/core/vault/manifest.js'
import { forgottenKey, objectKey } from '@cairn/core/vault/object.js'
import { objectId, seal } from '@cairn/core/vault/seal.js'
import { describe, expect, it } from 'vitest'
import { writeLocal } from '../../src/machine/state.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { check } from '../../src/vault/check.js'
import { readPast } from '../../src/vault/open.js'
import { prune } from '../../src/vault/prune.js'
import { readManifest } from '../../src/vault/reader.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  restored,
  restoreElsewhere,
  storesOf,
  type World,
} from '../sim/world.js'
import { PART_BYTES, partsOf, pruneWith, saveSparseDays } from './pruning.js'

async function saved(days: number, stores = 1): Promise<World> {
  const world = await makeWorld({ stores })
  await addFiles(world, 'savings', {})
  await saveSparseDays(world, 1, days)
  return world
}

const store = (world: World, i = 0) => storesOf(world.machine, world.ports)[i] as Store
const deep = (world: World) => check(world.machine, world.ports, { identity: world.identity })

async function bytesIn(world: World, i = 0): Promise<number> {
  return (await store(world, i).list('objects/')).reduce((sum, { size }) => sum + size, 0)
}

async function comesBack(world: World, at: number, stores = storesOf(world.machine, world.ports)) {
  const copy = copyWorld(world)
  await restoreElsewhere(copy, { names: ['savings'], at: `${at}`, stores })
  expect(text(restored(copy).get('wallet') as Uint8Array)).toBe(`version ${at}`)
  for (const [path, bytes] of Object.entries(partsOf(at)))
    expect(Buffer.compare(restored(copy).get(path) as Uint8Array, bytes)).toBe(0)
}

async function headsOf(world: World, stores = storesOf(world.machine, world.ports)) {
  return readPast(stores, world.machine.description, { identities: [world.identity] })
}

describe('packs of which little is needed', () => {
  it('are written again with what is needed, and every snapshot that is kept restores', async () => {
    const world = await saved(4, 2)
    const { rewritten, stores } = await pruneWith(world, { last: 2 })
    expect(rewritten).toMatchObject({ packs: 1 })
    expect(rewritten.bytes).toBeGreaterThan(2 * PART_BYTES)
    expect(stores.map(({ state }) => state)).toEqual(['pruned', 'pruned'])
    for (const at of [3, 4]) for (const i of [0, 1]) await comesBack(world, at, [store(world, i)])
    expect(await deep(world)).toMatchObject({ ok: true, deep: { snapshots: 2, opened: 2 } })
  })

  it('leave no byte behind that is in vain: what stays is less than what is kept alone would take, and a quarter', async () => {
    const world = await saved(4)
    await pruneWith(world, { last: 2 })
    const fresh = await makeWorld()
    await addFiles(fresh, 'savings', {})
    await saveSparseDays(fresh, 3, 4)
    expect(await bytesIn(world)).toBeLessThan((await bytesIn(fresh)) * 1.25)
  })

  it('are counted on by the next backup where they are now, and rewritten again in time', async () => {
    const world = await saved(4)
    await pruneWith(world, { last: 2 })
    const before = await bytesIn(world)
    await saveSparseDays(world, 5, 5)
    expect((await bytesIn(world)) - before).toBeLessThan(4 * PART_BYTES)
    for (let day = 6; day < 10; day++) {
      await saveSparseDays(world, day, day)
      await pruneWith(world, { last: 2 })
      for (const at of [day - 1, day]) await comesBack(world, at)
    }
    expect(await deep(world)).toMatchObject({ ok: true })
    const { chain, heads } = await headsOf(world)
    expect([chain.length, heads.length]).toEqual([9, 2])
  })

  it('keep the name of the snapshot, and its head', async () => {
    const world = await saved(4)
    const before = await headsOf(world)
    await pruneWith(world, { last: 2 })
    const after = await headsOf(world)
    const names = (heads: typeof before.heads) => heads.map(({ head }) => head.manifest).slice(-2)
    expect(names(after.heads)).toEqual(names(before.heads))
    expect(after.heads.map(manifestOf)).not.toEqual(names(before.heads))
  })

  it('are left as they are when that is asked for, when little would be won, and in a plan', async () => {
    const world = await saved(4)
    const with_ = { identity: world.identity, mode: 'prune', rules: { last: 2 } } as const
    expect((await pruneWith(world, { last: 2 }, 'plan')).rewritten.packs).toBe(1)
    expect((await prune(world.machine, { ...with_, below: 0 }, world.ports)).rewritten.packs).toBe(0)
    expect((await prune(world.machine, { ...with_, below: 0.2 }, world.ports)).rewritten.packs).toBe(0)
    expect((await prune(world.machine, with_, world.ports)).rewritten.packs).toBe(1)
  })

  it('are left as they are while a store lets nothing be removed', async () => {
    const world = await saved(4, 2)
    const locked = withSecond(world, (second) => ({
      ...second,
      remove: async () => fail('store-denied', { store: second.name }),
    }))
    const { rewritten, stores } = await pruneWith(locked, { last: 2 })
    expect([rewritten.packs, stores.map(({ state }) => state)]).toEqual([0, ['pruned', 'marked']])
    for (const i of [0, 1]) await comesBack(world, 3, [store(world, i)])
  })

  it('stay in a store that was away, which restores alone until the next backup and pruning', async () => {
    const world = await saved(4, 2)
    const away = withSecond(world, unplugged)
    expect((await pruneWith(away, { last: 2 })).rewritten.packs).toBe(1)
    await comesBack(world, 3, [store(world, 1)])
    await saveSparseDays(world, 5, 5)
    for (const i of [0, 1]) for (const at of [3, 4, 5]) await comesBack(world, at, [store(world, i)])
    expect((await pruneWith(world, { last: 3 })).stores.map(({ state }) => state)).toEqual([
      'pruned',
      'pruned',
    ])
    expect(await bytesIn(world, 0)).toBe(await bytesIn(world, 1))
    expect(await deep(world)).toMatchObject({ ok: true })
  })

  it.each(['a backup', 'a repair'])('restore from a store alone that %s filled anew', async (way) => {
    const world = await saved(4, 2)
    await pruneWith(world, { last: 2 })
    for (const { key } of await store(world, 1).list(''))
      if (!key.startsWith('vault.json')) await store(world, 1).remove(key)
    if (way === 'a repair') {
      const plan = { mode: 'repair', accept: ['store2'], identity: world.identity } as const
      await check(world.machine, world.ports, plan)
    } else {
      await writeLocal(world.disk, world.machine.home.seen, utf8('{'))
      await saveSparseDays(world, 5, 5)
    }
    for (const at of [3, 4]) await comesBack(world, at, [store(world, 1)])
  })

  it('are left as they are when one has no good copy, and the rest is pruned', async () => {
    const world = await saved(4)
    const { heads } = await headsOf(world)
    const reading = { stores: [store(world)], identity: world.identity, primitives: native }
    const oldest = heads.reduce((a, b) => (a.head.seq < b.head.seq ? a : b))
    const [pack = ''] = (await readManifest(reading, oldest)).packs
    await store(world).put(objectKey(pack), new Uint8Array(5000))
    const { rewritten, forget } = await pruneWith(world, { last: 2 })
    expect([rewritten.packs, rewritten.error?.code, forget.length]).toEqual([0, 'object-damaged', 2])
  })
})

/** What a thief with write access can make of records that manifests moved. */
describe('a record that a manifest moved', () => {
  it.each([
    ['a stranger', 'stranger', 'secret'],
    ['a device of the vault without the secret', 'device', 'guess'],
  ] as const)('is passed over when it is of %s', async (_name, by, with_) => {
    const world = await saved(2, 2)
    const { heads } = await headsOf(world)
    const { head } = heads.find((each) => each.head.seq === 1) as (typeof heads)[number]
    const reading = { stores: [store(world)], identity: world.identity, primitives: native }
    const manifest = await readManifest(reading, { head })
    const forged = { ...manifest, wallets: [] }
    const { bytes } = await seal(
      await encodeManifest(forged, native),
      world.machine.description.recipient,
      native,
    )
    const to = objectId(bytes, native)
    await store(world).put(objectKey(to), bytes)
    const record: Forgotten = {
      format: 'cairn-forgotten',
      version: 2,
      vault: head.vault,
      device: head.device,
      time: head.time,
      snapshots: [],
      packs: [],
      moved: [{ from: head.manifest, to }],
    }
    const secret = with_ === 'secret' ? secretFromIdentity(world.identity) : new Uint8Array(32)
    const device = by === 'device' ? world.machine.device : deviceKeyWith(new Uint8Array(32).fill(9))
    const file = writeForgotten(record, { device, secret })
    await store(world).put(forgottenKey(file.id), file.bytes)
    const seen = (await headsOf(world)).heads.find((each) => each.head.seq === 1)
    expect(seen && manifestOf(seen)).toBe(head.manifest)
    await pruneWith(world, { last: 2 })
    await comesBack(world, 1, [store(world, 1)])
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
