import { randomBytes } from 'node:crypto'
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { deviceKeyWith, readHead, type SignedHead, signHead } from '@cairn/core/vault/head.js'
import { encodeManifest } from '@cairn/core/vault/manifest.js'
import { headKey, objectIdOf, objectKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import { objectId, seal } from '@cairn/core/vault/seal.js'
import { describe, expect, it } from 'vitest'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { type CheckPlan, type CheckReport, check } from '../../src/vault/check.js'
import { REFUSED_FOLDER } from '../../src/vault/heal.js'
import { readManifest } from '../../src/vault/reader.js'
import * as liars from '../sim/liars.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  restored,
  restoreOpened,
  storesOf,
  type World,
} from '../sim/world.js'

const wallet = randomBytes(200_000)

/** Two snapshots in as many stores. */
async function saved(stores: number): Promise<World> {
  const world = await makeWorld({ stores })
  await addFiles(world, 'savings', { wallet })
  await save(world)
  await save(world)
  return world
}

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)
const look = (world: World, plan: CheckPlan = {}) => check(world.machine, world.ports, plan)
const repair = (world: World, accept: readonly string[] = []) => look(world, { mode: 'repair', accept })
const store = (world: World, i = 0) => storesOf(world.machine, world.ports)[i] as Store
const headOf = (world: World, seq: number) => headKey(world.machine.device.id, seq)
const rowOf = (report: CheckReport, i = 0) => report.stores[i]

async function keysOf(world: World): Promise<readonly string[]> {
  return (await store(world).list('objects/')).map(({ key }) => key)
}

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

describe('a repair', () => {
  it('puts back from another store what is damaged or missing, and names it', async () => {
    const world = await saved(2)
    const [flips, cuts, goes] = (await keysOf(world)) as [string, string, string]
    await store(world).put(flips, liars.flipped(await store(world).get(flips)))
    await store(world).put(cuts, (await store(world).get(cuts)).subarray(0, 100))
    await store(world).remove(goes)
    await store(world).remove(VAULT_FILE)
    await store(world).put(headOf(world, 1), utf8('{"half":'))
    const before = await look(world)
    expect(before).toMatchObject({ ok: false })
    expect(rowOf(before)?.damaged).toEqual(expect.arrayContaining([flips, cuts, headOf(world, 1)]))
    expect(rowOf(before)?.missing).toEqual([goes, VAULT_FILE])
    const report = await repair(world)
    expect(report).toMatchObject({ ok: true, stores: [{ damaged: [], missing: [] }, { repaired: [] }] })
    expect([...(rowOf(report)?.repaired ?? [])].sort()).toEqual(
      [flips, cuts, goes, VAULT_FILE, headOf(world, 1)].sort(),
    )
    expect(await look(world)).toMatchObject({ ok: true })
    await restoreOpened(world, { stores: [store(world)], names: ['savings'] })
    expect(Buffer.compare(restored(world).get('wallet') as Uint8Array, wallet)).toBe(0)
  })

  it('changes nothing unless it is asked for', async () => {
    const world = await saved(2)
    const [key] = (await keysOf(world)) as [string]
    await store(world).remove(key)
    const before = contentsOf(world)
    await look(world, { identity: world.identity })
    expect(contentsOf(world)).toEqual(before)
  })

  it('says what no other store holds, and the next backup stores that again', async () => {
    const world = await saved(2)
    const key = await packOf(world)
    for (const i of [0, 1]) await store(world, i).put(key, liars.flipped(await store(world, i).get(key)))
    const report = await repair(world)
    expect(report.stores.map(({ damaged, repaired }) => ({ damaged, repaired }))).toEqual([
      { damaged: [key], repaired: [] },
      { damaged: [key], repaired: [] },
    ])
    expect((await save(world)).bytes.new).toBe(wallet.length)
  })

  it('calls a store that cannot be asked unreachable and nothing in it damaged', async () => {
    const world = await saved(2)
    const [key] = (await keysOf(world)) as [string]
    await store(world).put(key, liars.flipped(await store(world).get(key)))
    const report = await repair(withSecond(world, unplugged))
    expect(report.stores).toMatchObject([
      { damaged: [key], missing: [], repaired: [], unreachable: false },
      { damaged: [], missing: [], repaired: [], unreachable: true, history: 'unknown' },
    ])
    expect(await repair(world)).toMatchObject({ ok: true, stores: [{ repaired: [key] }, {}] })
  })

  it('brings a store that was away up to date', async () => {
    const world = await saved(2)
    await save(withSecond(world, unplugged))
    const report = await repair(world)
    expect(report).toMatchObject({ ok: true, stores: [{ repaired: [] }, {}] })
    expect(rowOf(report, 1)?.repaired).toContain(headOf(world, 3))
  })

  it.each([
    ['says saved but did not', liars.saysSavedButDidNot],
    ['flips a bit on the way', liars.flipsABitOnTheWay],
    ['keeps the first bytes only', liars.keepsTheFirstBytesOnly],
  ])('counts nothing as put back in a store that %s', async (_name, liar) => {
    const world = await saved(2)
    const [key] = (await keysOf(world)) as [string]
    await store(world, 1).remove(key)
    const report = await repair(withSecond(world, liar))
    expect(rowOf(report, 1)).toMatchObject({ repaired: [], missing: [key] })
    expect(report.ok).toBe(false)
    expect(['store-lies', 'object-missing']).toContain(rowOf(report, 1)?.error?.code)
  })

  it('takes no vault.json but the one that this machine knows', async () => {
    const world = await saved(2)
    const other = text(await store(world, 1).get(VAULT_FILE)).replace(/"created":"2026/, '"created":"2025')
    await store(world).put(VAULT_FILE, utf8(other))
    expect(rowOf(await look(world))).toMatchObject({ damaged: [VAULT_FILE] })
    expect(rowOf(await repair(world))).toMatchObject({ repaired: [VAULT_FILE] })
    expect(await store(world).get(VAULT_FILE)).toEqual(world.machine.descriptionBytes)
  })

  it('leaves a vault.json of a later revision alone, unless the vault is open and it is forged', async () => {
    const world = await saved(2)
    const later = text(await store(world).get(VAULT_FILE)).replace(/"revision":1/, '"revision":2')
    await store(world).put(VAULT_FILE, utf8(later))
    expect(rowOf(await repair(world))).toMatchObject({ repaired: [], damaged: [] })
    expect(text(await store(world).get(VAULT_FILE))).toBe(later)
    const plan = { mode: 'repair', identity: world.identity } as const
    expect(rowOf(await look(world, plan))).toMatchObject({ repaired: [VAULT_FILE] })
  })
})

/** Hashes of all files but those that keep what is in doubt, and when what was read. */
function contentsOf({ disk, machine }: World): ReadonlyMap<string, string> {
  const files = [...disk.files()].filter(
    ([path]) =>
      path !== machine.home.doubts && path !== machine.home.trail && !path.startsWith(machine.home.journal),
  )
  return new Map(files.map(([path, bytes]) => [path, objectId(bytes, native)]))
}

/** The key of the largest object. */
async function packOf(world: World): Promise<string> {
  return (await store(world).list('objects/')).reduce((a, b) => (a.size > b.size ? a : b)).key
}

/** A head with this sequence after the newest one, by another key when given. */
async function headAfter(world: World, change: Partial<SignedHead['head']>, key = world.machine.device) {
  const bytes = await store(world).get(headOf(world, 2))
  const devices = new Map([[world.machine.device.id, world.machine.device.publicKey]])
  const { head, hash } = readHead(bytes, devices, { name: 'head' })
  return signHead({ ...head, seq: 3, previous: hash, device: key.id, ...change }, key)
}

const stranger = deviceKeyWith(new Uint8Array(32).fill(9))

/** Each lie of the first of two stores, what it is called, and the files that are no heads. */
const lies: Record<string, { tell: (world: World) => Promise<void>; history: string; aside: number }> = {
  RollsBack: {
    tell: async (world) => store(world).remove(headOf(world, 2)),
    history: 'rolled-back',
    aside: 0,
  },
  HidesTheFirst: {
    tell: async (world) => store(world).remove(headOf(world, 1)),
    history: 'hidden',
    aside: 0,
  },
  AddsAForgedHead: {
    tell: async (world) => {
      const { bytes } = await headAfter(world, {}, stranger)
      await store(world).put(headOf(world, 3), bytes)
    },
    history: 'forged',
    aside: 1,
  },
  AddsADeviceOfItsOwn: {
    tell: async (world) => {
      const { bytes } = await headAfter(world, { seq: 1, previous: null }, stranger)
      await store(world).put(headKey(stranger.id, 1), bytes)
    },
    history: 'forged',
    aside: 1,
  },
  ReplaysTheFirstAsTheSecond: {
    tell: async (world) => store(world).put(headOf(world, 2), await store(world).get(headOf(world, 1))),
    history: 'replayed',
    aside: 1,
  },
  ShowsAnotherVault: {
    tell: async (world) => {
      const { bytes } = await headAfter(world, { seq: 2, vault: 'ff'.repeat(16) })
      await store(world).put(headOf(world, 2), bytes)
    },
    history: 'foreign',
    aside: 1,
  },
  AddsAStrangeFile: {
    tell: async (world) => store(world).put('heads/readme', utf8('hello')),
    history: 'forged',
    aside: 1,
  },
}

describe('a store that lied', () => {
  it.each(Object.entries(lies))('(%s) is named still after a repair', async (_name, { tell, history }) => {
    const world = await saved(2)
    await tell(world)
    const files = await store(world).list('heads/')
    expect(await repair(world)).toMatchObject({ ok: false, stores: [{ history }, { history: 'intact' }] })
    expect(await store(world).list('heads/')).toEqual(files)
    expect(await look(world)).toMatchObject({ stores: [{ history }, { history: 'intact' }] })
  })

  it.each(Object.entries(lies))(
    '(%s) is believed again when a person names it, and takes the next snapshot',
    async (_name, { tell, aside }) => {
      const world = await saved(2)
      await tell(world)
      const report = await repair(world, ['store1'])
      expect(report).toMatchObject({ ok: true, stores: [{ history: 'intact' }, { history: 'intact' }] })
      expect(rowOf(report)?.setAside ?? []).toHaveLength(aside)
      const folder = `${world.machine.home.folder}/${REFUSED_FOLDER}/`
      expect([...world.disk.files().keys()].filter((path) => path.startsWith(folder))).toHaveLength(aside)
      expect(await save(world)).toMatchObject({ stores: [{ state: 'saved' }, { state: 'saved' }] })
      expect(await look(world)).toMatchObject({ ok: true })
    },
  )

  it('is believed again from what this machine keeps, when it is the only one', async () => {
    const world = await saved(1)
    const key = objectKey((await headsIn(world))[1]?.head.manifest as string)
    await store(world).remove(headOf(world, 2))
    await store(world).remove(key)
    const refused = save(world)
    await expect(refused).rejects.toMatchObject({ code: 'store-history' })
    const report = await repair(world, ['store1'])
    expect(rowOf(report)).toMatchObject({ history: 'intact', missing: [key], repaired: [headOf(world, 2)] })
    expect(await save(world)).toMatchObject({ snapshot: { seq: 3 }, stores: [{ state: 'saved' }] })
  })

  it('keeps what a device of this vault signed, also when it is asked to be believed', async () => {
    const world = await saved(2)
    const { bytes } = await headAfter(world, { seq: 2, previous: null, time: '2026-11-30T00:00:00.000Z' })
    await store(world).put(headOf(world, 2), bytes)
    const report = await repair(world, ['store1'])
    expect(rowOf(report)?.history).not.toBe('intact')
    expect(await store(world).get(headOf(world, 2))).toEqual(bytes)
  })

  it('is not cleared of strange heads by a machine that may know too few devices', async () => {
    const world = await saved(2)
    await lies.AddsADeviceOfItsOwn?.tell(world)
    const later = text(await store(world).get(VAULT_FILE)).replace(/"revision":1/, '"revision":2')
    await store(world).put(VAULT_FILE, utf8(later))
    const report = await repair(world, ['store1'])
    expect(rowOf(report)).toMatchObject({ history: 'forged', error: { code: 'store-history' } })
  })

  it('must be one of the stores', async () => {
    const world = await saved(1)
    await expect(repair(world, ['store9'])).rejects.toMatchObject({ code: 'usage' })
  })
})

async function headsIn(world: World): Promise<readonly SignedHead[]> {
  const devices = new Map([[world.machine.device.id, world.machine.device.publicKey]])
  const files = await store(world).list('heads/')
  const heads = await Promise.all(
    files.map(async ({ key }) => readHead(await store(world).get(key), devices, { name: key })),
  )
  return heads.sort((a, b) => a.head.seq - b.head.seq)
}

/** Seals what a broken writer might have sealed, and puts it into every store under its right name. */
async function plant(world: World, plain: Uint8Array): Promise<string> {
  const { bytes } = await seal(plain, world.machine.description.recipient, native)
  const id = objectId(bytes, native)
  for (const each of storesOf(world.machine, world.ports)) await each.put(objectKey(id), bytes)
  return id
}

/** A third snapshot whose manifest was changed before it was sealed. */
async function plantSnapshot(world: World, change: (json: string) => string): Promise<string> {
  const reading = {
    stores: storesOf(world.machine, world.ports),
    identity: world.identity,
    primitives: native,
  }
  const newest = (await headsIn(world)).at(-1) as SignedHead
  const manifest = { ...(await readManifest(reading, newest)), seq: 3 }
  const changed = JSON.parse(change(JSON.stringify(manifest))) as typeof manifest
  const id = await plant(world, await encodeManifest(changed, native))
  const signed = await headAfter(world, { manifest: id })
  for (const each of reading.stores) await each.put(headOf(world, 3), signed.bytes)
  return id
}

describe('a deep check', () => {
  const deep = (world: World) => look(world, { identity: world.identity })

  it('opens every snapshot and finds a vault whole', async () => {
    const world = await saved(2)
    expect(await deep(world)).toMatchObject({ ok: true, deep: { snapshots: 2, opened: 2 } })
  })

  it('finds a chunk that is not what the manifest says, which the check of bytes does not', async () => {
    const world = await saved(2)
    const offset = /"offset":0,"length":(\d+)/
    await plantSnapshot(world, (json) => json.replace(offset, '"offset":1,"length":$1'))
    expect(await look(world)).toMatchObject({ ok: true })
    const report = await deep(world)
    expect(rowOf(report)?.damaged).toEqual([await packOf(world)])
    expect(rowOf(report, 1)?.damaged).toEqual([await packOf(world)])
  })

  it('finds a file that is not what its chunks make', async () => {
    const world = await saved(1)
    const id = await plantSnapshot(world, (json) =>
      json.replace(/(?<="size":200000,"sha256":")./, (digit) => (digit === '0' ? '1' : '0')),
    )
    expect(await look(world)).toMatchObject({ ok: true })
    expect(rowOf(await deep(world))?.damaged).toEqual([objectKey(id)])
  })

  it('finds a pack that this machine does not know of and that is nowhere', async () => {
    const world = await saved(1)
    const id = 'ab'.repeat(32)
    await plantSnapshot(world, (json) => json.replace(/"packs":\["[0-9a-f]{64}"/, `"packs":["${id}"`))
    expect(await look(world)).toMatchObject({ ok: true })
    expect(rowOf(await deep(world))).toMatchObject({ damaged: [], missing: [objectKey(id)] })
  })

  it('counts a manifest that does not open, and does not take it for damage of the drive', async () => {
    const world = await saved(2)
    const id = await plant(world, utf8('no manifest'))
    const { bytes } = await headAfter(world, { manifest: id })
    for (const each of storesOf(world.machine, world.ports)) await each.put(headOf(world, 3), bytes)
    const report = await deep(world)
    expect(report.deep).toEqual({ snapshots: 3, opened: 2 })
    expect(report.stores.map(({ damaged }) => damaged)).toEqual([[objectKey(id)], [objectKey(id)]])
  })

  it('judges no object of which it has no good copy', async () => {
    const world = await saved(2)
    const key = await packOf(world)
    await store(world).put(key, liars.flipped(await store(world).get(key)))
    const report = await deep(withSecond(world, unplugged))
    expect(report.stores).toMatchObject([{ damaged: [key] }, { damaged: [], unreachable: true }])
    expect(objectIdOf(key)).not.toBeNull()
  })

  it('makes the next backup store again what is spoilt', async () => {
    const world = await saved(2)
    await plantSnapshot(world, (json) => json.replace(/"offset":0,"length":(\d+)/, '"offset":1,"length":$1'))
    await deep(world)
    const later = copyWorld(world)
    expect((await save(later)).bytes.new).toBe(wallet.length)
  })
})
