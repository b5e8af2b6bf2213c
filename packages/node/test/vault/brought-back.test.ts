/** A computer that was brought back from a backup of its own disk, while a store elsewhere went on. */
import { expect, it } from 'vitest'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { addFiles, copyWorld, makeWorld, reboot, setFiles, type World, worldOn } from '../sim/world.js'

const save = (world: World) => backup(world.machine, { names: [] }, world.ports)

/** Two snapshots in the second store, and a computer with the first store as they were after the first snapshot. */
async function broughtBack(): Promise<World> {
  const world = await makeWorld({ stores: 2 })
  await addFiles(world, 'savings', { wallet: 'first' })
  await save(world)
  const before = copyWorld(world)
  setFiles(world, 'savings', { wallet: 'second' })
  await save(world)
  const disk = before.disk
  for (const [path, bytes] of world.disk.files()) {
    if (!path.startsWith('/vault/store2/') || disk.files().has(path)) continue
    await disk.makeFolder(path.slice(0, path.lastIndexOf('/')))
    const file = await disk.create(path)
    await file.write(bytes, 0)
    await file.close()
  }
  const back = worldOn(world, disk)
  await reboot(back)
  return back
}

it('goes on after the newest snapshot that any store shows, and leaves no gap in a store', async () => {
  const world = await broughtBack()
  const { snapshot, stores } = await save(world)
  expect([snapshot.seq, stores.map(({ state }) => state)]).toEqual([3, ['saved', 'saved']])
  const { ok, stores: checked } = await check(world.machine, world.ports)
  expect([ok, checked.map(({ history }) => history)]).toEqual([true, ['intact', 'intact']])
})
