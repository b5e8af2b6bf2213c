import { randomBytes } from 'node:crypto'
import { text } from '@cairn/core/bytes.js'
import { describe, expect, it } from 'vitest'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { addFiles, makeWorld, restored, restoreElsewhere, setFiles } from '../sim/world.js'

describe('a backup and a restore', () => {
  it('give back every byte on a machine that never saw the vault', async () => {
    const world = await makeWorld()
    const big = randomBytes(3_000_000)
    await addFiles(world, 'savings', { default_wallet: 'small', 'deep/er/big.dat': big, empty: '' })
    const report = await backup(world.machine, { names: [] }, world.ports)
    expect(report.stores).toEqual([{ name: 'store1', state: 'saved' }])
    expect(report.bytes).toMatchObject({ read: 3_000_005, new: 3_000_005 })
    const back = await restoreElsewhere(world, { names: ['savings'] })
    expect(back.files.map(({ path }) => path)).toEqual(['default_wallet', 'deep/er/big.dat', 'empty'])
    expect(text(restored(world).get('default_wallet')!)).toBe('small')
    expect(Buffer.compare(restored(world).get('deep/er/big.dat')!, big)).toBe(0)
    expect(restored(world).get('empty')).toHaveLength(0)
  })

  it('store a change once, and give back either version', async () => {
    const world = await makeWorld()
    const file = randomBytes(1_000_000)
    await addFiles(world, 'savings', { file })
    await backup(world.machine, { names: [] }, world.ports)
    const changed = Buffer.from(file)
    changed[500_000]! ^= 1
    setFiles(world, 'savings', { file: changed })
    const second = await backup(world.machine, { names: [] }, world.ports)
    expect(second.bytes.new).toBe(65_536)
    await restoreElsewhere(world, { to: '/new', names: ['savings'] })
    await restoreElsewhere(world, { to: '/old', names: ['savings'], at: '1' })
    expect(Buffer.compare(restored(world, '/new').get('file')!, changed)).toBe(0)
    expect(Buffer.compare(restored(world, '/old').get('file')!, file)).toBe(0)
  })

  it('find each wallet in the newest snapshot that holds it', async () => {
    const world = await makeWorld()
    await addFiles(world, 'one', { a: 'first' })
    await addFiles(world, 'two', { b: 'second' })
    await backup(world.machine, { names: [] }, world.ports)
    setFiles(world, 'two', { b: 'later' })
    await backup(world.machine, { names: ['two'] }, world.ports)
    await restoreElsewhere(world)
    expect([...restored(world)].map(([path, bytes]) => [path, text(bytes)])).toEqual([
      ['two/b', 'later'],
      ['one/a', 'first'],
    ])
    const rows = await listSnapshots(world.machine, world.ports)
    expect(rows.map(({ seq, wallets }) => [seq, wallets])).toEqual([
      [2, ['two']],
      [1, ['one', 'two']],
    ])
  })

  it('save the bytes of a wallet that its reader cannot read, and say so', async () => {
    const world = await makeWorld()
    const keystore = '{"version":3,"crypto":{"cut":'
    await addFiles(world, 'ether', { keystore }, 'ethereum-keystore')
    const { wallets } = await backup(world.machine, { names: [] }, world.ports)
    expect(wallets).toMatchObject([{ name: 'ether', state: 'unread', error: { code: 'wallet-unreadable' } }])
    await restoreElsewhere(world, { names: ['ether'] })
    expect(text(restored(world).get('keystore') as Uint8Array)).toBe(keystore)
  })

  it('leave a whole store behind', async () => {
    const world = await makeWorld({ stores: 2 })
    await addFiles(world, 'savings', { file: randomBytes(200_000) })
    await backup(world.machine, { names: [] }, world.ports)
    const report = await check(world.machine, world.ports)
    expect(report).toEqual({
      ok: true,
      stores: ['store1', 'store2'].map((name) => ({
        name,
        objects: 2,
        damaged: [],
        missing: [],
        unreadable: [],
        behind: 0,
        stale: [],
        unreachable: false,
        history: 'intact',
      })),
    })
  })
})
