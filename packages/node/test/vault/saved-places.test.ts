import { text, utf8 } from '@cairn/core/bytes.js'
import { describe, expect, it } from 'vitest'
import { thing } from '../../../core/test/plan/things.js'
import { readPlaces, readPlacesList, writePlaces } from '../../src/machine/places.js'
import { backup } from '../../src/vault/backup.js'
import { openHere } from '../../src/vault/open-here.js'
import { readManifest } from '../../src/vault/reader.js'
import { findPlaces, takePlaces } from '../../src/vault/saved-places.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { systemError } from '../sim/disk.js'
import { addFiles, joinWorld, makeWorld, restored, restoreElsewhere, type World } from '../sim/world.js'

const note = (world: World, ...names: string[]) =>
  writePlaces(
    world.ports,
    world.machine.home,
    names.map((name) => thing(name)),
  )
const save = (world: World) => backup(world.machine, { names: [] }, world.ports)
const open = (world: World) => openHere(world.machine, world.given, world.ports)
const namesHere = async (world: World) =>
  (await readPlaces(world.disk, world.machine.home)).map(({ name }) => name)

async function inVault(world: World) {
  const { reading, past } = await open(world)
  return findPlaces(reading, past.heads)
}

async function placed(...names: string[]): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'the wallet' })
  if (names.length > 0) await note(world, ...names)
  await save(world)
  return world
}

describe('the list of places', () => {
  it('goes into every snapshot sealed, and is no wallet', async () => {
    const world = await placed('blue envelope')
    expect((await listSnapshots(world.machine, world.ports))[0]?.wallets).toEqual(['savings'])
    const stored = [...world.disk.files()].filter(([path]) => path.startsWith('/vault/'))
    expect(stored.map(([, bytes]) => Buffer.from(bytes).toString('latin1')).join('')).not.toContain(
      'envelope',
    )
    expect((await inVault(world))?.things).toEqual([thing('blue envelope')])
  })

  it('is given back by a restore that knows nothing of it', async () => {
    const world = await placed('blue envelope')
    await restoreElsewhere(world)
    const files = restored(world)
    expect(text(files.get('savings/wallet') as Uint8Array)).toBe('the wallet')
    expect(text(files.get('cairn-places/places.json') as Uint8Array)).toContain('blue envelope')
  })

  it('makes a manifest that every Cairn reads, and none at all changes nothing', async () => {
    for (const world of [await placed('blue envelope'), await placed()]) {
      const { reading, past } = await open(world)
      const [head] = past.heads
      const { version, wallets } = await readManifest(reading, head as (typeof past.heads)[number])
      expect(version).toBe(1)
      expect(wallets.map(({ kind }) => kind)).toEqual(wallets.map(() => 'file'))
    }
    expect(await inVault(await placed())).toBeUndefined()
  })

  it('costs nothing again while nobody changes it', async () => {
    const world = await placed('blue envelope')
    const { bytes } = await save(world)
    expect(bytes.new).toBe(0)
    expect((await inVault(world))?.things).toHaveLength(1)
  })

  it('comes along to a computer that joins, with its date', async () => {
    const world = await placed('blue envelope')
    const other = await joinWorld(world, 'laptop')
    expect(await namesHere(other)).toEqual(['blue envelope'])
    const [here, there] = await Promise.all(
      [world, other].map((each) => readPlacesList(each.disk, each.machine.home)),
    )
    expect(here?.changed).toBe(there?.changed)
  })

  it('is the one that somebody changed last, on whichever computer', async () => {
    const world = await placed('blue envelope')
    const other = await joinWorld(world, 'laptop')
    await addFiles(other, 'daily', { wallet: 'another' })
    await note(other, 'blue envelope', 'drive')
    await save(other)
    await save(world) // the older list, in a newer snapshot
    const list = await inVault(world)
    expect(list?.things.map(({ name }) => name)).toEqual(['blue envelope', 'drive'])
    expect(await takePlaces(world.machine, list as NonNullable<typeof list>, world.ports)).toBe('taken')
    expect(await namesHere(world)).toEqual(['blue envelope', 'drive'])
    await note(world, 'drive')
    expect(await takePlaces(world.machine, list as NonNullable<typeof list>, world.ports)).toBe('older')
    expect(await namesHere(world)).toEqual(['drive'])
  })

  it('is saved as it is when it is damaged, and put right from a snapshot of before', async () => {
    const world = await placed('blue envelope')
    const { places } = world.machine.home
    const before = await inVault(world)
    await world.disk.remove(places)
    const file = await world.disk.create(places)
    await file.write(utf8('{'), 0)
    await file.close()
    await save(world)
    expect(await inVault(world)).toBeUndefined()
    await takePlaces(world.machine, before as NonNullable<typeof before>, world.ports)
    expect(await namesHere(world)).toEqual(['blue envelope'])
  })

  it('that cannot be read is named, and the wallets are saved all the same', async () => {
    const world = await placed('blue envelope')
    world.disk.fault = (_, path) => {
      if (path === world.machine.home.places) throw systemError('EACCES')
    }
    const { wallets } = await save(world)
    expect(wallets.map(({ name, state }) => [name, state])).toEqual([
      ['savings', 'saved'],
      ['cairn-places', 'failed'],
    ])
  })

  it('leaves its name to no wallet', async () => {
    const world = await makeWorld()
    await expect(addFiles(world, 'Cairn-Places', {})).rejects.toMatchObject({ code: 'wallet-reserved' })
  })
})
