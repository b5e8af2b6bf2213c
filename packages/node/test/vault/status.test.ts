import { join } from 'node:path'
import { type Certificate, overall, signCertificate } from '@cairn/core/drill/certificate.js'
import { deviceKeyWith } from '@cairn/core/vault/head.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { openMachine } from '../../src/machine/open.js'
import { writeLocal, writeState } from '../../src/machine/state.js'
import { addWallet } from '../../src/machine/wallets.js'
import { readStatus } from '../../src/vault/status.js'
import { makeWorld, type World } from '../sim/world.js'

type Result = Certificate['result']

describe('what is proven', () => {
  let world: World
  beforeEach(async () => {
    world = await makeWorld()
    for (const name of ['one', 'two']) await add(world, name)
  })

  test('is the last drill that proved the wallet, however many came before and after it', async () => {
    for (const day of [1, 2, 3]) await drilled(world, day, { one: 'proven' })
    await drilled(world, 4, { one: 'incomplete', two: 'incomplete' })
    expect(await proven(world)).toEqual({ one: '2026-11-03T00:00:00.000Z', two: null })
  })

  test('is looked for in older drills for a wallet that newer ones left out', async () => {
    await drilled(world, 1, { one: 'proven', two: 'proven' })
    await drilled(world, 2, { one: 'proven' })
    expect(await proven(world)).toEqual({ one: '2026-11-02T00:00:00.000Z', two: '2026-11-01T00:00:00.000Z' })
  })

  test('does not hide that the last drill found differences', async () => {
    await drilled(world, 1, { one: 'proven', two: 'proven' })
    await drilled(world, 2, { one: 'differs' })
    const { wallets } = await status(world)
    expect(wallets[0]?.proven?.time).toBe('2026-11-01T00:00:00.000Z')
    expect(differences(wallets)).toEqual(['one'])
  })

  test('is nothing that another key signed, or that was changed', async () => {
    await drilled(world, 1, { one: 'proven' }, deviceKeyWith(new Uint8Array(32).fill(7)))
    await drilled(world, 2, { two: 'proven' })
    const [file] = (await world.disk.list(world.machine.home.drills)).filter(({ name }) =>
      name.includes('-02T'),
    )
    const path = join(world.machine.home.drills, file?.name ?? '')
    const bytes = Buffer.from(await world.disk.read(path))
      .toString()
      .replace('"two"', '"one"')
    await writeLocal(world.disk, path, Buffer.from(bytes))
    expect(await proven(world)).toEqual({ one: null, two: null })
  })
})

describe('the key of a device', () => {
  test('is refused where its two halves do not belong together', async () => {
    const { disk, machine } = await makeWorld()
    const { publicKey: key } = deviceKeyWith(new Uint8Array(32).fill(7))
    await writeState(disk, machine.home.device, { name: 'computer', secret: '01'.repeat(32), key })
    const opening = openMachine({ home: '/home/state' }, disk)
    await expect(opening).rejects.toMatchObject({ code: 'state-damaged' })
  })
})

async function add({ disk, machine }: World, name: string): Promise<void> {
  const known = {
    kind: 'file',
    encrypted: false,
    opened: true,
    identity: { fingerprints: [], descriptors: [], chain: null, network: null },
    addresses: [],
    labels: [],
    transactions: [],
    importedKeys: 0,
    keys: { private: 0, failed: [] },
    beyondSeed: [],
    restore: 'anytime',
  } as const
  const added = '2026-11-01T00:00:00.000Z'
  await addWallet(disk, machine.home, { name, kind: 'file', source: `/${name}`, added, known })
  const time = { time: added, next_expected_by: '2026-12-31T00:00:00.000Z' }
  const snapshots = [{ id: 'a'.repeat(64), seq: 1, ...time, wallets: ['one', 'two'], stores: ['main'] }]
  await writeState(disk, machine.home.seen, { stores: {}, snapshots })
}

async function drilled(
  { disk, machine }: World,
  day: number,
  results: Readonly<Record<string, Result>>,
  key = machine.device,
): Promise<void> {
  const time = `2026-11-0${day}T00:00:00.000Z`
  const about = { snapshot: 'a'.repeat(64), seq: 1, saved: time, checks: [], not_covered: [] }
  const wallets = Object.entries(results).map(([name, result]) => ({ name, result, ...about }))
  const { id: vault } = machine.description
  const common = { format: 'cairn-drill', version: 1, vault, device: key.id, time } as const
  const certificate: Certificate = { ...common, result: overall(wallets), wallets }
  await writeLocal(
    disk,
    join(machine.home.drills, `${time.replaceAll(':', '-')}.json`),
    signCertificate(certificate, key),
  )
}

const status = ({ machine, ports }: World) => readStatus(machine, ports)

async function proven(world: World): Promise<Record<string, string | null>> {
  const { wallets } = await status(world)
  return Object.fromEntries(wallets.map(({ name, proven }) => [name, proven?.time ?? null]))
}

function differences(wallets: Awaited<ReturnType<typeof readStatus>>['wallets']): readonly string[] {
  return wallets.filter(({ due }) => due.some(({ why }) => why === 'drill-differs')).map(({ name }) => name)
}
