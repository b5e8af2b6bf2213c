/** `cairn schedule install`: lets the system run `cairn backup --due` by itself. */
import { fail } from '@cairn/core/errors.js'
import { openDevice } from '@cairn/node/machine/device.js'
import { noteInstalled } from '@cairn/node/machine/scheduled.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type Job, nextRuns } from '@cairn/node/schedule/job.js'
import { realSchedulePorts } from '@cairn/node/schedule/real.js'
import type { Scheduler, SchedulerName } from '@cairn/node/schedule/scheduler.js'
import { chooseScheduler, installJob, schedulers } from '@cairn/node/schedule/schedulers.js'
import type { Context } from '../../context.js'
import { jobOf, sayWhen } from '../../job.js'
import type { Outcome } from '../../outcome.js'
import { good, safe } from '../../output.js'

interface Options {
  readonly at?: string
  readonly with?: SchedulerName
  readonly print?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const device = await openDevice({ home: context.home, vault: context.vault ?? undefined }, ports.disk)
  const job = jobOf(context, device, options.at)
  const schedule = realSchedulePorts()
  const named = schedulers(schedule).find(({ name }) => name === options.with)
  const scheduler = options.print && named ? named : await chooseScheduler(schedule, options.with)
  if (scheduler.name === 'cron' && options.at !== undefined) {
    return fail('usage', {
      reason: 'cron forgets what it missed, so that it comes by every hour: leave --at out',
    })
  }
  if (options.print) return show(scheduler, job)
  await installJob(schedule, scheduler, job)
  await noteInstalled(ports.disk, device.home, ports.now())
  const [next] = nextRuns(job.when, ports.now(), 1)
  return {
    json: { with: scheduler.name, when: job.when, command: job.command, next: next?.toISOString() ?? null },
    text: `${good('Installed')} with ${scheduler.name}: ${sayWhen(job.when)} it looks for what is due.`,
    next: [...(scheduler.name === 'systemd' ? [LINGER] : []), 'What the system has: cairn schedule status'],
  }
}

const LINGER = 'It runs while you are logged in. To run it always: loginctl enable-linger'

function show(scheduler: Scheduler, job: Job): Outcome {
  const files = scheduler.render(job)
  return {
    json: { with: scheduler.name, when: job.when, command: job.command, files },
    text: files.map(({ path, text }) => `${safe(path)}\n\n${indented(text)}`).join('\n\n'),
  }
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${safe(line)}`))
    .join('\n')
}
