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
 * The alarm of a job that did not run for too long. A time from the future tells nothing.
 * @param job null when there is none, or it was taken away on purpose
 */
export function silentJob(job: Scheduled | null, now: Date): readonly Alarm[] {
  if (job === null) return []
  const since = job.ran !== null && job.ran > job.installed ? job.ran : job.installed
  const passed = now.getTime() - Date.parse(since)
  if (passed > SILENT_DAYS * DAY_MS) return [{ kind: 'schedule-silent', since }]
  return passed < -AHEAD_DAYS * DAY_MS ? [{ kind: 'schedule-silent' }] : []
}
