/** What `check` makes of stores that differ: silent ones, drives with bad sectors, one that missed a change of the policy. */
import { randomBytes } from 'node:crypto'
import { text, utf8 } from '@cairn/core/bytes.js'
import { CairnError } from '@cairn/core/errors.js'
import { VAULT_FILE } from '@cairn/core/vault/object.js'
import { describe, expect, it } from 'vitest'
import { readDoubts } from '../../src/machine/memory.js'
import type { Ports } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { changePolicy } from '../../src/vault/change-policy.js'
import { type CheckPlan, check, type StoreCheck } from '../../src/vault/check.js'
import { systemError } from '../sim/disk.js'
import { addFiles, makeWorld, reboot, restoreOpened, setFiles, storesOf, type World } from '../sim/world.js'

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)
const look = (world: World, plan: CheckPlan = {}) => check(world.machine, world.ports, plan)

/** Three snapshots in every store. */
async function saved(stores: number): Promise<World> {
  const world = await makeWorld({ stores })
  await addFiles(world, 'savings', {})
  for (let i = 0; i < 3; i++) {
    setFiles(world, 'savings', { wallet: randomBytes(20_000) })
    await save(world)
  }
  return world
}

/** The world with something between the vault and each store. */
function through(world: World, wrap: (store: Store) => Store): World {
  const ports: Ports = { ...world.ports, openStore: (place) => wrap(world.ports.openStore(place)) }
  return { ...world, ports }
}

describe('several stores', () => {
  it('are looked at at the same time, and several objects of each', async () => {
    const world = await saved(2)
    const under = new Map<string, number>()
    const most = new Map<string, number>()
    const begun = new Map<string, () => void>()
    const all = Promise.all(
      ['store1', 'store2'].map((name) => new Promise<void>((resolve) => begun.set(name, resolve))),
    )
    const counted = (store: Store): Store => ({
      ...store,
      get: async (key) => {
        if (!key.startsWith('objects/')) return store.get(key)
        under.set(store.name, (under.get(store.name) ?? 0) + 1)
        most.set(store.name, Math.max(most.get(store.name) ?? 0, under.get(store.name) ?? 0))
        begun.get(store.name)?.()
        await all // whoever looks at one store after the other waits here for ever
        under.set(store.name, (under.get(store.name) ?? 0) - 1)
        return store.get(key)
      },
    })
    expect((await look(through(world, counted))).ok).toBe(true)
    expect([...most.values()]).toEqual([6, 6])
  })

  it('are told of as one piece of work', async () => {
    const world = await saved(3)
    const steps: { done: number; total: number }[] = []
    await look(world, { progress: ({ done, total }) => void steps.push({ done, total }) })
    const objects = [...world.disk.files()].filter(([path]) => path.includes('/objects/'))
    const bytes = objects.reduce((sum, [, contents]) => sum + contents.length, 0)
    expect(steps.at(-1)).toEqual({ done: bytes, total: bytes })
    expect(steps.every(({ done, total }) => done <= total)).toBe(true)
  })
})

describe('a store that never answers', () => {
  it.each([
    ['from the start', () => true],
    ['once it is asked for objects', (key: string) => key.startsWith('objects/')],
    ['when it is to list', (key: string) => key === 'objects/'],
  ])('%s is unreachable, after a time, and the others are checked', async (_name, isHung) => {
    const world = await saved(3)
    const hang = <T>(key: string, work: () => Promise<T>): Promise<T> =>
      isHung(key) ? new Promise<T>(() => {}) : work()
    const asked: string[] = []
    const silent = (store: Store): Store => ({
      ...store,
      get: (key) => {
        if (store.name === 'store2') return hang(key, () => store.get(key))
        asked.push(key)
        return store.get(key)
      },
      list: (prefix) =>
        store.name === 'store2' ? hang(prefix, () => store.list(prefix)) : store.list(prefix),
    })
    // time passes only when whoever can answer has answered for a while
    const wait: Ports['wait'] = async (_ms, signal) => {
      for (let quiet = 0, seen = -1; quiet < 50 && !signal?.aborted; quiet++) {
        if (seen !== asked.length) quiet = 0
        seen = asked.length
        await new Promise(setImmediate)
      }
    }
    const hung = through(world, silent)
    const { ok, stores } = await look({ ...hung, ports: { ...hung.ports, wait } })
    expect(ok).toBe(false)
    expect(stores.map(({ unreachable }) => unreachable)).toEqual([false, true, false])
    expect(stores[1]).toMatchObject({ damaged: [], missing: [], error: { code: 'store-unreachable' } })
    expect(stores[2]).toMatchObject({ objects: 6, history: 'intact' })
  })
})

/** Reading what lies at these keys of the second store fails, as on bad sectors; what is written anew can be read. */
function scratch(world: World, keys: readonly string[]): void {
  const bad = new Set(keys.map((key) => `/vault/store2/${key}`))
  world.disk.fault = (operation, path) => {
    if (operation === 'read' && bad.has(path)) throw systemError('EIO')
    // a file that is renamed to a bad name lies elsewhere on the medium
    if (operation === 'rename') for (const name of bad) if (path.startsWith(`${name}.`)) bad.delete(name)
  }
}

const objectsOf = (world: World) =>
  [...world.disk.files().keys()]
    .filter((path) => path.startsWith('/vault/store2/objects/'))
    .map((path) => path.slice('/vault/store2/'.length))
    .sort()

describe('a drive with bad sectors', () => {
  const found = (report: { stores: readonly StoreCheck[] }) => report.stores[1] as StoreCheck
  const firstObject = (world: World) => objectsOf(world)[0] as string
  const head = (world: World, seq: number) => `heads/${world.machine.device.id}/${seq}.json`

  it.each([
    ['an object', firstObject, 'intact'],
    ['a head in the middle', (world: World) => head(world, 2), 'unknown'],
    ['the newest head', (world: World) => head(world, 3), 'unknown'],
    ['vault.json', () => VAULT_FILE, 'intact'],
  ] as const)('is told of by what cannot be read: %s; the rest is checked', async (_what, keyIn, history) => {
    const world = await saved(2)
    const key = keyIn(world)
    scratch(world, [key])
    const report = await look(world)
    expect(report.ok).toBe(false)
    expect(found(report)).toMatchObject({ objects: 6, unreachable: false, history, unreadable: [key] })
    expect(found(report)).toMatchObject({ damaged: [], missing: [], stale: [] })
    const repaired = await look(world, { mode: 'repair' })
    expect(repaired.ok).toBe(true)
    expect(found(repaired)).toMatchObject({ unreadable: [], history: 'intact', repaired: [key] })
    expect(await look(world)).toMatchObject({ ok: true })
  })

  it.each([
    ['an object', firstObject],
    ['the newest head', (world: World) => head(world, 3)],
    ['vault.json', () => VAULT_FILE],
  ])('gets it again by the next backup: %s', async (_what, keyIn) => {
    const world = await saved(2)
    scratch(world, [keyIn(world)])
    await look(world)
    const { stores } = await save(world)
    expect(stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
    expect(await look(world)).toMatchObject({ ok: true })
  })

  it('is away when it gives nothing any more', async () => {
    const world = await saved(2)
    scratch(world, [...objectsOf(world), VAULT_FILE, ...[1, 2, 3].map((seq) => head(world, seq))])
    expect(found(await look(world))).toMatchObject({ unreachable: true, unreadable: [], damaged: [] })
  })

  it('is passed over by a restore, which takes the other one', async () => {
    const world = await saved(2)
    scratch(world, [...objectsOf(world), head(world, 3)])
    const [first, second] = storesOf(world.machine, world.ports) as [Store, Store]
    expect((await restoreOpened(world, { stores: [second, first] })).files).toHaveLength(1)
  })

  it('is not what a store is that fails for one object over the network, and answers for others', async () => {
    const world = await saved(2)
    const [first = '', ...others] = objectsOf(world)
    const flaky = (store: Store): Store => ({
      ...store,
      get: (key) =>
        store.name === 'store2' && key === first
          ? Promise.reject(new CairnError('store-unreachable', { store: 'store2', reason: 'in trouble' }))
          : store.get(key),
    })
    const report = await look(through(world, flaky))
    expect(found(report)).toMatchObject({
      unreachable: false,
      unreadable: [first],
      objects: 1 + others.length,
    })
  })
})

describe('a store that was away when a snapshot was made', () => {
  const missedOne = async () => {
    const world = await saved(2)
    const full = (store: Store): Store => ({
      ...store,
      put: (key, bytes) =>
        store.name === 'store2'
          ? Promise.reject(new CairnError('store-full', { store: 'store2' }))
          : store.put(key, bytes),
    })
    setFiles(world, 'savings', { wallet: randomBytes(20_000) })
    await save(through(world, full))
    return world
  }
  const doubted = async ({ machine, ports }: World) => (await readDoubts(ports.disk, machine.home)).store2

  it('is behind, and nothing of it is remembered as damaged', async () => {
    const world = await missedOne()
    expect((await look(world)).stores[1]).toMatchObject({ behind: 1, damaged: [] })
    expect(await doubted(world)).toBeUndefined()
  })

  it('is not counted on for an object that it lists and does not give', async () => {
    const world = await missedOne()
    const [store] = storesOf(world.machine, world.ports) as [Store]
    const key = (await look(world)).stores[1]?.missing.find((each) => each.startsWith('objects/')) as string
    const size = (await store.get(key)).length
    const boasting = (store: Store): Store => ({
      ...store,
      list: async (prefix) => [
        ...(await store.list(prefix)),
        ...(store.name === 'store2' && key.startsWith(prefix) ? [{ key, size }] : []),
      ],
    })
    expect((await look(through(world, boasting))).stores[1]).toMatchObject({ behind: 1 })
    expect(await doubted(world)).toEqual([key])
  })
})

describe('a store that was away when the policy was changed', () => {
  const changed = async () => {
    const world = await saved(2)
    const older = world.machine.descriptionBytes
    const plan = { given: world.given, secret: 'same', deliver: async () => {}, logN: 1 } as const
    await changePolicy(world.machine, { ...plan, edit: (policy) => policy }, world.ports)
    await reboot(world)
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    await second.put(VAULT_FILE, older)
    return world
  }

  it.each([
    ['a repair', (world: World) => look(world, { mode: 'repair' })],
    ['the next backup', save],
  ])('is behind, not damaged, and is brought up to date by %s', async (_what, mend) => {
    const world = await changed()
    const report = await look(world, { identity: world.identity })
    expect(report.ok).toBe(false)
    expect(report.stores[1]).toMatchObject({ stale: [VAULT_FILE], damaged: [], unreachable: false })
    await mend(world)
    expect(await look(world)).toMatchObject({ ok: true })
  })

  it('is damaged when what it shows was never the policy', async () => {
    const world = await changed()
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    const older = text(await second.get(VAULT_FILE))
    await second.put(VAULT_FILE, utf8(older.replace('"name":"passphrase"', '"name":"passphrasf"')))
    const { stores } = await look(world, { identity: world.identity })
    expect(stores[1]).toMatchObject({ stale: [], damaged: [VAULT_FILE] })
  })
})
