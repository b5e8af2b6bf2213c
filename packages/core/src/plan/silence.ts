/**
 * Whether the job that a system was given still runs. A timer that was stopped, removed or never woken tells nobody;
 * what it leaves behind is silence, and that can be seen without asking the system.
 */
import type { Alarm } from './alarms.js'
import { AHEAD_DAYS, DAY_MS } from './due.js'

/** A job comes by every day at least; so long a weekend may be. */
export const SILENT_DAYS = 3

export interface Scheduled {
  /** When the job was installed, an instant. */
  readonly installed: string
  /** When it last ran, an instant; null when it did not yet. */
  readonly ran: string | null
}

/**
 * The alarm of a job that did not run for too long. A time to come, of a clock that was ahead, tells nothing.
 * @param job null when there is none, or it was taken away on purpose
 */
export function silentJob(job: Scheduled | null, now: Date): readonly Alarm[] {
  if (job === null) return []
  const passed = (time: string) => now.getTime() - Date.parse(time)
  const known = [job.installed, ...(job.ran === null ? [] : [job.ran])]
  const since = known
    .filter((time) => passed(time) >= -AHEAD_DAYS * DAY_MS)
    .sort()
    .at(-1)
  if (since === undefined) return [{ kind: 'schedule-silent' }]
  return passed(since) > SILENT_DAYS * DAY_MS ? [{ kind: 'schedule-silent', since }] : []
}
