/** launchd itself runs on macOS only: the plist is held to its syntax and read back, and launchctl is played. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchd, renderPlist } from '../../src/schedule/launchd.js'
import { DAILY, ended, HOSTILE, hostile, JOB, ports } from './jobs.js'
import { hasXmllint, valuesAt, wellFormed } from './xml.js'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cairn-launchd-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** A Mac whose launchd has loaded something, and says `printed` of it. */
function mac(printed: string | null) {
  const asked: string[] = []
  const system = launchd({
    ...ports(home, ([, ...args]) => {
      asked.push(args.join(' '))
      const isJob = args[0] === 'print' && args[1] !== 'gui/1000'
      return isJob && printed === null ? ended(113) : ended(0, isJob ? (printed ?? '') : '')
    }),
    platform: 'darwin',
  })
  return { system, asked }
}

const PRINTED = `gui/1000/cairn.backup.2d866ef0 = {
	active count = 0
	path = /Users/anna/Library/LaunchAgents/cairn.backup.2d866ef0.plist
	state = not running

	program = /usr/bin/node
	arguments = {
		/usr/bin/node
		/opt/cairn/bin/cairn.js
		backup
	}

	runs = 3
	last exit code = 8
}
`

describe('an agent', () => {
  test('takes the place of the one before', async () => {
    const { system, asked } = mac(null)
    await system.install(JOB)
    expect(asked).toEqual([
      'bootout gui/1000/cairn.backup.2d866ef0',
      `bootstrap gui/1000 ${join(home, 'Library/LaunchAgents/cairn.backup.2d866ef0.plist')}`,
    ])
  })

  test('is read back as launchd says, its time from the file', async () => {
    const { system } = mac(PRINTED)
    await system.install(DAILY)
    expect(await system.read(JOB.id)).toMatchObject({
      when: DAILY.when,
      command: ['/usr/bin/node', '/opt/cairn/bin/cairn.js', 'backup'],
      active: true,
      last: { time: null, exit: 8 },
    })
  })

  test('whose file lies there without launchd knowing it is not active', async () => {
    const { system } = mac(null)
    await system.install(hostile(JOB))
    const read = await system.read(JOB.id)
    expect(read).toMatchObject({ when: JOB.when, command: [...JOB.command, ...HOSTILE], active: false })
    expect(await system.read('ffffffff')).toBeNull()
  })

  test('is gone when neither is there', async () => {
    const { system } = mac(null)
    await system.install(JOB)
    expect(await system.remove(JOB.id)).toBe(true)
    expect(await system.read(JOB.id)).toBeNull()
  })

  test('is of macOS only', async () => {
    expect(await mac(null).system.usable()).toBe(true)
    expect(await launchd(ports(home, () => ended(0))).usable()).toBe(false)
  })

  test('refuses what XML cannot hold', () => {
    expect(() => renderPlist({ ...JOB, command: ['a\u0001'] })).toThrow(
      expect.objectContaining({ code: 'schedule-path' }),
    )
  })
})

describe.runIf(hasXmllint)('the property list', () => {
  test('is well-formed, and says what it was given', () => {
    for (const job of [JOB, hostile(DAILY)]) {
      const plist = renderPlist(job)
      expect(wellFormed(plist)).toBe(true)
      expect(valuesAt(plist, '/plist/dict/array/string')).toEqual(job.command)
      expect(valuesAt(plist, '/plist/dict/key')).toEqual(KEYS)
      expect(valuesAt(plist, '/plist/dict/dict[1]/string[1]')).toEqual([job.env.CAIRN_HOME])
    }
    expect(valuesAt(renderPlist(DAILY), '/plist/dict/dict[2]/integer')).toEqual(['2', '30'])
    expect(valuesAt(renderPlist(JOB), '/plist/dict/dict[2]/key')).toEqual(['Minute'])
  })

  test('of a twin that does not escape is not', () => {
    expect(wellFormed(renderPlist(JOB).replace('cairn.js', 'a & b <'))).toBe(false)
  })
})

/** launchd.plist(5). */
const KEYS = [
  'Label',
  'ProgramArguments',
  'EnvironmentVariables',
  'StartCalendarInterval',
  'RunAtLoad',
  'ProcessType',
  'LowPriorityIO',
  'Nice',
]
