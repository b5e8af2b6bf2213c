import { describe, expect, it } from 'vitest'
import { openMachine } from '../../src/machine/open.js'
import type { Ports } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { addStore, removeStore } from '../../src/vault/stores.js'
import { saysSavedButDidNot } from '../sim/liars.js'
import { addFiles, makeWorld, reboot, restoreOpened, storesOf, type World } from '../sim/world.js'

async function saved(): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'a wallet' })
  await backup(world.machine, { names: [] }, world.ports)
  await world.disk.makeFolder('/media/usb')
  return world
}

const usb = { name: 'usb', url: 'file:///media/usb/cairn' }
const slashed = { name: 'usb', url: 'file:///vault/store1//' }
const inside = { name: 'usb', url: 'file:///vault/store1/objects/new' }
const add = (world: World, store = usb) => addStore(world.machine, store, world.ports)

describe('a store that is added', () => {
  it('has every snapshot at once, and gets the next ones', async () => {
    const world = await saved()
    expect(await add(world)).toMatchObject({ state: 'added', probe: { ok: true } })
    await reboot(world)
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    expect((await restoreOpened(world, { stores: [second] })).files).toHaveLength(1)
    const { stores } = await backup(world.machine, { names: [] }, world.ports)
    expect(stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('while all others are away has nothing, which is said, and all of it after the next backup', async () => {
    const world = await saved()
    await world.disk.rename('/vault/store1', '/vault/away')
    expect(await add(world)).toMatchObject({ state: 'added', behind: { code: 'store-unreachable' } })
    await world.disk.rename('/vault/away', '/vault/store1')
    await reboot(world)
    const { stores } = await backup(world.machine, { names: [] }, world.ports)
    expect(stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    expect((await restoreOpened(world, { stores: [second] })).files).toHaveLength(1)
  })

  it('is found out when it is rolled back to nothing, from the first moment', async () => {
    const world = await saved()
    await add(world)
    await reboot(world)
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    for (const { key } of await second.list('heads/')) await second.remove(key)
    const { stores } = await check(world.machine, world.ports)
    expect(stores[1]?.history).toBe('rolled-back')
  })

  it.each([
    ['under a name that is none', { ...usb, name: '../usb' }, 'store-name'],
    ['under a name that is taken', { ...usb, name: 'Store1' }, 'store-known'],
    ['at a place that is one already', { name: 'usb', url: 'file:///vault/store1' }, 'store-known'],
    ['at a place that is one already, spelled otherwise', slashed, 'store-known'],
    ['inside a store', { name: 'usb', url: 'file:///vault/store1/objects' }, 'store-nested'],
    ['inside a store, deeper, where nothing is yet', inside, 'store-nested'],
    ['around a store', { name: 'usb', url: 'file:///vault' }, 'store-nested'],
    ['on a drive that is away', { name: 'usb', url: 'file:///media/away/cairn' }, 'file-absent'],
    ['of a kind that is not known', { name: 'usb', url: 'gopher://host' }, 'store-kind'],
  ])('%s is refused, and nothing has changed', async (_name, store, code) => {
    const world = await saved()
    await expect(add(world, store)).rejects.toMatchObject({ code })
    await reboot(world)
    expect(world.machine.config.stores).toHaveLength(1)
  })

  it('beside another one, with a name that begins as its, is no part of it', async () => {
    const world = await saved()
    expect(await add(world, { name: 'usb', url: 'file:///vault/store10' })).toMatchObject({ state: 'added' })
  })

  it('on a drive that is a store already, mounted at another place, is refused', async () => {
    const world = await saved()
    await add(world)
    await reboot(world)
    await world.disk.rename('/media/usb', '/media/elsewhere')
    const elsewhere = { name: 'other', url: 'file:///media/elsewhere/cairn' }
    await expect(add(world, elsewhere)).rejects.toMatchObject({
      code: 'store-known',
      details: { name: 'usb' },
    })
    expect(world.machine.config.stores).toHaveLength(2)
  })

  it('to a place with other things in it, or with another vault, is refused', async () => {
    const world = await saved()
    const other = await makeWorld()
    await world.disk.makeFolder('/media/usb/cairn')
    const file = await world.disk.create('/media/usb/cairn/holiday.jpg')
    await file.close()
    await expect(add(world)).rejects.toMatchObject({ code: 'vault-exists' })
    await world.disk.rename('/media/usb/cairn/holiday.jpg', '/media/usb/cairn/vault.json')
    const foreign = world.ports.openStore(usb)
    await foreign.put('vault.json', other.machine.descriptionBytes)
    await expect(add(world)).rejects.toMatchObject({ code: 'store-foreign' })
  })

  it('that does not keep what it is given is refused', async () => {
    const world = await saved()
    const lies = (store: Store): Store => ({
      ...saysSavedButDidNot(store),
      put: async (key, bytes) => (key.startsWith('probe/') ? undefined : store.put(key, bytes)),
    })
    const ports = { ...world.ports, openStore: (place: typeof usb) => lies(world.ports.openStore(place)) }
    await expect(addStore(world.machine, usb, ports)).rejects.toMatchObject({ code: 'store-lies' })
  })
})

describe('the limit of a store', () => {
  it('holds from the first copy on, is kept, changed by adding it again, and taken away', async () => {
    const world = await saved()
    const pauses: number[] = []
    // a deadline can be given up, a pause cannot
    const wait: Ports['wait'] = async (ms, signal) => {
      if (signal) return new Promise(() => {})
      pauses.push(ms)
      world.clock.ms += ms
    }
    const limited = { ...world, ports: { ...world.ports, wait } }
    const limits = () => world.machine.config.stores.map(({ limit }) => limit)
    const put = (limit?: number | 'none') =>
      addStore(world.machine, { ...usb, ...(limit === undefined ? {} : { limit }) }, limited.ports).then(() =>
        reboot(world),
      )
    await put(2000)
    expect(limits()).toEqual([undefined, 2000])
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(2000)
    await put()
    expect(limits()).toEqual([undefined, 2000])
    await put(5000)
    expect(limits()).toEqual([undefined, 5000])
    pauses.length = 0
    await backup(world.machine, { names: [] }, limited.ports)
    expect(pauses.length).toBeGreaterThan(0)
    await put('none')
    expect(limits()).toEqual([undefined, undefined])
    pauses.length = 0
    await backup(world.machine, { names: [] }, limited.ports)
    expect(pauses).toEqual([])
  })
})

describe('a store that is removed', () => {
  it('keeps what it has, and can be added again', async () => {
    const world = await saved()
    await add(world)
    await reboot(world)
    await removeStore(world.machine, 'usb', world.ports)
    await reboot(world)
    expect(world.machine.config.stores.map(({ name }) => name)).toEqual(['store1'])
    await backup(world.machine, { names: [] }, world.ports)
    expect(await add(world)).toMatchObject({ state: 'added' })
    const machine = await openMachine({ home: '/home/state' }, world.disk)
    expect((await check(machine, world.ports)).ok).toBe(true)
  })

  it('is not the last one, and not one that is not there', async () => {
    const world = await saved()
    await expect(removeStore(world.machine, 'store1', world.ports)).rejects.toMatchObject({
      code: 'store-last',
    })
    await expect(removeStore(world.machine, 'nope', world.ports)).rejects.toMatchObject({
      code: 'store-unknown',
    })
  })
})
