import { readFileSync } from 'node:fs'
import { utf8 } from '@cairn/core/bytes.js'
import type { Material } from '@cairn/core/plan/rehearse.js'
import type { Factor } from '@cairn/core/vault/policy.js'
import { beforeEach, expect, test } from 'vitest'
import { addRehearsals, readRehearsals } from '../../src/machine/rehearsals.js'
import { writeLocal } from '../../src/machine/state.js'
import { backup } from '../../src/vault/backup.js'
import { drill } from '../../src/vault/drill.js'
import { readPast } from '../../src/vault/open.js'
import { noteDrill, noteFactor, planRehearsals } from '../../src/vault/rehearsals.js'
import { readStatus } from '../../src/vault/status.js'
import { addFiles, makeWorld, setFiles, storesOf, type World } from '../sim/world.js'

const DAY_MS = 86_400_000
const fixture = (name: string) =>
  readFileSync(new URL(`../../../core/test/fixtures/wallets/electrum/${name}`, import.meta.url), 'utf8')

let world: World
beforeEach(async () => {
  world = await makeWorld()
  await addFiles(world, 'savings', { wallet: fixture('seed-extended.plain') }, 'electrum')
})

const later = (days: number) => {
  world.clock.ms += days * DAY_MS
}
const save = () => backup(world.machine, { names: [] }, world.ports)
const plan = () => planRehearsals(world.machine, world.ports)
const of = async (what: Material) => (await plan()).find((each) => each.what === what)

async function rehearseRestore() {
  const { machine, identity, ports } = world
  const stores = storesOf(machine, ports)
  const { heads } = await readPast(stores, machine.description)
  const reading = { stores, identity, primitives: ports.primitives }
  return drill(machine, { reading, heads, names: [], passwordOf: async () => undefined }, ports)
}

test('there is nothing to restore before the first backup, and factors to try from the first day', async () => {
  expect((await plan()).map(({ what }) => what)).toEqual(['passphrase', 'sheet'])
  await save()
  expect((await plan()).map(({ what }) => what)).toEqual(['restore', 'passphrase', 'sheet'])
})

test('drills that go well come less often, and at once after the wallet was encrypted', async () => {
  await save()
  const days: number[] = []
  for (let i = 0; i < 4; i++) {
    later(80)
    await rehearseRestore()
    days.push((await of('restore'))?.every_days ?? 0)
  }
  expect(days).toEqual([90, 135, 203, 203])
  later(202)
  const [status] = (await readStatus(world.machine, world.ports)).wallets
  expect(status?.due.map(({ why }) => why)).toEqual(['late'])
  setFiles(world, 'savings', { wallet: fixture('seed-extended.encrypted') })
  await save()
  expect(await of('restore')).toMatchObject({ because: 'changed', due: true })
  const { wallets, attention } = await readStatus(world.machine, world.ports)
  expect([wallets[0]?.due.map(({ why }) => why), attention]).toEqual([['drill-changed'], true])
})

test('a drill of an older snapshot, or one that covered little, paces nothing', async () => {
  await save()
  const { certificate } = await rehearseRestore()
  await save()
  const rows = async () => (await readRehearsals(world.disk, world.machine.home)).length
  expect(await rows()).toBe(1)
  await noteDrill(world.machine, certificate, world.ports)
  const newest = certificate.wallets.map((wallet) => ({ ...wallet, seq: 2 }))
  const incomplete = newest.map((wallet) => ({ ...wallet, result: 'incomplete' as const }))
  await noteDrill(world.machine, { ...certificate, wallets: incomplete }, world.ports)
  expect(await rows()).toBe(1)
  await noteDrill(world.machine, { ...certificate, wallets: newest }, world.ports)
  expect(await rows()).toBe(2)
})

test('a passphrase is tried within days, the next day after an error', async () => {
  const factors = world.machine.description.policy.groups.flatMap((group) => group.factors)
  const factor = factors.find(({ kind }) => kind === 'passphrase') as Factor
  const try_ = (ok: boolean) => noteFactor(world.machine, { factor, ok }, world.ports)
  later(2)
  expect(await of('passphrase')).toMatchObject({ because: 'never-rehearsed', due: true, overdue: false })
  for (const days of [0, 2, 4]) {
    later(days)
    await try_(true)
  }
  expect(await of('passphrase')).toMatchObject({ every_days: 8, due: false })
  await try_(false)
  later(1)
  expect(await of('passphrase')).toMatchObject({ because: 'failed', due: true })
})

test('a sheet of before the policy changed counts no more', async () => {
  const factors = world.machine.description.policy.groups.flatMap((group) => group.factors)
  const factor = factors.find(({ kind }) => kind === 'sheet') as Factor
  await noteFactor(world.machine, { factor, ok: true }, world.ports)
  expect(await of('sheet')).toMatchObject({ because: 'interval', due: false })
  const { description } = world.machine
  const policy = { ...description.policy, set: description.policy.set ^ 1 }
  world.machine = { ...world.machine, description: { ...description, policy } }
  expect(await of('sheet')).toMatchObject({ because: 'changed', due: true })
})

test('only the last of each are kept, and a damaged file counts as none', async () => {
  const { disk, machine } = world
  const row = (i: number) => ({
    what: 'passphrase' as const,
    name: 'passphrase',
    version: '',
    time: new Date(i).toISOString(),
    ok: true,
  })
  for (let i = 0; i < 25; i++) await addRehearsals(disk, machine.home, [row(i)])
  expect(await readRehearsals(disk, machine.home)).toEqual(Array.from({ length: 20 }, (_, i) => row(i + 5)))
  await writeLocal(disk, machine.home.rehearsals, utf8('{'))
  expect(await readRehearsals(disk, machine.home)).toEqual([])
})
