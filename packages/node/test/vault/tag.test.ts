import { text, utf8 } from '@cairn/core/bytes.js'
import { taggedIn } from '@cairn/core/vault/manifest.js'
import { describe, expect, it } from 'vitest'
import { writeLocal } from '../../src/machine/state.js'
import { backup } from '../../src/vault/backup.js'
import { readPast } from '../../src/vault/open.js'
import { readManifest } from '../../src/vault/reader.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { tagSnapshot } from '../../src/vault/tag.js'
import { addFiles, makeWorld, restored, restoreElsewhere, storesOf, type World } from '../sim/world.js'
import { pruneWith, saveDays } from './pruning.js'

async function saved(days: number): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', {})
  await saveDays(world, 1, days)
  return world
}

const tag = (world: World, at: string, add: readonly string[], remove: readonly string[] = []) =>
  tagSnapshot(world.machine, { at, add, remove }, world.ports)
const shown = async (world: World) =>
  (await listSnapshots(world.machine, world.ports)).map(({ seq, tags }) => [seq, tags])

/** What manifests in the store say, the newest last. */
async function manifestsOf(world: World) {
  const stores = storesOf(world.machine, world.ports)
  const { heads } = await readPast(stores, world.machine.description)
  const reading = { stores, identity: world.identity, primitives: world.ports.primitives }
  const order = [...heads].sort((a, b) => a.head.seq - b.head.seq)
  return Promise.all(order.map((head) => readManifest(reading, head)))
}

describe('tags of snapshots', () => {
  it('are given when it is made, shown, and stand in no name and no head of a store', async () => {
    const world = await saved(1)
    await backup(world.machine, { names: [], tags: ['upgrade', 'good'] }, world.ports)
    expect(await shown(world)).toEqual([
      [2, ['good', 'upgrade']],
      [1, []],
    ])
    const files = [...world.disk.files()].filter(([path]) => path.startsWith('/vault/'))
    const seen = files.map(([path, bytes]) => path + Buffer.from(bytes).toString('latin1')).join('')
    expect(seen).not.toContain('upgrade')
  })

  it('make a manifest of version 2, and a vault without any stays at 1', async () => {
    const world = await saved(1)
    await backup(world.machine, { names: [], tags: ['a'] }, world.ports)
    const [first, second] = await manifestsOf(world)
    expect([first?.version, second?.version, second && taggedIn(second)]).toEqual([
      1,
      2,
      [{ seq: 2, tags: ['a'] }],
    ])
    await restoreElsewhere(world)
    expect(text(restored(world).get('savings/wallet') as Uint8Array)).toBe('version 1')
  })

  it('are given later, taken away, and carried into the vault by the next backup', async () => {
    const world = await saved(2)
    expect(await tag(world, '1', ['old', 'good'])).toMatchObject({ seq: 1, tags: ['good', 'old'] })
    expect(await tag(world, '1', [], ['old'])).toMatchObject({ seq: 1, tags: ['good'] })
    expect(await tag(world, 'latest', ['now'])).toMatchObject({ seq: 2 })
    await saveDays(world, 3, 3)
    const said = (await manifestsOf(world)).map(taggedIn)
    expect(said).toEqual([
      [],
      [],
      [
        { seq: 1, tags: ['good'] },
        { seq: 2, tags: ['now'] },
      ],
    ])
  })

  it('are of snapshots that this computer made and that are there', async () => {
    const world = await saved(3)
    await pruneWith(world, { last: 1 })
    await expect(tag(world, '1', ['a'])).rejects.toMatchObject({ code: 'snapshot-absent' })
    await expect(tag(world, '9', ['a'])).rejects.toMatchObject({ code: 'snapshot-absent' })
  })

  it('keep what they name from being forgotten', async () => {
    const world = await saved(5)
    await tag(world, '2', ['good'])
    await tag(world, '3', ['other'])
    const { keep } = await pruneWith(world, { tags: ['good'] })
    expect(keep.map(({ snapshot, why }) => [snapshot.seq, why])).toEqual([
      [2, ['tags']],
      [5, ['newest']],
    ])
    expect(await shown(world)).toEqual([
      [5, []],
      [2, ['good']],
    ])
  })

  it('keep it also when this computer forgot them, since a manifest has them', async () => {
    const world = await saved(2)
    await tag(world, '1', ['good'])
    await saveDays(world, 3, 4)
    await writeLocal(world.disk, world.machine.home.tags, utf8('{'))
    const { keep } = await pruneWith(world, { tags: ['good'] })
    expect(keep.map(({ snapshot }) => snapshot.seq)).toEqual([1, 4])
    expect(await shown(world)).toContainEqual([1, ['good']])
  })
})
