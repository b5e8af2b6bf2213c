/**
 * What a system is to run by itself: one command that finds out what is due, and when. How each system is told is in
 * the files beside this one. Local time; a time that a change of clocks leaves out is left out, one that comes twice
 * counts once, as in systemd.time(7).
 */

/** Every hour at a minute, or once a day. */
export type When =
  | { readonly kind: 'hourly'; readonly minute: number }
  | { readonly kind: 'daily'; readonly hour: number; readonly minute: number }

export interface Job {
  /** Eight hex digits of the vault: jobs of two vaults are two. */
  readonly id: string
  readonly when: When
  /** Absolute path of the program, then its arguments; no secret. */
  readonly command: readonly string[]
  /** Variables that the command needs. */
  readonly env: Readonly<Record<string, string>>
}

/** So long after its time a run may begin, so that not every machine of the world calls a store at the same moment. */
export const JITTER_MINUTES = 10

/** What systems show to people. */
export const TITLE = 'Cairn: back up wallets that are due'

/** The next moments at which a job runs, all later than `from`. */
export function nextRuns(when: When, from: Date, count: number): readonly Date[] {
  const runs: Date[] = []
  for (let day = 0; runs.length < count; day++) {
    for (const hour of when.kind === 'daily' ? [when.hour] : HOURS) {
      const run = at(from, { day, hour, minute: when.minute })
      if (run && run > from && runs.length < count) runs.push(run)
    }
  }
  return runs
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

interface Clock {
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** Null where the clocks skip that time. */
function at(from: Date, { day, hour, minute }: Clock): Date | null {
  const date = new Date(from.getFullYear(), from.getMonth(), from.getDate() + day, hour, minute)
  return date.getHours() === hour && date.getMinutes() === minute ? date : null
}
