/** A store that puts something large in the place of a head. */
import { expect, test } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { addFiles, makeWorld } from '../sim/world.js'

test('what is too large for a head is damage, and is not read to know it', async () => {
  const asked: string[] = []
  const noting = (store: Store): Store => ({
    ...store,
    get: (key) => {
      asked.push(key)
      return store.get(key)
    },
  })
  const world = await makeWorld({ wrap: noting })
  await addFiles(world, 'savings', { wallet: 'coins' })
  await backup(world.machine, { names: [] }, world.ports)
  const [place] = world.machine.config.stores
  if (!place) throw new Error('no store')
  const key = `heads/${world.machine.device.id}/1.json`
  const store = world.ports.openStore(place)
  await store.remove(key)
  await store.put(key, new Uint8Array(1_000_000))
  asked.length = 0
  const { ok, stores } = await check(world.machine, world.ports)
  expect({ ok, history: stores[0]?.history, at: stores[0]?.at }).toEqual({
    ok: false,
    history: 'damaged',
    at: key,
  })
  expect(asked).not.toContain(key)
})
