import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { headKey, objectIdOf, objectKey } from '@cairn/core/vault/object.js'
import { afterAll, describe, expect, it } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { sshd, startSshd } from '../../../../test/peers/sshd.js'
import { readDoubts, readIndex } from '../../src/machine/memory.js'
import { readTrail } from '../../src/machine/trail.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { type BackupReport, backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { readStatus } from '../../src/vault/status.js'
import { addStore } from '../../src/vault/stores.js'
import { flipped } from '../sim/liars.js'
import {
  addFiles,
  makeWorld,
  reboot,
  setFiles,
  storesOf,
  type World,
  type WorldOptions,
} from '../sim/world.js'
import { pruneWith } from './pruning.js'

/** A world with a wallet that was saved on each of some days. */
async function saved(days: number, options: WorldOptions = {}): Promise<World> {
  const world = await makeWorld(options)
  await addFiles(world, 'savings', { wallet: 'day 0' })
  for (let day = 0; day < days; day++) await nextDay(world)
  return world
}

async function nextDay(world: World): Promise<BackupReport> {
  world.clock.ms += DAY_MS
  setFiles(world, 'savings', { wallet: `at ${world.clock.ms}`, page: `${world.clock.ms}`.repeat(1000) })
  return backup(world.machine, { names: [] }, world.ports)
}

const store = (world: World, n = 0) => storesOf(world.machine, world.ports)[n] as Store
const doubts = (world: World) => readDoubts(world.disk, world.machine.home)
const trail = async (world: World) => (await readTrail(world.disk, world.machine.home)).store1

/** An object of the first days. */
async function oldOne(world: World): Promise<string> {
  const reads = Object.entries((await trail(world))?.reads ?? {})
  const objects = reads.filter(([key]) => objectIdOf(key) !== null)
  return (objects.sort(([, a], [, b]) => a[1] - b[1])[0] as (typeof objects)[0])[0]
}

async function damage(world: World, key: string, n = 0): Promise<void> {
  await store(world, n).put(key, flipped(await store(world, n).get(key)))
}

/** Backups until one tells of something, a month at the longest. */
async function untilTold(world: World): Promise<{ readonly days: number; readonly report: BackupReport }> {
  for (let days = 1; days <= 30; days++) {
    const report = await nextDay(world)
    if (report.stores.some(({ damaged }) => damaged)) return { days, report }
  }
  throw new Error('nothing was told in a month')
}

describe('what daily backups read again', () => {
  it('is everything that lies in each store, within 30 days', async () => {
    const read = new Map<string, number>()
    let clock = { ms: 0 }
    const wrap = (inner: Store): Store => ({
      ...inner,
      get: async (key) => {
        read.set(`${inner.name} ${key}`, clock.ms)
        return inner.get(key)
      },
    })
    const world = await saved(5, { stores: 2, wrap })
    clock = world.clock
    const before = await Promise.all([0, 1].map((n) => store(world, n).list('')))
    for (let day = 0; day < 30; day++) await nextDay(world)
    for (const [n, listed] of before.entries())
      for (const { key } of listed.filter(({ key }) => /^(objects|heads)/.test(key)))
        expect(world.clock.ms - (read.get(`store${n + 1} ${key}`) ?? 0), key).toBeLessThan(30 * DAY_MS)
  })

  it('finds a flipped bit within a month; the next backup puts the object back', async () => {
    const world = await saved(3, { stores: 2 })
    const key = await oldOne(world)
    await damage(world, key)
    const { report } = await untilTold(world)
    expect(report.stores).toMatchObject([{ state: 'saved', damaged: [key] }, { state: 'saved' }])
    expect(await doubts(world)).toEqual({ store1: [key] })
    await nextDay(world)
    expect(await doubts(world)).toEqual({})
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('finds what is gone at the next backup, tells it once and remembers it', async () => {
    const world = await saved(3)
    const key = await oldOne(world)
    await store(world).remove(key)
    expect((await nextDay(world)).stores).toEqual([{ name: 'store1', state: 'saved', damaged: [key] }])
    expect((await nextDay(world)).stores).toEqual([{ name: 'store1', state: 'saved' }])
    expect(await doubts(world)).toEqual({ store1: [key] })
    expect((await check(world.machine, world.ports)).stores[0]?.missing).toEqual([key])
    expect(await doubts(world)).toEqual({ store1: [key] })
  })

  it('is told when it was gone and another store had it', async () => {
    const world = await saved(3, { stores: 2 })
    const key = await oldOne(world)
    await store(world).remove(key)
    const { stores } = await nextDay(world)
    expect(stores).toEqual([
      { name: 'store1', state: 'saved', mended: [key] },
      { name: 'store2', state: 'saved' },
    ])
    expect((await nextDay(world)).stores[0]).toEqual({ name: 'store1', state: 'saved' })
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('is no matter any more of what was pruned since', async () => {
    const world = await saved(3)
    const [pack = ''] = (await readIndex(world.disk, world.machine.home, native)).packs.keys()
    await store(world).remove(objectKey(pack))
    await nextDay(world)
    expect(Object.values(await doubts(world))).toHaveLength(1)
    await pruneWith(world, { last: 1 })
    await nextDay(world)
    expect(await doubts(world)).toEqual({})
    expect((await readStatus(world.machine, world.ports)).attention).toBe(false)
  })

  it('finds what is listed and cannot be had', async () => {
    let lost = ''
    const wrap = (inner: Store): Store => ({
      ...inner,
      get: async (key) => (key === lost ? fail('object-missing', { object: key }) : inner.get(key)),
    })
    const world = await saved(3, { wrap })
    lost = await oldOne(world)
    expect((await untilTold(world)).report.stores).toMatchObject([{ damaged: [lost] }])
  })

  it('finds an old head that is damaged, and puts it back from this machine', async () => {
    const world = await saved(4)
    const key = headKey(world.machine.device.id, 2)
    await store(world).put(key, (await store(world).get(key)).subarray(0, 50))
    expect((await untilTold(world)).report.stores).toMatchObject([{ damaged: [key] }])
    await nextDay(world)
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('notes that an old head was replaced by another one, and leaves it to be seen', async () => {
    const world = await saved(4)
    const [key, other] = [2, 3].map((seq) => headKey(world.machine.device.id, seq)) as [string, string]
    await store(world).put(key, await store(world).get(other))
    expect((await untilTold(world)).report.stores).toMatchObject([{ state: 'saved', damaged: [key] }])
    expect((await trail(world))?.lied?.code).toBe('head-forged')
    expect(await doubts(world)).toEqual({})
  })

  it('is left for the next day where a store fails in the middle of it', async () => {
    let isOld = (_key: string) => false
    const wrap = (inner: Store): Store => ({
      ...inner,
      get: async (key) =>
        isOld(key) ? fail('store-unreachable', { store: 'store1', reason: 'gone' }) : inner.get(key),
    })
    const world = await saved(3, { wrap })
    const old = await oldOne(world)
    isOld = (key) => key === old
    world.clock.ms += 40 * DAY_MS
    expect((await nextDay(world)).stores).toEqual([{ name: 'store1', state: 'saved' }])
    expect(await doubts(world)).toEqual({})
  })

  it('stops when it takes long', async () => {
    let clock = { ms: 0 }
    let slow = 0
    const wrap = (inner: Store): Store => ({
      ...inner,
      get: async (key) => {
        clock.ms += slow
        return inner.get(key)
      },
    })
    const world = await saved(10, { wrap })
    clock = world.clock
    world.clock.ms += 40 * DAY_MS
    const times = async () => Object.values((await trail(world))?.reads ?? {}).map(([, at]) => at)
    const before = Math.max(...(await times()))
    slow = 2000
    const start = clock.ms
    await nextDay(world)
    // what it reads back anyway takes longer than the rest
    expect(clock.ms - start - DAY_MS).toBeLessThan(60_000)
    expect((await times()).filter((at) => at <= before).length).toBeGreaterThan(10)
    slow = 0
    await nextDay(world)
    expect((await times()).filter((at) => at <= before)).toEqual([])
  })
})

describe.runIf(await present(sshd))('what daily backups read again of a store on a real server', async () => {
  const server = await startSshd()
  afterAll(() => server.stop())

  it('is damaged within a month after it was, and whole after the next backup', {
    timeout: 120_000,
  }, async () => {
    const world = await saved(3)
    const folder = server.folder()
    const key = await world.disk.create('/key')
    await key.write(readFileSync(server.keys.open), 0)
    await key.close()
    const url = `sftp://cairn@127.0.0.1:${server.port}${folder}`
    const credentials = { bytes: utf8('key_file = "/key"\n'), from: 'nas.toml' }
    await addStore(world.machine, { name: 'nas', url, credentials }, world.ports)
    await reboot(world)
    const old = await oldOne(world)
    const path = join(folder, old)
    writeFileSync(path, flipped(readFileSync(path)))
    const { report } = await untilTold(world)
    expect(report.stores).toMatchObject([{ state: 'saved' }, { name: 'nas', state: 'saved', damaged: [old] }])
    const { stores, attention } = await readStatus(world.machine, world.ports)
    expect(attention).toBe(true)
    expect(stores[1]).toMatchObject({ damaged: [old], due: [{ what: 'check', why: 'damaged' }] })
    await nextDay(world)
    expect((await readStatus(world.machine, world.ports)).attention).toBe(false)
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })
})
