import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import type { Job } from '../../src/schedule/job.js'
import { renderUnits, systemd } from '../../src/schedule/systemd.js'
import { DAILY, ended, HOSTILE, hostile, JOB, ports } from './jobs.js'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cairn-systemd-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** A systemd that says of the units what it would say had it loaded them. */
function answering(said: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const system = systemd(
    ports(home, ([, , ...args]) => {
      asked.push(args.join(' '))
      const wanted = args.filter((arg) => arg.startsWith('--property=')).map((arg) => arg.slice(11))
      return ended(0, wanted.map((name) => `${name}=${said[`${args[1]} ${name}`] ?? ''}\n`).join(''))
    }),
  )
  return { system, asked }
}

describe('a timer', () => {
  test('is written, made known, enabled and started anew', async () => {
    const { system, asked } = answering({})
    await system.install(JOB)
    expect(asked).toEqual(['daemon-reload', 'enable cairn-2d866ef0.timer', 'restart cairn-2d866ef0.timer'])
  })

  test('is read back as systemd says that it is, its command from the file that it loaded', async () => {
    const timer = 'cairn-2d866ef0.timer'
    const service = 'cairn-2d866ef0.service'
    const { system } = answering({
      [`${timer} LoadState`]: 'loaded',
      [`${timer} ActiveState`]: 'active',
      [`${timer} UnitFileState`]: 'enabled',
      [`${timer} TimersCalendar`]: '{ OnCalendar=*-*-* 02:30:00 ; next_elapse=Fri 2026-11-27 02:33:10 UTC }',
      [`${timer} NextElapseUSecRealtime`]: 'Fri 2026-11-27 02:33:10 UTC',
      [`${service} FragmentPath`]: join(home, '.config/systemd/user', service),
      [`${service} ExecMainExitTimestamp`]: 'Thu 2026-11-26 02:33:12 UTC',
      [`${service} ExecMainStatus`]: '8',
    })
    await system.install(hostile(DAILY))
    expect(await system.read(JOB.id)).toMatchObject({
      when: DAILY.when,
      command: [...JOB.command, ...HOSTILE],
      active: true,
      next: new Date(2026, 10, 27, 2, 33, 10),
      last: { exit: 8, time: new Date(2026, 10, 26, 2, 33, 12) },
    })
  })

  test('that systemd does not have is not there, whatever file lies about', async () => {
    const { system } = answering({ 'cairn-2d866ef0.timer LoadState': 'not-found' })
    await system.install(JOB)
    expect(await system.read(JOB.id)).toBeNull()
  })

  test('that was stopped or disabled is not active', async () => {
    for (const [active, enabled] of [
      ['inactive', 'enabled'],
      ['active', 'disabled'],
    ] as const) {
      const { system } = answering({
        'cairn-2d866ef0.timer LoadState': 'loaded',
        'cairn-2d866ef0.timer ActiveState': active,
        'cairn-2d866ef0.timer UnitFileState': enabled,
      })
      expect(await system.read(JOB.id)).toMatchObject({ active: false, next: null, last: null })
    }
  })

  test('is refused in plain words when systemctl fails, and is of no use when it cannot be asked', async () => {
    const failing = systemd(ports(home, () => ended(1, '', 'Failed to connect to bus')))
    await expect(failing.install(JOB)).rejects.toMatchObject({ code: 'schedule-refused' })
    expect(await failing.usable()).toBe(false)
    expect(await systemd(ports(home, () => ended('absent'))).usable()).toBe(false)
  })

  test('is removed with both its files, once', async () => {
    const { system, asked } = answering({})
    await system.install(JOB)
    asked.length = 0
    expect(await system.remove(JOB.id)).toBe(true)
    expect(asked).toEqual(['disable --now cairn-2d866ef0.timer', 'daemon-reload'])
    expect(await system.remove(JOB.id)).toBe(false)
  })
})

const hasSystemd = canVerify()
if (!hasSystemd) leaveOut('units of systemd', { because: 'systemd-analyze is missing (apt install systemd)' })

describe.runIf(hasSystemd)('systemd-analyze verify', () => {
  test('accepts the units, whatever is in their paths', async () => {
    for (const job of [JOB, DAILY, hostile(JOB)]) expect(await verified(job)).toBe('')
  })

  test('would not accept a twin that forgets to quote', async () => {
    const broken = (text: string) => text.replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true "half')
    expect(await verified(JOB, broken)).toMatch(/\S/)
  })
})

/** What systemd has to say against the units of a job. */
async function verified(job: Job, change = (text: string) => text): Promise<string> {
  // the program must be there; `true` of this machine stands for it
  const units = renderUnits({ ...job, command: ['/bin/true', ...job.command.slice(1)] }, home)
  for (const { path, text } of units) await writeFile(path, change(text))
  const paths = units.map(({ path }) => join(home, basename(path)))
  try {
    const env = { ...process.env, XDG_RUNTIME_DIR: home, HOME: home, SYSTEMD_UNIT_PATH: `${home}:` }
    const options = { env, stdio: 'pipe', encoding: 'utf8' } as const
    return execFileSync('sh', ['-c', 'systemd-analyze --user verify "$@" 2>&1', 'sh', ...paths], options)
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout) || 'failed'
  }
}

function canVerify(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
