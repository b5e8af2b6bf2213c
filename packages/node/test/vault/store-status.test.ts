import { fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { PROBES_KEPT, readTrail } from '../../src/machine/trail.js'
import type { Store, Traits } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { probeStore, reviewStore } from '../../src/vault/probes.js'
import { readStatus } from '../../src/vault/status.js'
import { storeStatus } from '../../src/vault/store-status.js'
import { addStore, removeStore } from '../../src/vault/stores.js'
import { flipped } from '../sim/liars.js'
import { addFiles, makeWorld, reboot, setFiles, storesOf, type World } from '../sim/world.js'

/** Names of stores that are away now, and what the provider says of all. */
let away: Set<string>
let traits: Traits
let world: World

const wrap = (inner: Store): Store => {
  const unless = async <T>(work: () => Promise<T>): Promise<T> =>
    away.has(inner.name) ? fail('store-unreachable', { store: inner.name, reason: 'away' }) : work()
  return {
    ...inner,
    get: (key) => unless(() => inner.get(key)),
    put: (key, bytes) => unless(() => inner.put(key, bytes)),
    list: (prefix) => unless(() => inner.list(prefix)),
    look: async () => traits,
  }
}

beforeEach(async () => {
  away = new Set()
  traits = { versioning: 'on', lock: 'on', public: 'off' }
  world = await makeWorld({ stores: 2, wrap })
  await addFiles(world, 'savings', { wallet: 'a wallet' })
  await save()
})

const save = () => backup(world.machine, { names: [] }, world.ports)
const status = () => readStatus(world.machine, world.ports)
const second = async () => (await status()).stores[1]!
const place = () => world.machine.config.stores[1]!
const days = (n: number) => {
  world.clock.ms += n * DAY_MS
}
const told = async () => {
  const { stores, attention } = await status()
  return [attention, ...stores.map(({ due }) => due.map(({ why }) => why).join(' '))]
}

describe('the state of a store', () => {
  it('is well after a backup, and all of it was read within 30 days', async () => {
    expect(await told()).toEqual([false, '', ''])
    const { reread, reached, newest, behind } = await second()
    expect({ newest, behind }).toMatchObject({ newest: { seq: 1 }, behind: 0 })
    expect(Date.parse(reached ?? '')).toBeGreaterThan(world.clock.ms - 1000)
    expect(reread.bytes).toBe(reread.of_bytes)
    expect(reread.objects).toBe(3)
  })

  it('is behind when it was away at a backup, says why, and is well when it has caught up', async () => {
    away.add('store2')
    setFiles(world, 'savings', { wallet: 'another' })
    await save()
    expect(await told()).toEqual([true, '', 'behind'])
    expect(await second()).toMatchObject({ behind: 1, failed: { code: 'store-unreachable' } })
    away.clear()
    await save()
    expect(await told()).toEqual([false, '', ''])
    expect(await second()).not.toHaveProperty('failed')
  })

  it('is due when it was not reached for longer than the next backup is expected', async () => {
    away.add('store2')
    days(40)
    await backup(world.machine, { names: [], expectedWithinDays: 31 }, world.ports)
    expect(await told()).toEqual([true, '', 'behind not-reached'])
  })

  it('holds the damage that a check found, until it is put back', async () => {
    const store = storesOf(world.machine, world.ports)[0] as Store
    const [object] = await store.list('objects/')
    const key = object?.key as string
    await store.put(key, flipped(await store.get(key)))
    await check(world.machine, world.ports)
    expect(await told()).toEqual([true, 'damaged', ''])
    expect((await status()).stores[0]?.damaged).toEqual([key])
    await save()
    expect(await told()).toEqual([false, '', ''])
  })

  it('that lied stays so until a check finds it intact again', async () => {
    const store = storesOf(world.machine, world.ports)[1] as Store
    const kept = new Map<string, Uint8Array>()
    for (const { key } of await store.list('heads/')) {
      kept.set(key, await store.get(key))
      await store.remove(key)
    }
    await save()
    expect(await told()).toEqual([true, '', 'lied behind'])
    for (const [key, bytes] of kept) await store.put(key, bytes)
    await save()
    expect(await told()).toEqual([true, '', 'lied'])
    await check(world.machine, world.ports)
    expect(await told()).toEqual([false, '', ''])
  })

  it('was checked when a check read all of it', async () => {
    days(20)
    await check(world.machine, world.ports)
    const { checked, reread } = await second()
    for (const time of [checked, reread.oldest])
      expect(Date.parse(time ?? '')).toBeGreaterThan(world.clock.ms - DAY_MS)
  })

  it('is as it was when the file that keeps it is damaged, but for what only it knew', async () => {
    await world.disk.remove(world.machine.home.trail)
    const file = await world.disk.create(world.machine.home.trail)
    await file.close()
    expect(await told()).toEqual([false, '', ''])
    expect((await second()).reread).toMatchObject({ of_objects: 0 })
    days(1)
    await save()
    expect((await second()).reread.of_objects).toBeGreaterThan(0)
  })
})

describe('the settings of a store', () => {
  it('are those of the last probe, and the last reports are kept', async () => {
    expect(await second()).toMatchObject({ settings: null, concerns: [], reviewed: null })
    traits = { versioning: 'off', lock: 'off', public: 'on' }
    for (let i = 0; i < PROBES_KEPT + 2; i++) await probeStore(world.machine, place(), world.ports)
    const concerns = ['public', 'versioning-off', 'lock-off', 'deletes-allowed', 'overwrites-allowed']
    expect(await second()).toMatchObject({ settings: traits, concerns, reviewed: null })
    const { store2 } = await readTrail(world.disk, world.machine.home)
    expect(store2?.probes).toHaveLength(PROBES_KEPT)
  })

  it('are reviewed: what changed is told, and the day noted', async () => {
    const first = await reviewStore(world.machine, place(), world.ports)
    expect(first).toMatchObject({ before: null, changes: [] })
    expect((await second()).reviewed).toBe(first.probe.time)
    traits = { versioning: 'off', lock: 'on', public: 'off' }
    days(1)
    const then = await reviewStore(world.machine, place(), world.ports)
    expect(then.before?.time).toBe(first.probe.time)
    expect(then.changes).toEqual([{ what: 'versioning', before: 'on', now: 'off', worse: true }])
    expect((await reviewStore(world.machine, place(), world.ports)).changes).toEqual([])
  })

  it('of a store that cannot be reached stay those of before', async () => {
    const first = await reviewStore(world.machine, place(), world.ports)
    away.add('store2')
    await expect(reviewStore(world.machine, place(), world.ports)).rejects.toMatchObject({
      code: 'store-unreachable',
    })
    expect(await second()).toMatchObject({
      reviewed: first.probe.time,
      failed: { code: 'store-unreachable' },
    })
  })

  it('are due for a review half a year after the last one, where there is a provider', async () => {
    const { probe } = await reviewStore(world.machine, place(), world.ports)
    const trail = await readTrail(world.disk, world.machine.home)
    const memory = { trail, doubts: {}, snapshots: [] }
    const reasons = (url: string, after: number) => {
      const now = new Date(Date.parse(probe.time) + after * DAY_MS)
      return storeStatus({ name: 'store2', url }, { ...memory, now }).due.map(({ why }) => why)
    }
    expect(reasons('s3://bucket', 179)).not.toContain('review-old')
    expect(reasons('s3://bucket', 181)).toContain('review-old')
    expect(reasons('file:///media/usb', 181)).not.toContain('review-old')
  })

  it('of a store that is added were shown to a person; with a store that is removed they are forgotten', async () => {
    await world.disk.makeFolder('/media/usb')
    await addStore(world.machine, { name: 'usb', url: 'file:///media/usb/cairn' }, world.ports)
    await reboot(world)
    const usb = (await status()).stores[2]
    expect(usb?.reviewed).toBe(usb?.settings?.probed)
    await removeStore(world.machine, 'usb', world.ports)
    expect(Object.keys(await readTrail(world.disk, world.machine.home))).toEqual(['store1', 'store2'])
  })
})
