import { CairnError } from '@cairn/core/errors.js'
import type { Alarm, Message } from '@cairn/core/plan/alarms.js'
import { describe, expect, test } from 'vitest'
import { writeWhole } from '../../src/disk.js'
import {
  addChannel,
  readAlarmSettings,
  readTold,
  removeChannel,
  writeAlarmSettings,
} from '../../src/machine/alarms.js'
import { vaultHome } from '../../src/machine/home.js'
import { tell, tellAlone, tryChannel } from '../../src/schedule/tell.js'
import { simDisk } from '../sim/disk.js'

const HOUR = 3_600_000
const home = vaultHome('/state', 'ab'.repeat(16))
const late: Alarm = { kind: 'backup-late', about: 'savings' }

/** A machine with channels that note what they carry; those in `broken` carry nothing. */
async function machine(names: readonly string[] = ['mail', 'screen']) {
  const disk = simDisk()
  await disk.makeFolder(home.folder)
  const carried: { readonly by: string; readonly message: Message }[] = []
  const broken = new Set<string>()
  let now = Date.UTC(2026, 0, 5)
  const ports = {
    disk,
    now: () => new Date(now),
    openChannel: async ({ name }: { readonly name: string }) => ({
      send: async (message: Message) => {
        if (broken.has(name)) throw new CairnError('message-unsent', { channel: name, reason: 'gone' })
        carried.push({ by: name, message })
      },
    }),
  }
  for (const name of names) await addChannel(disk, home, { name, url: 'desktop:' })
  return {
    disk,
    ports,
    carried,
    broken,
    pass: (hours: number) => {
      now += hours * HOUR
    },
    by: (name: string) => carried.filter(({ by }) => by === name).map(({ message }) => message.subject),
  }
}

describe('alarms', () => {
  test('go out by every channel, once', async () => {
    const { ports, by } = await machine()
    expect(await tell(home, [late], ports)).toEqual([
      { channel: 'mail', state: 'told' },
      { channel: 'screen', state: 'told' },
    ])
    expect((await tell(home, [late], ports)).map(({ state }) => state)).toEqual([
      'nothing-new',
      'nothing-new',
    ])
    expect([by('mail'), by('screen')]).toEqual([['Cairn: A backup is late'], ['Cairn: A backup is late']])
  })

  test('that one channel does not carry are told by it as soon as it works, and are not told twice by others', async () => {
    const { ports, by, broken, pass } = await machine()
    broken.add('mail')
    expect(await tell(home, [late], ports)).toMatchObject([
      { channel: 'mail', state: 'failed', reason: expect.stringContaining('gone') },
      { channel: 'screen', state: 'told' },
    ])
    pass(1)
    await tell(home, [late], ports)
    expect(by('screen')).toEqual([
      'Cairn: A backup is late',
      'Cairn: A backup is late, and 1 more', // the other channel fails, which is new
    ])
    broken.delete('mail')
    pass(1)
    await tell(home, [late], ports)
    expect(by('mail')).toEqual(['Cairn: A backup is late'])
  })

  test('that are over are told, and a channel that never carried them says nothing', async () => {
    const { ports, by, broken } = await machine()
    broken.add('mail')
    await tell(home, [late], ports)
    broken.delete('mail')
    await tell(home, [], ports)
    expect(by('mail')).toEqual([])
    expect(by('screen')).toContain('Cairn: A backup is late')
    expect(by('screen').length).toBe(2)
  })

  test('about a wallet deep in a folder are told once as well', async () => {
    const { ports, by } = await machine(['screen'])
    const deep: Alarm = { kind: 'wallet-uncovered', about: `/${'very-long-name/'.repeat(200)}` }
    await tell(home, [deep], ports)
    await tell(home, [deep], ports)
    expect(by('screen').length).toBe(1)
  })

  test('sleep while they are snoozed', async () => {
    const { disk, ports, carried, pass } = await machine(['screen'])
    const settings = await readAlarmSettings(disk, home)
    await writeAlarmSettings(disk, home, { ...settings, snoozes: [{ until: '2026-01-06T00:00:00.000Z' }] })
    await tell(home, [late], ports)
    expect(carried).toEqual([])
    pass(25)
    await tell(home, [late], ports)
    expect(carried.length).toBe(1)
  })

  test('are told anew when the memory of what was told is damaged', async () => {
    const { disk, ports, by } = await machine(['screen'])
    await tell(home, [late], ports)
    await writeWhole(disk, `${home.folder}/told.json`, new Uint8Array([123]))
    await tell(home, [late], ports)
    expect(by('screen').length).toBe(2)
  })

  test('nobody set up a way for are nobody’s: nothing is written', async () => {
    const { disk, ports } = await machine([])
    expect(await tell(home, [late], ports)).toEqual([])
    expect([...disk.files().keys()]).toEqual([])
  })
})

describe('two that come at once', () => {
  /** Of those that want it, one holds it. */
  function oneLock() {
    let held = false
    return async <T>(_: string, work: () => Promise<T>): Promise<T> => {
      if (held) throw new CairnError('vault-busy', { pid: 1 })
      held = true
      return work().finally(() => {
        held = false
      })
    }
  }

  test('tell once, and the next one tells again when it is time', async () => {
    const { ports, by, pass } = await machine()
    const alone = { ...ports, exclusively: oneLock() }
    const both = await Promise.all([tellAlone(home, [late], alone), tellAlone(home, [late], alone)])
    expect(both).toEqual([[expect.anything(), expect.anything()], null])
    expect([by('mail').length, by('screen').length]).toEqual([1, 1])
    pass(25)
    await tellAlone(home, [late], alone)
    expect(by('mail').length).toBe(2)
  })

  test('would tell twice without a lock', async () => {
    const { ports, by } = await machine(['mail'])
    const nothing = { ...ports, exclusively: <T>(_: string, work: () => Promise<T>) => work() }
    await Promise.all([tellAlone(home, [late], nothing), tellAlone(home, [late], nothing)])
    expect(by('mail').length).toBe(2)
  })

  test('are both heard where no lock can be made; what fails while it is held is told, and not tried again', async () => {
    const { ports, by } = await machine(['mail'])
    const full = async () => {
      throw new CairnError('disk-full')
    }
    expect(await tellAlone(home, [late], { ...ports, exclusively: full })).toMatchObject([{ state: 'told' }])
    const denied = {
      ...ports,
      exclusively: oneLock(),
      disk: { ...ports.disk, read: async () => Promise.reject(new CairnError('file-denied', { path: 'x' })) },
    }
    await expect(tellAlone(home, [late], denied)).rejects.toMatchObject({ code: 'file-denied' })
    expect(by('mail').length).toBe(1)
  })
})

describe('a channel', () => {
  test('that failed counts as mended after a test that arrived', async () => {
    const { disk, ports, broken } = await machine()
    broken.add('mail')
    await tell(home, [late], ports)
    await expect(tryChannel(home, { name: 'mail', url: 'desktop:' }, ports)).rejects.toMatchObject({
      code: 'message-unsent',
    })
    expect((await readTold(disk, home)).mail?.failing).toBeDefined()
    broken.delete('mail')
    await tryChannel(home, { name: 'mail', url: 'desktop:' }, ports)
    expect((await readTold(disk, home)).mail?.failing).toBeUndefined()
  })

  test('has a name of its own, and is forgotten with what opens it', async () => {
    const { disk } = await machine(['mail'])
    const again = { name: 'mail', url: 'desktop:' }
    await expect(addChannel(disk, home, again)).rejects.toMatchObject({ code: 'channel-known' })
    await expect(addChannel(disk, home, { ...again, name: '../x' })).rejects.toMatchObject({
      code: 'channel-url',
    })
    const credentials = { bytes: new TextEncoder().encode('password = "canary"\n'), from: 'file' }
    await addChannel(disk, home, { name: 'second', url: 'desktop:', credentials })
    expect(text(disk)).toContain('canary')
    await removeChannel(disk, home, 'second')
    expect(text(disk)).not.toContain('canary')
    await expect(removeChannel(disk, home, 'second')).rejects.toMatchObject({ code: 'channel-absent' })
  })
})

const text = (disk: ReturnType<typeof simDisk>) =>
  [...disk.files().values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n')
