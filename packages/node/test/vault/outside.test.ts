import { VAULT_FILE } from '@cairn/core/vault/object.js'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { backup } from '../../src/vault/backup.js'
import { lookFromOutside, seenOf } from '../../src/vault/outside.js'
import { addFiles, makeWorld } from '../sim/world.js'

const DAY = 86_400_000

/** A vault with two snapshots, and its store as anybody can open it. */
async function saved() {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'coins' })
  const save = () => backup(world.machine, { names: [] }, world.ports)
  await save()
  await save()
  const [place] = world.machine.config.stores
  if (!place) throw new Error('no store')
  const store: Store = world.ports.openStore(place)
  return { world, store, save, now: (days = 0) => new Date(world.clock.ms + days * DAY) }
}

describe('a store seen without any secret', () => {
  test('tells when each device last saved, and when the next snapshot was expected', async () => {
    const { world, store, now } = await saved()
    const seen = await lookFromOutside(store, now())
    expect(seen).toMatchObject({
      devices: [{ device: world.machine.device.id, seq: 2, late: false }],
      rolledBack: [],
    })
    expect((await lookFromOutside(store, now(400))).devices[0]?.late).toBe(true)
  })

  test('that lost its newest snapshots is named by whoever saw them', async () => {
    const { world, store, save, now } = await saved()
    await save()
    const before = seenOf(await lookFromOutside(store, now()))
    await store.remove(`heads/${world.machine.device.id}/3.json`)
    const seen = await lookFromOutside(store, now(), before)
    expect(seen.rolledBack).toEqual([world.machine.device.id])
    expect(seenOf(seen, before)).toEqual(before)
  })

  test('whose newest head is not signed is not believed', async () => {
    const { world, store, now } = await saved()
    const key = `heads/${world.machine.device.id}/2.json`
    const text = new TextDecoder().decode(await store.get(key))
    const later = text.replace(/"next_expected_by":"20/, '"next_expected_by":"30')
    expect(later).not.toBe(text)
    await store.remove(key)
    await store.put(key, new TextEncoder().encode(later))
    await expect(lookFromOutside(store, now())).rejects.toMatchObject({ code: 'head-forged' })
  })

  test('whose head lies under the name of a newer one is not believed', async () => {
    const { world, store, now } = await saved()
    const folder = `heads/${world.machine.device.id}`
    await store.put(`${folder}/9.json`, await store.get(`${folder}/2.json`))
    await expect(lookFromOutside(store, now())).rejects.toMatchObject({ code: 'head-forged' })
  })

  test('that holds no vault says so', async () => {
    const { store, now } = await saved()
    await store.remove(VAULT_FILE)
    await expect(lookFromOutside(store, now())).rejects.toMatchObject({ code: 'store-absent' })
  })
})
