import { readFileSync } from 'node:fs'
import { utf8 } from '@cairn/core/bytes.js'
import type { Advice } from '@cairn/core/plan/advise.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { readFacts } from '../../src/machine/facts.js'
import { writeLocal } from '../../src/machine/state.js'
import { readAdvice } from '../../src/vault/advice.js'
import { backup } from '../../src/vault/backup.js'
import { addFiles, makeWorld, setFiles, type World } from '../sim/world.js'

const DAY_MS = 86_400_000
const fixture = (name: string) =>
  readFileSync(new URL(`../../../core/test/fixtures/wallets/electrum/${name}`, import.meta.url), 'utf8')
const PLAIN = fixture('seed-extended.plain')
const SEALED = fixture('seed-extended.encrypted')

/** The wallet with other labels, and with transactions that no server has told of: `id -> hex` without a history. */
function edited(change: (wallet: { labels: Record<string, string> }) => void): string {
  const wallet = JSON.parse(PLAIN) as { labels: Record<string, string> }
  change(wallet)
  return JSON.stringify(wallet)
}

describe('advice from what backups saw', () => {
  let world: World
  beforeEach(async () => {
    world = await makeWorld()
  })

  const save = () => backup(world.machine, { names: [] }, world.ports)
  const all = () => readAdvice(world.machine, world.ports)
  const only = async () => (await all())[0] as Advice

  test('tells labels that came or changed since, and no others', async () => {
    await addFiles(world, 'savings', { wallet: PLAIN }, 'electrum')
    expect(await only()).toMatchObject({ every: 'now', at_risk: { labels: 3, unread: false } })
    await save()
    expect(await only()).toMatchObject({ every: 'quarter', at_risk: { labels: 0, unread: false } })
    const changed = edited(({ labels }) => {
      const [first = ''] = Object.keys(labels)
      labels[first] = 'another'
      labels['f'.repeat(64)] = 'new'
    })
    setFiles(world, 'savings', { wallet: changed })
    expect(await only()).toMatchObject({ at_risk: { labels: 2 } })
    await save()
    expect(await only()).toMatchObject({ at_risk: { labels: 0 } })
  })

  test('of a file that is encrypted as a whole knows whether it changed', async () => {
    await addFiles(world, 'savings', { wallet: SEALED }, 'electrum')
    await save()
    expect(await only()).toMatchObject({ every: 'quarter', at_risk: { unread: false } })
    // another file of the same form: the middle of the sealed part differs, which only its password can tell
    setFiles(world, 'savings', { wallet: SEALED.slice(0, 400) + SEALED.slice(404, 408) + SEALED.slice(404) })
    expect(await only()).toMatchObject({ every: 'month', at_risk: { unread: true } })
    setFiles(world, 'savings', { wallet: SEALED.slice(0, 40) })
    expect(await only()).toMatchObject({
      every: 'now',
      because: ['Its file can no longer be read.', expect.any(String)],
    })
  })

  test('asks for a backup at once after encrypting', async () => {
    await addFiles(world, 'savings', { wallet: PLAIN }, 'electrum')
    await save()
    setFiles(world, 'savings', { wallet: SEALED })
    expect(await only()).toMatchObject({ every: 'now', rules: ['form-changed', 'quiet'] })
  })

  test('knows a wallet.dat of before descriptors by its first bytes', async () => {
    const legacy = new Uint8Array(4096)
    legacy.set([0x62, 0x31, 0x05, 0], 12)
    await addFiles(world, 'old', { 'wallet.dat': legacy })
    await save()
    expect(await only()).toMatchObject({ every: 'month', rules: ['keys'] })
    legacy[4095] = 1
    setFiles(world, 'old', { 'wallet.dat': legacy })
    expect(await only()).toMatchObject({ every: 'week', rules: ['key-pool-used', 'used', 'keys'] })
  })

  test('says when a wallet cannot be looked at, and goes by what was seen', async () => {
    await addFiles(world, 'savings', { wallet: PLAIN }, 'electrum')
    await save()
    world.wallets.delete('savings')
    expect(await only()).toMatchObject({ seen: false, every: 'quarter', at_risk: { unread: true } })
  })

  test('holds counts and short hashes, and nothing that could be read', async () => {
    await addFiles(world, 'savings', { wallet: PLAIN }, 'electrum')
    await save()
    const stored = Buffer.from(await world.disk.read(world.machine.home.facts)).toString()
    const { labels, addresses } = JSON.parse(PLAIN) as {
      labels: Record<string, string>
      addresses: { receiving: string[] }
    }
    const readable = [...Object.entries(labels).flat(), ...addresses.receiving].filter(
      ({ length }) => length > 3,
    )
    expect(readable.length).toBeGreaterThan(5)
    for (const text of readable) expect(stored).not.toContain(text)
  })

  test('does without its memory when that is damaged, and has it again after the next backup', async () => {
    await addFiles(world, 'savings', { wallet: PLAIN }, 'electrum')
    await save()
    await writeLocal(world.disk, world.machine.home.facts, utf8('{"wallets":{"savings":{}}}'))
    expect(await only()).toMatchObject({ every: 'quarter', at_risk: { unread: true } })
    await save()
    expect((await only()).at_risk.unread).toBe(false)
  })

  test('keeps the last hundred backups of a wallet, and none of a future that a clock invented', async () => {
    await addFiles(world, 'savings', { wallet: SEALED }, 'electrum')
    world.clock.ms += 400 * DAY_MS
    await save()
    world.clock.ms -= 400 * DAY_MS
    for (let i = 0; i < 3; i++) {
      await save()
      world.clock.ms += DAY_MS
    }
    const facts = await readFacts(world.disk, world.machine.home)
    expect(facts.get('savings')?.observed.map(({ time }) => time.slice(0, 4))).toEqual([
      '2026',
      '2026',
      '2026',
    ])
  })
})

describe('when the next backup is expected', () => {
  test('follows from how much the most urgent wallet of the snapshot is used', async () => {
    const world = await makeWorld()
    await addFiles(world, 'notes', { a: 'a' })
    const within = async () => {
      const { snapshot } = await backup(world.machine, { names: [] }, world.ports)
      return Math.round((Date.parse(snapshot.next_expected_by) - Date.parse(snapshot.time)) / DAY_MS)
    }
    expect(await within()).toBe(105)
    setFiles(world, 'notes', { a: 'b' })
    expect(await within()).toBe(40)
    for (const text of 'cde') {
      setFiles(world, 'notes', { a: text })
      await within()
    }
    expect(await within()).toBe(11)
  })
})
