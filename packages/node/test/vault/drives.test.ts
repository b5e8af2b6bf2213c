/** Drives that are plugged in in turn at the same path, each with the vault on it. */
import { text, utf8 } from '@cairn/core/bytes.js'
import { describe, expect, it } from 'vitest'
import { DRIVE_FILE } from '../../src/stores/drive.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { readStatus } from '../../src/vault/status.js'
import { addStore, removeStore } from '../../src/vault/stores.js'
import {
  addFiles,
  copyWorld,
  makeWorld,
  reboot,
  restoreOpened,
  setFiles,
  storesOf,
  type World,
} from '../sim/world.js'

const PLACE = '/media/usb/cairn'

/** Takes the drive that is plugged in away, and plugs another one in; a new one is empty. */
async function plug(world: World, drive: string, was?: string): Promise<void> {
  const { disk } = world
  if (was) await disk.rename('/media/usb', `/drawer/${was}`)
  const inDrawer = [...disk.files().keys()].some((path) => path.startsWith(`/drawer/${drive}/`))
  if (inDrawer) await disk.rename(`/drawer/${drive}`, '/media/usb')
  else await disk.makeFolder('/media/usb')
}

const add = async (world: World, name: string) => {
  const added = await addStore(world.machine, { name, url: `file://${PLACE}` }, world.ports)
  await reboot(world)
  return added
}
const save = async (world: World) => {
  setFiles(world, 'savings', { wallet: `a wallet at ${world.clock.ms}` })
  return (await backup(world.machine, { names: [] }, world.ports)).stores
}
const look = (world: World) => check(world.machine, world.ports)

/** A vault with a store at home, and two drives; `a` is plugged in. */
async function makeTwoDrives(): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'a wallet' })
  await world.disk.makeFolder('/drawer')
  await plug(world, 'a')
  await add(world, 'usb-a')
  await save(world)
  await plug(world, 'b', 'a')
  await add(world, 'usb-b')
  await save(world)
  await plug(world, 'a', 'b')
  return world
}

let made: Promise<World> | undefined
async function withTwoDrives(): Promise<World> {
  made ??= makeTwoDrives()
  return copyWorld(await made)
}

const away = (name: string, instead: string) => ({
  name,
  state: 'unreachable',
  instead,
  error: { code: 'store-away' },
})

describe('drives that are plugged in in turn', () => {
  it('are stores of their own at the same path, and each is brought up to date when it has its turn', async () => {
    const world = await withTwoDrives()
    expect(await save(world)).toMatchObject([
      { name: 'store1', state: 'saved' },
      { name: 'usb-a', state: 'saved' },
      away('usb-b', 'usb-a'),
    ])
    await plug(world, 'b', 'a')
    for (let i = 0; i < 2; i++)
      expect(await save(world)).toMatchObject([{}, away('usb-a', 'usb-b'), { name: 'usb-b', state: 'saved' }])
    await plug(world, 'a', 'b')
    await save(world)
    expect(
      (await restoreOpened(world, { stores: [storesOf(world.machine, world.ports)[1]!] })).files,
    ).toHaveLength(1)
  })

  it('are checked as far as they are plugged in, which is all that can be asked for', async () => {
    const world = await withTwoDrives()
    await save(world)
    const report = await look(world)
    expect(report).toMatchObject({
      ok: true,
      stores: [
        { history: 'intact' },
        { history: 'intact' },
        { unreachable: true, instead: 'usb-a', damaged: [] },
      ],
    })
    await plug(world, 'b', 'a')
    // it lacks the last snapshot, and nobody calls that a lie
    expect(await look(world)).toMatchObject({
      ok: false,
      stores: [{ behind: 0 }, { instead: 'usb-b' }, { history: 'intact', behind: 1 }],
    })
    await save(world)
    expect(await look(world)).toMatchObject({ ok: true, stores: [{}, {}, { behind: 0 }] })
  })

  it('are not excused for the one that is there and lost something', async () => {
    const world = await withTwoDrives()
    await save(world)
    const [object = ''] = [...world.disk.files().keys()].filter((path) =>
      path.startsWith(`${PLACE}/objects/`),
    )
    await world.disk.remove(object)
    expect(await look(world)).toMatchObject({
      ok: false,
      stores: [{}, { unreachable: false }, { unreachable: true }],
    })
  })

  it('are all unreachable, and none is away, when nothing is plugged in', async () => {
    const world = await withTwoDrives()
    await world.disk.rename('/media/usb', '/drawer/a')
    const states = await save(world)
    expect(states.slice(1)).toMatchObject([
      { state: 'unreachable', error: { code: 'store-unreachable' } },
      { state: 'unreachable', error: { code: 'store-unreachable' } },
    ])
  })

  it('are told from one that this vault does not know', async () => {
    const world = await withTwoDrives()
    await plug(world, 'c', 'a')
    await world.disk.makeFolder(PLACE)
    const stranger = world.ports.openStore({ name: 'c', url: `file://${PLACE}` })
    await stranger.put('vault.json', world.machine.descriptionBytes)
    await stranger.put(DRIVE_FILE, utf8(`{"format":"cairn-drive","version":1,"id":"${'c'.repeat(32)}"}`))
    const [, a, b] = await save(world)
    for (const state of [a, b])
      expect(state).toMatchObject({ error: { code: 'store-away', details: { found: 'another drive' } } })
    expect(a?.instead).toBeUndefined()
    expect(await add(world, 'usb-c')).toMatchObject({ state: 'added' })
    expect((await save(world)).at(-1)).toMatchObject({ name: 'usb-c', state: 'saved' })
  })

  it('are one store each: the same drive under a second name is refused', async () => {
    const world = await withTwoDrives()
    await expect(add(world, 'usb-c')).rejects.toMatchObject({
      code: 'store-known',
      details: { name: 'usb-a' },
    })
    await expect(add(world, 'usb-b')).rejects.toMatchObject({ code: 'store-away' })
    expect(await add(world, 'usb-a')).toMatchObject({ state: 'known' })
    expect(world.machine.config.stores.map(({ name }) => name)).toEqual(['store1', 'usb-a', 'usb-b'])
  })

  it('keep their mark when they are forgotten and added again', async () => {
    const world = await withTwoDrives()
    const before = world.machine.config.stores[1]?.drive
    await removeStore(world.machine, 'usb-a', world.ports)
    await reboot(world)
    await add(world, 'usb-a')
    expect(world.machine.config.stores.at(-1)).toMatchObject({ name: 'usb-a', drive: before })
  })
})

describe('the state of a drive that waits for its turn', () => {
  it('is that it is behind and what is in its place, and is no alarm', async () => {
    const world = await withTwoDrives()
    await save(world)
    const { stores, attention } = await readStatus(world.machine, world.ports)
    const waiting = stores.filter(({ failed }) => failed?.instead !== undefined)
    expect(waiting.map(({ due }) => due.map(({ why, overdue }) => [why, overdue]))).toEqual([
      [['behind', false]],
    ])
    expect(attention).toBe(false)
  })
})

describe('a drive that was set back to an older state', () => {
  it('is not excused as another one', async () => {
    const world = await withTwoDrives()
    await save(world)
    for (const path of world.disk.files().keys())
      if (path.startsWith(`${PLACE}/heads/`) && path.endsWith('/3.json')) await world.disk.remove(path)
    expect((await save(world))[1]).toMatchObject({ state: 'refused', error: { code: 'store-history' } })
  })
})

describe('the mark of a drive', () => {
  it.each([
    ['gone', (world: World) => world.disk.remove(`${PLACE}/${DRIVE_FILE}`)],
    [
      'not readable',
      async (world: World) => {
        const store = world.ports.openStore({ name: 'raw', url: `file://${PLACE}` })
        await store.put(DRIVE_FILE, Uint8Array.of(0x7b, 0xff))
      },
    ],
  ])('is written again when it is %s', async (_what, harm) => {
    const world = await withTwoDrives()
    const path = `${PLACE}/${DRIVE_FILE}`
    const before = text(world.disk.files().get(path) as Uint8Array)
    await harm(world)
    expect((await look(world)).stores[1]).toMatchObject({ unreachable: false })
    expect((await save(world))[1]).toMatchObject({ state: 'saved' })
    expect(text(world.disk.files().get(path) as Uint8Array)).toBe(before)
  })

  it('holds a number and nothing else', async () => {
    const world = await withTwoDrives()
    const file = JSON.parse(text(world.disk.files().get(`${PLACE}/${DRIVE_FILE}`) as Uint8Array))
    expect(file).toEqual({ format: 'cairn-drive', version: 1, id: world.machine.config.stores[1]?.drive })
    expect(world.machine.config.stores[1]?.drive).not.toBe(world.machine.config.stores[2]?.drive)
  })
})
