import { anchorOf } from '@cairn/core/vault/anchor.js'
import { headKey } from '@cairn/core/vault/object.js'
import { describe, expect, it } from 'vitest'
import { codeOfRejection } from '../../../core/test/refusal.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { heldAgainst, newestAnchor, requireAnchor } from '../../src/vault/anchored.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { openVault, readClaims, readPast } from '../../src/vault/open.js'
import { addFiles, joinWorld, makeWorld, setFiles, storesOf, type World } from '../sim/world.js'

async function saved(times: number): Promise<World> {
  const world = await makeWorld({ stores: 2 })
  await addFiles(world, 'savings', {})
  for (let n = 1; n <= times; n++) {
    setFiles(world, 'savings', { wallet: `version ${n}` })
    await backup(world.machine, { names: [] }, world.ports)
  }
  return world
}

const newest = (world: World) => newestAnchor(world.machine, world.machine.device.id, world.ports)

/** What a computer that never saw the vault is shown by some of its stores. */
async function stranger(world: World, stores: readonly Store[]) {
  const { description } = await openVault(await readClaims(stores), world.given, native)
  return { description, past: await readPast(stores, description) }
}

describe('an anchor', () => {
  it('finds out one dishonest store on a new computer, which nothing else could', async () => {
    const world = await saved(3)
    const anchor = await newest(world)
    const [first] = storesOf(world.machine, world.ports) as [Store, Store]
    await first.remove(headKey(world.machine.device.id, 3))
    const { description, past } = await stranger(world, [first])
    expect(past.stores[0]?.history).toBe('intact')
    const held = heldAgainst(past, anchor, description)
    expect(held.stores[0]?.history).toBe('rolled-back')
    expect(await codeOfRejection(async () => requireAnchor(held, anchor))).toBe('anchor-unmet')
  })

  it('lets a restore go on when another store shows what it knows', async () => {
    const world = await saved(2)
    const anchor = await newest(world)
    const stores = storesOf(world.machine, world.ports) as [Store, Store]
    await stores[0].remove(headKey(world.machine.device.id, 2))
    const { description, past } = await stranger(world, stores)
    const held = heldAgainst(past, anchor, description)
    expect(held.stores.map(({ history }) => history)).toEqual(['rolled-back', 'intact'])
    requireAnchor(held, anchor)
  })

  it('is kept by a store that goes on', async () => {
    const world = await saved(1)
    const anchor = await newest(world)
    await backup(world.machine, { names: [] }, world.ports)
    expect((await check(world.machine, world.ports, { anchor })).ok).toBe(true)
  })

  it('calls another head with that number a fork', async () => {
    const world = await saved(2)
    const anchor = { ...(await newest(world)), hash: '0123456789abcdef' }
    const { stores } = await check(world.machine, world.ports, { anchor })
    expect(stores.map(({ history }) => history)).toEqual(['forked', 'forked'])
  })

  it('of another vault is told as that', async () => {
    const world = await saved(1)
    const other = await saved(1)
    const anchor = await newest(other)
    expect(await codeOfRejection(() => check(world.machine, world.ports, { anchor }))).toBe('anchor-foreign')
  })

  it('is made without a store at hand, and of another computer from what the stores show', async () => {
    const world = await saved(2)
    const desk = await joinWorld(world, 'desk')
    await addFiles(desk, 'papers', {})
    await backup(desk.machine, { names: [] }, desk.ports)
    const unplugged = { ...world.ports, openStore: () => Promise.reject(new Error('asked a store')) as never }
    expect(await newestAnchor(world.machine, world.machine.device.id, unplugged)).toMatchObject({ seq: 2 })
    const { chain } = await readPast(storesOf(desk.machine, desk.ports), desk.machine.description)
    const last = chain.find(({ head }) => head.device === world.machine.device.id && head.seq === 2)
    expect(last && anchorOf(desk.machine.description, last)).toEqual(
      await newestAnchor(desk.machine, world.machine.device.id, desk.ports),
    )
  })

  it('needs a snapshot', async () => {
    expect(await codeOfRejection(async () => newest(await makeWorld()))).toBe('snapshot-absent')
  })
})
