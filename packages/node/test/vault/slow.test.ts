/** Stores that are slow or do not answer at all, beside one that does. */
import { randomBytes } from 'node:crypto'
import { fail } from '@cairn/core/errors.js'
import { describe, expect, it } from 'vitest'
import type { Ports, Wait } from '../../src/ports.js'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { PATIENCE_MS } from '../../src/vault/stored.js'
import { addFiles, makeWorld, restored, restoreOpened, setFiles, storesOf, type World } from '../sim/world.js'

const small = () => ({ wallet: randomBytes(200_000) })

/**
 * Two stores. The second answers no call while it is told not to; time passes only when nobody else is being waited
 * for, so that no honest call runs out of time.
 */
async function withSilentStore(): Promise<{ world: World; silent: { isSilent: boolean; calls: number } }> {
  const world = await makeWorld({ stores: 2 })
  await addFiles(world, 'savings', small())
  const silent = { isSilent: false, calls: 0 }
  const waiting = new Set<() => void>()
  const letTimePass = () => {
    if (silent.calls === 0 || waiting.size > silent.calls) return
    for (const over of waiting) over()
    waiting.clear()
    silent.calls = 0
  }
  const wait: Wait = (_ms, signal) =>
    new Promise((resolve) => {
      waiting.add(resolve)
      signal?.addEventListener('abort', () => {
        waiting.delete(resolve)
        resolve()
        letTimePass()
      })
      setImmediate(letTimePass)
    })
  const hang = <T>(work: () => Promise<T>): Promise<T> => {
    if (!silent.isSilent) return work()
    silent.calls++
    return new Promise(() => {})
  }
  const ports: Ports = {
    ...world.ports,
    wait,
    openStore: (place) => {
      const store = world.ports.openStore(place)
      return place.name === 'store2' ? throughAll(store, hang) : store
    },
  }
  return { world: { ...world, ports }, silent }
}

function throughAll(store: Store, pass: <T>(work: () => Promise<T>) => Promise<T>): Store {
  return {
    ...store,
    get: (key) => pass(() => store.get(key)),
    put: (key, bytes) => pass(() => store.put(key, bytes)),
    list: (prefix) => pass(() => store.list(prefix)),
    remove: (key) => pass(() => store.remove(key)),
  }
}

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)
const states = async (saving: ReturnType<typeof save>) => (await saving).stores.map(({ state }) => state)

describe('a store that never answers', () => {
  it('is left out after its time, and caught up once it answers', async () => {
    const { world, silent } = await withSilentStore()
    silent.isSilent = true
    expect(await states(save(world))).toEqual(['saved', 'unreachable'])
    setFiles(world, 'savings', small())
    expect(await states(save(world))).toEqual(['saved', 'unreachable'])
    silent.isSilent = false
    expect(await states(save(world))).toEqual(['saved', 'saved'])
    expect((await check(world.machine, world.ports)).ok).toBe(true)
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    expect((await restoreOpened(world, { stores: [second], at: '1' })).files).toHaveLength(1)
  })

  it('in the middle of a backup leaves the others with a whole snapshot', async () => {
    const { world, silent } = await withSilentStore()
    const { openStore } = world.ports
    let puts = 0
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => {
        const store = openStore(place)
        if (place.name !== 'store2') return store
        const put: Store['put'] = (key, bytes) => {
          silent.isSilent = ++puts > 1
          return store.put(key, bytes)
        }
        return { ...store, put }
      },
    }
    expect(await states(save({ ...world, ports }))).toEqual(['saved', 'unreachable'])
    silent.isSilent = false
    expect(await states(save(world))).toEqual(['saved', 'saved'])
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('is an error when it is the only one, and not for ever', async () => {
    const { world, silent } = await withSilentStore()
    const [, second] = world.machine.config.stores
    const machine = { ...world.machine, config: { ...world.machine.config, stores: [second!] } }
    silent.isSilent = true
    await expect(save({ ...world, machine })).rejects.toMatchObject({ code: 'store-unreachable' })
  })
})

/** The second of two stores takes this long for each thing it is given; its clock is that of the world. */
async function withSlowStore(ms: number) {
  const world = await makeWorld({ stores: 2 })
  await addFiles(world, 'savings', { wallet: randomBytes(18_000_000) })
  const order: string[] = []
  const ports: Ports = {
    ...world.ports,
    openStore: (place) => {
      const store = world.ports.openStore(place)
      const put: Store['put'] = async (key, bytes) => {
        if (place.name === 'store2') {
          await new Promise(setImmediate) // the other one, in memory, waits for nothing and is done by then
          world.clock.ms += ms
        }
        order.push(`${place.name} ${key.split('/')[0]}`)
        await store.put(key, bytes)
      }
      return { ...store, put }
    },
  }
  return { world: { ...world, ports }, order }
}

describe('a store that is slow', () => {
  it('is left behind until the snapshot is safe in the other, and then brought up to date', async () => {
    const { world, order } = await withSlowStore(PATIENCE_MS * 0.7)
    expect(await states(save(world))).toEqual(['saved', 'saved'])
    const packs = order.lastIndexOf('store1 objects')
    const late = order.findLastIndex((line) => line.startsWith('store2'))
    expect(order.indexOf('store1 heads')).toBeGreaterThan(packs)
    expect(late).toBeGreaterThan(order.indexOf('store1 heads'))
    expect(order.slice(0, packs).filter((line) => line === 'store2 objects').length).toBeLessThan(3)
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('keeps step when it is a little slower', async () => {
    const { world, order } = await withSlowStore(PATIENCE_MS / 100)
    await save(world)
    expect(order.slice(-2).sort()).toEqual(['store1 heads', 'store2 heads'])
  })
})

describe('a store that lacks something', () => {
  it('is given it after the new snapshot is safe elsewhere', async () => {
    const { world, silent } = await withSilentStore()
    silent.isSilent = true
    await save(world)
    silent.isSilent = false
    setFiles(world, 'savings', small())
    const seen: string[] = []
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => {
        const store = world.ports.openStore(place)
        const put: Store['put'] = (key, bytes) => {
          seen.push(`${place.name} ${key}`)
          return store.put(key, bytes)
        }
        return { ...store, put }
      },
    }
    const { snapshot } = await save({ ...world, ports })
    expect(snapshot.stores).toEqual(['store1', 'store2'])
    const firstLate = seen.findIndex((line) => line.startsWith('store2'))
    expect(seen.findIndex((line) => line.startsWith('store1 heads'))).toBeLessThan(firstLate)
    await restoreOpened(world, { names: ['savings'], stores: [storesOf(world.machine, world.ports)[1]!] })
    const [back, is] = [restored(world).get('wallet'), world.wallets.get('savings')?.get('wallet')]
    expect(Buffer.compare(back as Uint8Array, is as Uint8Array)).toBe(0)
  })

  it('is given several objects at once, and the heads of a chain one after the other, in its order', async () => {
    const { world, silent } = await withSilentStore()
    silent.isSilent = true
    for (let i = 0; i < 4; i++) {
      setFiles(world, 'savings', small())
      await save(world)
    }
    silent.isSilent = false
    const open = { now: 0, most: 0, heads: [] as string[] }
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => {
        const store = world.ports.openStore(place)
        if (place.name !== 'store2') return store
        const put: Store['put'] = async (key, bytes) => {
          open.most = Math.max(open.most, ++open.now)
          if (key.startsWith('heads/')) open.heads.push(`${key.split('/')[2]} of ${open.now}`)
          await new Promise(setImmediate)
          await store.put(key, bytes)
          open.now--
        }
        return { ...store, put }
      },
    }
    expect(await states(save({ ...world, ports }))).toEqual(['saved', 'saved'])
    expect(open.most).toBeGreaterThan(3)
    expect(open.heads).toEqual(['1', '2', '3', '4', '5'].map((seq) => `${seq}.json of 1`))
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })
})

describe('a store that lacks something, when those that have the new snapshot go away', () => {
  it('has not saved it, and has it after the next backup', async () => {
    const { world, silent } = await withSilentStore()
    await save(world)
    silent.isSilent = true
    await save(world)
    silent.isSilent = false
    setFiles(world, 'savings', small())
    expect(await save({ ...world, ports: leavingAfterItsHead(world.ports, 'store1') })).toMatchObject({
      stores: [{ state: 'unreachable' }, { state: 'unreachable', error: { code: 'store-unreachable' } }],
      snapshot: { seq: 3, stores: [] },
    })
    const [, second] = storesOf(world.machine, world.ports) as [Store, Store]
    const back = () => restoreOpened(world, { at: '3', stores: [second] })
    await expect(back()).rejects.toMatchObject({ code: 'object-missing' })
    expect(await states(save(world))).toEqual(['saved', 'saved'])
    expect((await back()).snapshots).toMatchObject([{ seq: 3 }])
  })
})

/** This store is away as soon as it has given back the next head. */
function leavingAfterItsHead(ports: Ports, name: string): Ports {
  let state: 'here' | 'given' | 'away' = 'here'
  return {
    ...ports,
    openStore: (place) => {
      const store = ports.openStore(place)
      if (place.name !== name) return store
      const pass = <T>(work: () => Promise<T>): Promise<T> =>
        state === 'away' ? fail('store-unreachable', { store: name, reason: 'it is away' }) : work()
      const { get, put, ...others } = throughAll(store, pass)
      return {
        ...others,
        put: async (key, bytes) => {
          await put(key, bytes)
          if (key.startsWith('heads/')) state = 'given'
        },
        get: async (key) => {
          const bytes = await get(key)
          if (state === 'given') state = 'away'
          return bytes
        },
      }
    },
  }
}

describe('a store that is ready when the others are not', () => {
  it('and then fails leaves the snapshot to those, once they are brought up to date', async () => {
    const { world, silent } = await withSilentStore()
    silent.isSilent = true
    await save(world)
    silent.isSilent = false
    setFiles(world, 'savings', small())
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => {
        const store = world.ports.openStore(place)
        const put: Store['put'] = async () => fail('store-full', { store: 'store1' })
        return place.name === 'store1' ? { ...store, put } : store
      },
    }
    expect(await states(save({ ...world, ports }))).toEqual(['unreachable', 'saved'])
    expect(await states(save(world))).toEqual(['saved', 'saved'])
    expect((await check(world.machine, world.ports)).ok).toBe(true)
  })

  it('is not the one that makes up heads and packs', async () => {
    const { world } = await withSilentStore()
    await save(world)
    const [first] = storesOf(world.machine, world.ports) as [Store]
    await first.put('heads/0123456789abcdef/1.json', new Uint8Array(9))
    await first.put(`objects/aa/${'a'.repeat(64)}.age`, new Uint8Array(9))
    setFiles(world, 'savings', small())
    const order: string[] = []
    const ports: Ports = {
      ...world.ports,
      openStore: (place) => {
        const store = world.ports.openStore(place)
        const put: Store['put'] = (key, bytes) => {
          order.push(`${place.name} ${key.split('/')[0]}`)
          return store.put(key, bytes)
        }
        return { ...store, put }
      },
    }
    expect(await states(save({ ...world, ports }))).toEqual(['saved', 'saved'])
    expect(order.slice(-2).sort()).toEqual(['store1 heads', 'store2 heads'])
  })
})
