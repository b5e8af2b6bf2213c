import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { flipped } from '../sim/liars.js'
import { addFiles, copyWorld, makeWorld, restored, restoreOpened, storesOf } from '../sim/world.js'

const STORES = 5

/** Every object of the store is gone or has a flipped bit, in turn. */
function ruined(store: Store): Store {
  return {
    ...store,
    get: async (key) => {
      const bytes = await store.get(key)
      if (!key.startsWith('objects/')) return bytes
      return key.charCodeAt(9) % 2 === 0 ? flipped(bytes) : bytes.subarray(0, bytes.length - 1)
    },
  }
}

describe('copies in five stores', () => {
  it('restore from every set of survivors, whatever the others give back', async () => {
    const world = await makeWorld({ stores: STORES })
    const wallet = randomBytes(200_000)
    await addFiles(world, 'savings', { wallet })
    await backup(world.machine, { names: [] }, world.ports)
    const stores = storesOf(world.machine, world.ports)
    for (let survivors = 1; survivors < 2 ** STORES; survivors++) {
      const copy = copyWorld(world)
      const seen = stores.map((store, i) => ((survivors >> i) & 1 ? store : ruined(store)))
      await restoreOpened(copy, { names: ['savings'], stores: seen })
      expect(Buffer.compare(restored(copy).get('wallet') as Uint8Array, wallet)).toBe(0)
    }
  })

  it('restore nothing when none survives, and say so', async () => {
    const world = await makeWorld({ stores: 2 })
    await addFiles(world, 'savings', { wallet: 'x' })
    await backup(world.machine, { names: [] }, world.ports)
    const stores = storesOf(world.machine, world.ports).map(ruined)
    await expect(restoreOpened(world, { stores })).rejects.toMatchObject({ code: 'object-damaged' })
    expect(restored(world).size).toBe(0)
  })
})
