import { text, utf8 } from '@cairn/core/bytes.js'
import { headKey, VAULT_FILE } from '@cairn/core/vault/object.js'
import { describe, expect, it } from 'vitest'
import { openDevice } from '../../src/machine/device.js'
import { recallSeen } from '../../src/machine/recall.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { readStatus } from '../../src/vault/status.js'
import {
  addFiles,
  makeWorld,
  reboot,
  restored,
  restoreElsewhere,
  storesOf,
  type World,
} from '../sim/world.js'

/** Two wallets in two snapshots; the second holds one of them. */
async function saved(): Promise<World> {
  const world = await makeWorld()
  await addFiles(world, 'one', { a: 'first' })
  await addFiles(world, 'two', { b: 'second' })
  await save(world)
  await save(world, ['two'])
  return world
}

const save = (world: World, names: readonly string[] = []) => backup(world.machine, { names }, world.ports)
const store = (world: World) => storesOf(world.machine, world.ports)[0]!
const statusOf = async (world: World) =>
  readStatus(await openDevice({ home: '/home/state' }, world.disk), world.ports)

/** A hexadecimal digit in the place of this one, which is none that may stand there already. */
const another = (digit: string) => (digit === '0' ? '1' : '0')

/** Cuts a file of this machine, or of the store, as a power cut can. */
async function cut(world: World, path: string): Promise<void> {
  const bytes = world.disk.files().get(path) as Uint8Array
  await world.disk.remove(path)
  const file = await world.disk.create(path)
  await file.write(bytes.subarray(0, bytes.length / 2), 0)
  await file.close()
}

describe('a machine whose memory is damaged', () => {
  it('says so, and knows its snapshots from its own heads', async () => {
    const world = await saved()
    await cut(world, world.machine.home.seen)
    const { from, snapshots } = await recallSeen(world.machine, world.disk)
    expect([from, snapshots.map(({ seq }) => seq)]).toEqual(['own heads', [1, 2]])
    expect(await statusOf(world)).toMatchObject({ memory: 'lost', attention: true })
    expect(await listSnapshots(world.machine, world.ports)).toMatchObject([{ seq: 2 }, { seq: 1 }])
    await expect(check(world.machine, world.ports)).rejects.toMatchObject({ code: 'memory-damaged' })
  })

  it('saves every wallet at the next backup, so that a restore of all finds all', async () => {
    const world = await saved()
    await cut(world, world.machine.home.seen)
    const report = await save(world, ['two'])
    expect(report).toMatchObject({ memory: 'rebuilt', snapshot: { seq: 3, wallets: ['one', 'two'] } })
    await restoreElsewhere(world)
    expect([...restored(world).keys()].sort()).toEqual(['one/a', 'two/b'])
    expect(await statusOf(world)).toMatchObject({ attention: false })
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
    expect(await save(world)).toMatchObject({ memory: 'kept' })
  })
})

describe('a store of which small files are damaged', () => {
  it('gets its vault.json back, cut or gone, and opens elsewhere again', async () => {
    const world = await saved()
    const whole = await store(world).get(VAULT_FILE)
    for (const harm of ['cut', 'remove'] as const) {
      if (harm === 'cut') await cut(world, `/vault/store1/${VAULT_FILE}`)
      else await store(world).remove(VAULT_FILE)
      expect((await save(world)).stores).toEqual([{ name: 'store1', state: 'saved', mended: [VAULT_FILE] }])
      expect(await store(world).get(VAULT_FILE)).toEqual(whole)
    }
    expect((await restoreElsewhere(world)).files).toHaveLength(2)
  })

  it('gets nothing when it shows no head of this machine: the drive may not be plugged in', async () => {
    const world = await saved()
    for (const { key } of await store(world).list('')) await store(world).remove(key)
    await expect(save(world)).rejects.toMatchObject({ code: 'store-absent' })
    expect(await store(world).list('')).toEqual([])
  })

  it('gets its newest head back from this machine', async () => {
    const world = await saved()
    const key = headKey(world.machine.device.id, 2)
    await cut(world, `/vault/store1/${key}`)
    expect(await check(world.machine, world.ports)).toMatchObject({
      stores: [{ history: 'damaged', damaged: [key] }],
    })
    expect((await save(world)).stores).toMatchObject([{ state: 'saved', mended: [key] }])
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
  })

  it('gets an older head back after the check that found it', async () => {
    const world = await saved()
    const key = headKey(world.machine.device.id, 1)
    await cut(world, `/vault/store1/${key}`)
    await check(world.machine, world.ports)
    await save(world)
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
  })

  it('keeps a head that somebody else signed, to be seen', async () => {
    const world = await saved()
    const key = headKey(world.machine.device.id, 2)
    const other = text(await store(world).get(key)).replace(/(?<="signature":")./, another)
    await store(world).put(key, utf8(other))
    await expect(save(world)).rejects.toMatchObject({ code: 'head-forged' })
    expect(text(await store(world).get(key))).toBe(other)
  })
})

describe('the copies that this machine keeps of its heads', () => {
  it('may lose the newest one: a store has it', async () => {
    const world = await saved()
    await cut(world, `${world.machine.home.folder}/${headKey(world.machine.device.id, 2)}`)
    await reboot(world)
    expect(await save(world)).toMatchObject({ snapshot: { seq: 3 } })
    expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
  })
})
