import { describe, expect, it } from 'vitest'
import { backup } from '../../src/vault/backup.js'
import { seeds } from '../seeds.js'
import { flipped } from '../sim/liars.js'
import { addFiles, makeWorld, restored, restoreOpened, storesOf } from '../sim/world.js'
import { copyUnseen, healingCuts, healingFaults, restoreFromFirst, STORES, survivors } from './healing.js'
import { without } from './twins.js'

describe('copies in five stores', () => {
  it('restore from every set of survivors, and heal from it, whatever became of the others', async () => {
    const { tried, lost } = await survivors({ seeds: [1] })
    expect(lost).toEqual([])
    expect(tried).toBe(2 ** STORES - 1)
  })

  it('catch a restore that asks the first store only, and a repair that copies without looking', async () => {
    expect((await survivors({ seeds: [1], restorer: restoreFromFirst })).lost.length).toBeGreaterThan(10)
    expect((await survivors({ seeds: [1], healer: copyUnseen })).lost.length).toBeGreaterThan(0)
  })

  it('restore nothing when none survives, and say so', async () => {
    const world = await makeWorld({ stores: 2 })
    await addFiles(world, 'savings', { wallet: 'x' })
    await backup(world.machine, { names: [] }, world.ports)
    for (const store of storesOf(world.machine, world.ports))
      for (const { key } of await store.list('objects/')) await store.put(key, flipped(await store.get(key)))
    const restoring = restoreOpened(world)
    await expect(restoring).rejects.toMatchObject({ code: 'object-damaged' })
    expect(restored(world).size).toBe(0)
  })
})

describe('a repair', () => {
  it('is undone by no power cut, and harms no good copy', async () => {
    const { tried, lost } = await healingCuts({ seeds: seeds(3), each: 30 })
    expect(lost).toEqual([])
    expect(tried).toBe(90)
  })

  it.each(['sync', 'syncFolder'] as const)('is caught when its writer leaves out %s', async (step) => {
    expect(
      (await healingCuts({ seeds: seeds(2), each: 60, twin: without(step) })).lost.length,
    ).toBeGreaterThan(0)
  })

  it.each([
    ['EIO', 'once', 2],
    ['EIO', 'on', 5],
    ['ENOSPC', 'on', 5],
  ] as const)('with %s, %s, at operations of the disk is told and done again', async (code, mode, every) => {
    const { tried, lost } = await healingFaults(code, { mode, every })
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(15)
  })
})
