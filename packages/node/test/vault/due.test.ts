import { CairnError } from '@cairn/core/errors.js'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { backupDue } from '../../src/vault/backup-due.js'
import { lookFromOutside } from '../../src/vault/outside.js'
import { readStatus } from '../../src/vault/status.js'
import { addFiles, makeWorld, setFiles, type World } from '../sim/world.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

describe('what is due', () => {
  let world: World
  const away = new Set<string>()
  beforeEach(async () => {
    away.clear()
    world = await makeWorld({ stores: 2, wrap: (store) => absent(store, away) })
    await addFiles(world, 'quiet', { a: 'a' })
    await addFiles(world, 'busy', { b: 'b' })
  })

  const check = async () => (await backupDue(world.machine, {}, world.ports)).due
  const later = (ms: number) => {
    world.clock.ms += ms
  }

  test('is everything at first, and then nothing', async () => {
    expect(await check()).toEqual(['quiet', 'busy'])
    expect(await check()).toEqual([])
  })

  test('is each wallet at its own pace, however often it is asked', async () => {
    await check()
    later(HOUR_MS)
    setFiles(world, 'busy', { b: 'c' })
    const saved: Record<string, number> = { quiet: 0, busy: 0 }
    for (let day = 0; day < 100; day++) {
      for (const hours of [9, 15]) {
        later(hours * HOUR_MS)
        for (const name of await check()) saved[name] = (saved[name] ?? 0) + 1
      }
    }
    // it changed once: a month, twice, until that is 91 days ago; then a quarter
    expect(saved).toEqual({ quiet: 1, busy: 3 })
  })

  test('is late for each wallet by its own date, and from outside by the soonest of them', async () => {
    setFiles(world, 'busy', { 'wallet.dat': keyPool('a') })
    await check()
    setFiles(world, 'busy', { 'wallet.dat': keyPool('b') })
    later(30 * DAY_MS) // a pool of keys is saved each month, and each week once it is used
    expect(await check()).toEqual(['busy'])
    later(3 * DAY_MS)
    await backup(world.machine, { names: ['quiet'] }, world.ports)
    const { stores } = world.machine.config
    const outside = async () =>
      (await lookFromOutside(world.ports.openStore(stores[0] as (typeof stores)[0]), world.ports.now()))
        .devices
    const overdue = async () =>
      (await readStatus(world.machine, world.ports)).wallets.flatMap(({ name, due }) =>
        due.some(({ why }) => why === 'late') ? [name] : [],
      )
    later(7.9 * DAY_MS)
    expect([await overdue(), await outside()]).toEqual([[], [expect.objectContaining({ late: false })]])
    later(0.2 * DAY_MS)
    expect([await overdue(), await outside()]).toEqual([['busy'], [expect.objectContaining({ late: true })]])
    expect(await check()).toEqual(['busy'])
    later(12 * DAY_MS)
    expect(await overdue()).toEqual(['busy'])
    later(90 * DAY_MS)
    expect(await overdue()).toEqual(['quiet', 'busy'])
  })

  test('is every wallet, once, when a store lacked the newest snapshot for a day, then two, then four', async () => {
    await check()
    away.add('store2')
    later(95 * DAY_MS)
    expect(await check()).toEqual(['quiet', 'busy'])
    const days: number[] = []
    for (let hour = 1; hour <= 9 * 24; hour++) {
      later(HOUR_MS)
      if ((await check()).length > 0) days.push(Math.floor(hour / 24))
    }
    expect(days).toEqual([1, 3, 7])
    away.delete('store2')
    later(8 * DAY_MS)
    const { retried, report } = await backupDue(world.machine, {}, world.ports)
    expect(retried).toEqual(['store2'])
    expect(report?.stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
    later(20 * DAY_MS)
    expect(await check()).toEqual([])
  })
})

/** A b-tree of Berkeley DB by its magic number, which nothing here reads further. */
function keyPool(contents: string): string {
  return `\0\0\0\0\0\0\0\0\0\0\0\0b1\x05\0${contents}`
}

/** The store, and nobody there while its name is among those that are away. */
function absent(store: Store, away: ReadonlySet<string>): Store {
  const unless = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (away.has(store.name))
        throw new CairnError('store-unreachable', { store: store.name, reason: 'away' })
      return call(...args)
    }
  }
  return { ...store, get: unless(store.get), put: unless(store.put), list: unless(store.list) }
}
