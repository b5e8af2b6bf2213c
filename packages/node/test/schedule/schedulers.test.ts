import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SchedulePorts } from '../../src/schedule/scheduler.js'
import { chooseScheduler, installJob, readJobs, removeJobs } from '../../src/schedule/schedulers.js'
import { ended, JOB, ports } from './jobs.js'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cairn-schedulers-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** A Linux with a crontab, and with a systemd that loads what is enabled, unless it cannot be asked. */
function linux({ systemd }: { readonly systemd: 'there' | 'refuses' | 'absent' }): SchedulePorts {
  let table = ''
  let loaded = false
  return ports(home, ([program, ...args], input) => {
    if (program === 'crontab') {
      if (args[0] === '-') table = input ?? ''
      return ended(0, args[0] === '-' ? '' : table)
    }
    if (program !== 'systemctl' || systemd === 'absent') return ended('absent')
    if (args[1] === 'enable' && systemd === 'refuses') return ended(1)
    if (args[1] === 'enable') loaded = true
    if (args[1] === 'disable') loaded = false
    return ended(0, args[1] === 'show' ? `LoadState=${loaded ? 'loaded' : 'not-found'}\n` : '')
  })
}

test('systemd is preferred to cron, and cron is taken where there is no other', async () => {
  expect((await chooseScheduler(linux({ systemd: 'there' }))).name).toBe('systemd')
  expect((await chooseScheduler(linux({ systemd: 'absent' }))).name).toBe('cron')
  await expect(chooseScheduler(ports(home, () => ended('absent')))).rejects.toMatchObject({
    code: 'schedule-none',
  })
  await expect(chooseScheduler(linux({ systemd: 'there' }), 'launchd')).rejects.toMatchObject({
    code: 'schedule-none',
  })
})

test('two systems never have the same job', async () => {
  const here = linux({ systemd: 'there' })
  const names = async () => (await readJobs(here, JOB.id)).map((has) => has.with)
  for (const name of ['cron', 'systemd', 'cron'] as const) {
    await installJob(here, await chooseScheduler(here, name), JOB)
    expect(await names()).toEqual([name])
  }
  expect(await removeJobs(here, JOB.id)).toEqual(['cron'])
  expect(await names()).toEqual([])
})

test('a system that refuses the job takes it from no other', async () => {
  const here = linux({ systemd: 'refuses' })
  await installJob(here, await chooseScheduler(here, 'cron'), JOB)
  const systemd = await chooseScheduler(here, 'systemd')
  await expect(installJob(here, systemd, JOB)).rejects.toMatchObject({ code: 'schedule-refused' })
  expect((await readJobs(here, JOB.id)).map((has) => has.with)).toEqual(['cron'])
})
