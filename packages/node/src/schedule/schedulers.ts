/** The systems that run jobs, in the order in which they are preferred. */
import { fail } from '@cairn/core/errors.js'
import { cron } from './cron.js'
import type { Job } from './job.js'
import { launchd } from './launchd.js'
import type { Installed, SchedulePorts, Scheduler, SchedulerName } from './scheduler.js'
import { systemd } from './systemd.js'
import { windows } from './windows.js'

export function schedulers(ports: SchedulePorts): readonly Scheduler[] {
  return [systemd(ports), launchd(ports), windows(ports), cron(ports)]
}

/** The one with this name, or the first that is usable. @throws CairnError `schedule-none` */
export async function chooseScheduler(ports: SchedulePorts, name?: SchedulerName): Promise<Scheduler> {
  for (const scheduler of schedulers(ports)) {
    if (name !== undefined && scheduler.name !== name) continue
    if (await scheduler.usable()) return scheduler
  }
  return fail('schedule-none')
}

/** Takes the place of what any other system has of this vault, so that two never run it; that goes last. */
export async function installJob(ports: SchedulePorts, chosen: Scheduler, job: Job): Promise<void> {
  await chosen.install(job)
  for (const other of schedulers(ports)) {
    if (other.name !== chosen.name && (await other.usable())) await other.remove(job.id)
  }
}

export interface Has extends Installed {
  readonly with: SchedulerName
}

/** What every usable system says that it has of this vault. */
export async function readJobs(ports: SchedulePorts, id: string): Promise<readonly Has[]> {
  const found: Has[] = []
  for (const scheduler of schedulers(ports)) {
    const installed = (await scheduler.usable()) ? await scheduler.read(id) : null
    if (installed) found.push({ with: scheduler.name, ...installed })
  }
  return found
}

/** Names of the systems that had a job of this vault. */
export async function removeJobs(ports: SchedulePorts, id: string): Promise<readonly SchedulerName[]> {
  const removed: SchedulerName[] = []
  for (const scheduler of schedulers(ports)) {
    if ((await scheduler.usable()) && (await scheduler.remove(id))) removed.push(scheduler.name)
  }
  return removed
}
