import { randomBytes } from 'node:crypto'
import { text } from '@cairn/core/bytes.js'
import { describe, expect, it } from 'vitest'
import { backup } from '../../src/vault/backup.js'
import { type CheckReport, check } from '../../src/vault/check.js'
import { flipped } from '../sim/liars.js'
import { addFiles, makeWorld, restored, restoreOpened, storesOf, type World } from '../sim/world.js'

const wallet = randomBytes(200_000)

/** One snapshot in as many stores, and the key of the pack that holds the wallet. */
async function saved({ stores }: { stores: number }): Promise<{ world: World; pack: string }> {
  const world = await makeWorld({ stores })
  await addFiles(world, 'savings', { wallet })
  await save(world)
  const objects = await storesOf(world.machine, world.ports)[0]!.list('objects/')
  const pack = objects.reduce((a, b) => (a.size > b.size ? a : b)).key
  return { world, pack }
}

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)

const look = (world: World) => check(world.machine, world.ports)

/** Changes what lies in the first store, behind the back of this machine. */
async function alter(world: World, key: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const store = storesOf(world.machine, world.ports)[0]!
  await store.put(key, change(await store.get(key)))
}

async function comesBack(world: World): Promise<boolean> {
  await restoreOpened(world, { names: ['savings'] })
  return Buffer.compare(restored(world).get('wallet') as Uint8Array, wallet) === 0
}

const damagedIn = ({ stores }: CheckReport) => stores.map(({ damaged }) => damaged)

describe('a pack that is damaged after it was saved', () => {
  it('is not counted on by the backup after the check that found it', async () => {
    const { world, pack } = await saved({ stores: 1 })
    await alter(world, pack, flipped)
    expect(damagedIn(await look(world))).toEqual([[pack]])
    const report = await save(world)
    expect(report.bytes.new).toBe(wallet.length)
    expect(await comesBack(world)).toBe(true)
  })

  it('loses the new snapshot to a twin that forgets what the check found', async () => {
    const { world, pack } = await saved({ stores: 1 })
    await alter(world, pack, flipped)
    await look(world)
    await world.disk.remove(world.machine.home.doubts)
    await save(world)
    await expect(comesBack(world)).rejects.toMatchObject({ code: 'object-damaged' })
  })

  it('is stored again without any check when it is shorter than it was', async () => {
    const { world, pack } = await saved({ stores: 1 })
    await alter(world, pack, (bytes) => bytes.subarray(0, 5000))
    await save(world)
    expect(await comesBack(world)).toBe(true)
  })

  it('is healed from another store, and then no longer in doubt', async () => {
    const { world, pack } = await saved({ stores: 2 })
    await alter(world, pack, flipped)
    expect(damagedIn(await look(world))).toEqual([[pack], []])
    const report = await save(world)
    expect(report.bytes.new).toBe(0)
    expect(await look(world)).toMatchObject({ ok: true })
    expect(text(world.disk.files().get(world.machine.home.doubts) as Uint8Array)).not.toContain(
      pack.slice(-68, -4),
    )
    expect(await comesBack(world)).toBe(true)
  })
})

describe('a pack that is gone', () => {
  it('is named by every check, also after its chunks were stored again', async () => {
    const { world, pack } = await saved({ stores: 1 })
    await storesOf(world.machine, world.ports)[0]!.remove(pack)
    await save(world)
    expect(await comesBack(world)).toBe(true)
    // the first snapshot alone still leads to it
    const { ok, stores } = await look(world)
    expect({ ok, missing: stores[0]?.missing }).toEqual({ ok: false, missing: [pack] })
    const first = restoreOpened(world, { at: '1', to: '/old' })
    await expect(first).rejects.toMatchObject({ code: 'object-missing' })
  })
})
