import { randomBytes } from 'node:crypto'
import { fail } from '@cairn/core/errors.js'
import { headKey } from '@cairn/core/vault/object.js'
import { describe, expect, it } from 'vitest'
import { codeOfRejection } from '../../../core/test/refusal.js'
import type { Ports } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import * as liars from '../sim/liars.js'
import { addFiles, makeWorld, restoreElsewhere, storesOf, type World } from '../sim/world.js'

const contents = { wallet: 'a wallet', big: randomBytes(300_000) }

/** A vault with two stores, of which the second is as given. */
async function worldWith(second: (store: Store) => Store): Promise<World> {
  const honest = await makeWorld({ stores: 2 })
  await addFiles(honest, 'savings', contents)
  const wrap = (store: Store) => (store.name === 'store2' ? second(store) : store)
  const { ports } = honest
  return { ...honest, ports: { ...ports, openStore: (place) => wrap(ports.openStore(place)) } }
}

describe('a store that does not keep what it is given', () => {
  it.each([
    ['flips a bit on the way', liars.flipsABitOnTheWay],
    ['says saved but did not', liars.saysSavedButDidNot],
    ['keeps the first bytes only', liars.keepsTheFirstBytesOnly],
  ])('is named before anything counts on it: it %s', async (_name, liar) => {
    const world = await worldWith(liar)
    const { stores } = await backup(world.machine, { names: [] }, world.ports)
    expect(stores.map(({ name, state }) => [name, state])).toEqual([
      ['store1', 'saved'],
      ['store2', 'refused'],
    ])
    expect(['store-lies', 'object-missing']).toContain(stores[1]?.error?.code)
    const heads = await storesOf(world.machine, world.ports)[1]?.list('heads/')
    expect(heads).toEqual([])
  })

  it('is an error when there is no other, and nothing is called saved', async () => {
    const world = await makeWorld()
    await addFiles(world, 'savings', contents)
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => liars.flipsABitOnTheWay(world.ports.openStore(place)),
    }
    expect(await codeOfRejection(() => backup(world.machine, { names: [] }, ports))).toBe('store-lies')
  })

  it('that gives back another object is passed over by a restore from two', async () => {
    const world = await worldWith((store) => store)
    await backup(world.machine, { names: [] }, world.ports)
    const [first, second] = storesOf(world.machine, world.ports) as [Store, Store]
    const report = await restoreElsewhere(world, {
      names: ['savings'],
      stores: [liars.givesBackAnother(first), second],
    })
    expect(report.files).toHaveLength(2)
    const alone = { to: '/again', names: ['savings'], stores: [liars.givesBackAnother(first)] }
    expect(await codeOfRejection(() => restoreElsewhere(world, alone))).toBe('object-damaged')
  })

  it('a writer that does not read back is caught by these stores', async () => {
    // the twin: a store that answers reads from what it was sent, as if nothing had been read back
    const sent = new Map<string, Uint8Array>()
    const trusting = (store: Store): Store => ({
      ...store,
      put: async (key, bytes) => {
        sent.set(key, bytes)
        await liars.flipsABitOnTheWay(store).put(key, bytes)
      },
      get: async (key) => sent.get(key) ?? store.get(key),
    })
    const world = await worldWith(trusting)
    const { stores } = await backup(world.machine, { names: [] }, world.ports)
    expect(stores[1]?.state).toBe('saved') // the lie is believed …
    sent.clear()
    const report = await check(world.machine, world.ports)
    expect(report.stores[1]?.damaged.length).toBeGreaterThan(0) // … and found out here
  })
})

describe('a head that nobody of the vault signed', () => {
  it('is not spread to the other stores', async () => {
    const world = await worldWith((store) => store)
    await backup(world.machine, { names: [] }, world.ports)
    const [first, second] = storesOf(world.machine, world.ports) as [Store, Store]
    const forged = headKey('0123456789abcdef', 1)
    const [genuine] = await first.list('heads/')
    await first.put(forged, await first.get(genuine?.key as string))
    await backup(world.machine, { names: [] }, world.ports)
    const keys = (await second.list('heads/')).map(({ key }) => key)
    expect(keys).toHaveLength(2)
    expect(keys).not.toContain(forged)
  })
})

describe('a store that was away', () => {
  it('is caught up by the next backup, heads and objects', async () => {
    const plug = { isOut: true }
    const world = await worldWith((store) => unplugged(store, plug))
    const first = await backup(world.machine, { names: [] }, world.ports)
    expect(first.stores.map(({ state }) => state)).toEqual(['saved', 'unreachable'])
    plug.isOut = false
    const second = await backup(world.machine, { names: [] }, world.ports)
    expect(second.stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
    const [, lagging] = storesOf(world.machine, world.ports) as [Store, Store]
    expect(await lagging.list('heads/')).toHaveLength(2)
    expect((await check(world.machine, world.ports)).ok).toBe(true)
    const report = await restoreElsewhere(world, { stores: [lagging], names: ['savings'], at: '1' })
    expect(report.files).toHaveLength(2)
  })
})

function unplugged(store: Store, plug: { readonly isOut: boolean }): Store {
  const guard = async <T>(work: () => Promise<T>): Promise<T> =>
    plug.isOut ? fail('store-unreachable', { store: store.name, reason: 'it is unplugged' }) : work()
  return {
    ...store,
    get: (key) => guard(() => store.get(key)),
    put: (key, bytes) => guard(() => store.put(key, bytes)),
    list: (prefix) => guard(() => store.list(prefix)),
  }
}
