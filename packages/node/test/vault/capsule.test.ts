import { utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { decodePages, encodePages } from '@cairn/core/sheets/paper.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { backup } from '../../src/vault/backup.js'
import { capsuleStore, openCapsuleStore } from '../../src/vault/from-capsule.js'
import { openVault, readClaims } from '../../src/vault/open.js'
import { openHere } from '../../src/vault/open-here.js'
import { restore } from '../../src/vault/restore.js'
import { type CapsulePlan, toCapsule } from '../../src/vault/to-capsule.js'
import { addFiles, copyWorld, makeWorld, restored, type World } from '../sim/world.js'

const SAVINGS = {
  wallet: utf8('the wallet'),
  'notes/log': utf8('x'.repeat(200_000)),
  empty: new Uint8Array(),
}
const DONATIONS = { wallet: utf8('another wallet') }

async function planOf(world: World, more: Partial<CapsulePlan> = {}): Promise<CapsulePlan> {
  const { reading, past, description } = await openHere(world.machine, world.given, world.ports)
  return { reading, description, heads: past.heads, names: [], mostBytes: 1_000_000, ...more }
}

/** What a machine that has only these bytes and the factors restores. */
async function restoredFrom(base: World, bytes: Uint8Array, names: readonly string[] = []) {
  const world = copyWorld(base)
  const capsule = await capsuleStore(bytes, world.ports.primitives)
  const vault = await openVault(await readClaims([capsule.store]), world.given, world.ports.primitives)
  const heads = await openCapsuleStore(capsule, vault)
  const plan = {
    reading: vault.reading,
    heads,
    names,
    to: '/back',
    inTheWay: 'refuse',
    risky: 'refuse',
  } as const
  const report = await restore(plan, world.ports)
  return { report, files: restored(world) }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    (error: unknown) => (isCairnError(error) ? error.code : String(error)),
  )
}

describe('a capsule of a vault', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
    await addFiles(world, 'savings', SAVINGS)
    await backup(world.machine, { names: [] }, world.ports)
    await addFiles(world, 'donations', DONATIONS)
    await backup(world.machine, { names: ['donations'] }, world.ports)
  })

  it('restores the same bytes of all wallets, from whichever snapshots hold them', async () => {
    const { bytes, sizes } = await toCapsule(await planOf(world), world.ports)
    const { report, files } = await restoredFrom(world, decodePages(encodePages(bytes, { parity: 2 })))
    expect(report.snapshots.map(({ seq }) => seq).sort()).toEqual([1, 2])
    for (const [path, contents] of Object.entries(SAVINGS))
      expect(files.get(`savings/${path}`)).toEqual(contents)
    expect(files.get('donations/wallet')).toEqual(DONATIONS.wallet)
    expect(sizes.map(({ wallet }) => wallet)).toEqual(['savings', 'donations'])
  })

  it('holds no other wallet than those that were named', async () => {
    const { bytes } = await toCapsule(await planOf(world, { names: ['donations'] }), world.ports)
    const { report, files } = await restoredFrom(world, bytes)
    expect(report.wallets.map(({ name }) => name)).toEqual(['donations'])
    expect([...files.keys()].filter((path) => path.includes('savings'))).toEqual([])
    expect(await codeOf(restoredFrom(world, bytes, ['savings']))).toBe('wallet-absent')
  })

  it('is small: a wallet of 200,000 equal characters fits into a few thousand bytes', async () => {
    const { bytes } = await toCapsule(await planOf(world), world.ports)
    expect(bytes.length).toBeLessThan(4_500)
  })

  it('is refused before anything is read when the files are too large', async () => {
    expect(await codeOf(toCapsule(await planOf(world, { mostBytes: 1000 }), world.ports))).toBe(
      'capsule-large',
    )
  })

  it('writes nothing to the disk', async () => {
    const before = [...world.disk.files().keys()].sort()
    await toCapsule(await planOf(world), world.ports)
    expect([...world.disk.files().keys()].sort()).toEqual(before)
  })

  it('does not open with the factors of another vault', async () => {
    const { bytes } = await toCapsule(await planOf(world), world.ports)
    const other = await makeWorld()
    expect(await codeOf(restoredFrom({ ...world, given: other.given }, bytes))).not.toBe('nothing')
  })
})
