import { readFileSync } from 'node:fs'
import { utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Disk } from '../../src/disk.js'
import { backup } from '../../src/vault/backup.js'
import { openHere } from '../../src/vault/open-here.js'
import { type RestorePlan, restore } from '../../src/vault/restore.js'
import { systemError } from '../sim/disk.js'
import { addFiles, copyWorld, makeWorld, restored, type World } from '../sim/world.js'

const FILES = { wallet: utf8('the wallet'), 'notes/log': utf8('x'.repeat(100_000)) }
const ELECTRUM = new URL('../../../core/test/fixtures/wallets/electrum/seed-segwit.plain', import.meta.url)

async function planOf(world: World, more: Partial<RestorePlan> = {}): Promise<RestorePlan> {
  const { reading, past } = await openHere(world.machine, world.given, world.ports)
  const asked = { names: [], to: '/back', inTheWay: 'refuse', risky: 'refuse', ...more } as const
  return { reading, heads: past.heads, ...asked }
}

/** Changes the disk that a restore works on; the real one when absent. */
type Twin = (disk: Disk) => Disk

/** A restore that writes where the person asked, without a folder beside it that gets the name at the end. */
const inPlace: Twin = (disk) => {
  const there = (path: string) => path.replace(/^\/back\.\d+\.cairn-part/, '/back')
  return {
    ...disk,
    create: (path) => disk.create(there(path)),
    read: (path) => disk.read(there(path)),
    makeFolder: (path) => disk.makeFolder(there(path)),
    rename: async () => {},
    removeFolder: async () => {},
  }
}

/** What is at the destination when the n-th disk operation of a restore fails, for every n. */
async function atEveryFault(base: World, twin: Twin = (disk) => disk): Promise<readonly string[]> {
  const wrong: string[] = []
  for (let n = 1, ended = false; !ended; n++) {
    const world = copyWorld(base)
    const plan = await planOf(world)
    let count = 0
    world.disk.fault = () => {
      if (++count === n) throw systemError('EIO')
    }
    const failure = await restore(plan, { ...world.ports, disk: twin(world.disk) }).then(
      () => null,
      (error: unknown) => error,
    )
    ended = count < n
    const files = restored(world)
    const isWhole = Object.entries(FILES).every(([path, bytes]) => {
      return Buffer.compare(files.get(`savings/${path}`) ?? new Uint8Array(0), bytes) === 0
    })
    if (failure !== null && !isCairnError(failure)) wrong.push(`${n}: not catalogued`)
    if (failure === null && !isWhole) wrong.push(`${n}: said to be whole`)
    if (files.size > 0 && !isWhole) wrong.push(`${n}: half of it lies there`)
  }
  return wrong
}

describe('a restore', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
    await addFiles(world, 'savings', FILES)
    await backup(world.machine, { names: [] }, world.ports)
  })

  it('brings all or nothing, whichever operation of the disk fails', async () => {
    expect(await atEveryFault(world)).toEqual([])
  })

  it('brings half of it in a twin that writes in place, which this harness sees', async () => {
    expect((await atEveryFault(world, inPlace)).join()).toContain('half of it lies there')
  })
})

describe('a wallet of which an old copy can lose money', () => {
  it('is refused with the reason, and restored when that is forced', async () => {
    const world = await makeWorld()
    const file = JSON.parse(readFileSync(ELECTRUM, 'utf8'))
    const wallet = JSON.stringify({ ...file, channels: { a: { state: 'OPEN' } } })
    await addFiles(world, 'channels', { wallet }, 'electrum')
    await backup(world.machine, { names: [] }, world.ports)
    await expect(restore(await planOf(world), world.ports)).rejects.toMatchObject({ code: 'restore-once' })
    expect(restored(world).size).toBe(0)
    await restore(await planOf(world, { risky: 'force' }), world.ports)
    expect(restored(world).get('channels/wallet')).toEqual(utf8(wallet))
  })
})

describe('a pack that holds chunks of several wallets', () => {
  it('is read once for all of them', async () => {
    const world = await makeWorld()
    for (const name of ['one', 'two', 'three']) await addFiles(world, name, { file: `what ${name} holds` })
    await backup(world.machine, { names: [] }, world.ports)
    const asked: string[] = []
    const plan = await planOf(world)
    const stores = plan.reading.stores.map((store) => ({
      ...store,
      get: (key: string) => {
        asked.push(key)
        return store.get(key)
      },
    }))
    await restore({ ...plan, reading: { ...plan.reading, stores } }, world.ports)
    // one manifest and one pack
    expect([asked.length, new Set(asked).size]).toEqual([2, 2])
    expect([...restored(world).keys()].sort()).toEqual(['one/file', 'three/file', 'two/file'])
  })
})
