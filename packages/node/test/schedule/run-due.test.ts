import { CairnError } from '@cairn/core/errors.js'
import type { Message } from '@cairn/core/plan/alarms.js'
import { describe, expect, test } from 'vitest'
import { addChannel } from '../../src/machine/alarms.js'
import { noteInstalled } from '../../src/machine/scheduled.js'
import { runDue } from '../../src/schedule/run-due.js'
import { readStanding } from '../../src/schedule/standing.js'
import { tellHere } from '../../src/schedule/tell-here.js'
import { systemError } from '../sim/disk.js'
import { addFiles, makeWorld } from '../sim/world.js'

const DAY = 86_400_000

/** A machine with a wallet and a way for alarms, and what it carried. */
async function machine() {
  const world = await makeWorld()
  await addFiles(world, 'savings', { wallet: 'coins' })
  const heard: Message[] = []
  const ports = {
    ...world.ports,
    openChannel: async () => ({ send: async (message: Message) => void heard.push(message) }),
    findWallets: async () => ['savings'],
  }
  await addChannel(world.disk, world.machine.home, { name: 'mail', url: 'desktop:' })
  const subjects = () => heard.map(({ subject }) => subject)
  const run = (more: Partial<typeof ports> = {}) => runDue(world.machine, {}, { ...ports, ...more })
  return { world, ports, run, subjects }
}

describe('what a timer starts', () => {
  test('saves what is due, once, and tells nothing when all is well', async () => {
    const { run, subjects } = await machine()
    expect(await run()).toMatchObject({ found: { due: ['savings'] }, told: true })
    expect(await run()).toMatchObject({ found: { due: [], report: null }, told: true })
    expect(subjects()).toEqual([])
  })

  test('tells also when the backup failed, and when another command is at work', async () => {
    const { world, run, subjects } = await machine()
    const exclusively = async () => {
      throw new CairnError('vault-busy', { pid: 1 })
    }
    // only the lock of the vault is held, not that of who tells
    const busy = <T>(lock: string, work: () => Promise<T>) =>
      lock === world.machine.home.lock ? exclusively() : work()
    expect(await run({ exclusively: busy })).toEqual({ found: null, told: true })
    expect(subjects()).toEqual(['Cairn: A wallet was never saved'])
  })

  test('tells of a full disk what is late, and not that the memory is lost', async () => {
    const { world, run, ports } = await machine()
    await run()
    world.clock.ms += 400 * DAY
    world.disk.fault = (operation) => {
      if (operation === 'create' || operation === 'write') throw systemError('ENOSPC')
    }
    await expect(run()).rejects.toMatchObject({ code: 'store-full' })
    const told: string[] = []
    const openChannel = async () => ({ send: async ({ lines }: Message) => void told.push(...lines) })
    await expect(tellHere(world.machine, { ...ports, openChannel })).rejects.toMatchObject({
      code: 'disk-full',
    })
    expect(told.join('\n')).toContain('A backup is late.')
    expect(told.join('\n')).not.toContain('memory')
  })

  test('does not tell that it is silent when a full disk keeps it from noting that it runs', async () => {
    const { world, run, subjects } = await machine()
    await run()
    await noteInstalled(world.disk, world.machine.home, world.ports.now())
    world.clock.ms += 9 * DAY
    world.disk.fault = (operation) => {
      if (operation === 'create' || operation === 'write') throw systemError('ENOSPC')
    }
    expect(await run()).toMatchObject({ found: { due: [] } })
    expect(subjects()).toEqual([])
  })
})

describe('how a machine stands', () => {
  test('tells of a job that is silent, and of what the last look found', async () => {
    const { world, ports, run } = await machine()
    await run()
    expect(await readStanding(world.machine, ports)).not.toHaveProperty('alarms')
    await noteInstalled(world.disk, world.machine.home, ports.now())
    await tellHere(world.machine, { ...ports, findWallets: async () => ['savings', 'unknown'] })
    world.clock.ms += 4 * DAY
    expect(await readStanding(world.machine, ports)).toMatchObject({
      attention: true,
      alarms: [{ kind: 'schedule-silent' }, { kind: 'wallet-uncovered', about: 'unknown' }],
    })
  })
})
