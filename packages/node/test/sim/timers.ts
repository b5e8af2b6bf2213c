/**
 * The timers of systems, as far as they matter to what they start: when a job comes up by the clock of the machine, and
 * what becomes of times that it slept through or that a change of clocks left out. Hours; minutes are those of the job.
 */
import { onTheWall } from './weather.js'

export type System = 'systemd' | 'launchd' | 'windows' | 'cron'

/** Catches up with what was missed: cron and a timer without `Persistent=` do not. */
export type CatchUp = 'persistent' | 'forgets'

export interface Timer {
  /** Null for every hour. */
  readonly hour: number | null
  readonly minute: number
  readonly catchUp: CatchUp
}

/** What comes up while the machine is awake: called once an hour, with the clock of the machine. */
export interface Ticking {
  /** Minutes of this hour at which the job starts; the first one may be a catch-up at once. */
  starts(clockMs: number, random: () => number): readonly number[]
}

/** So long after its time systemd and Windows may begin. */
const JITTER_MINUTES = 10

export function ticking({ hour, minute, catchUp }: Timer): Ticking {
  let last: string | null = null
  let lastMs = 0
  return {
    starts: (clockMs, random) => {
      const jitter = catchUp === 'persistent' ? Math.floor(random() * JITTER_MINUTES) : 0
      const slot = slotOf(hour, clockMs)
      const isNow = hour === null || onTheWall(clockMs).hour === hour
      // systemd: "If we appear to have triggered in the future, the system clock must have been set backwards": rewind
      const isBack = clockMs < lastMs
      lastMs = clockMs
      const isMissed = last !== null && slot !== last && !isBack
      const before = last
      last = slot
      if (before === null || isBack) return []
      if (isNow && slot !== before) return [minute + jitter]
      return isMissed && catchUp === 'persistent' ? [jitter] : []
    },
  }
}

/** Names the last time at which the job was to start. */
function slotOf(hour: number | null, clockMs: number): string {
  const wall = onTheWall(clockMs)
  if (hour === null) return `${wall.day} ${wall.hour} ${Math.floor(clockMs / 3_600_000)}`
  const day = wall.hour >= hour ? wall.day : onTheWall(clockMs - 86_400_000).day
  return day
}
