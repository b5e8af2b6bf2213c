/** A clock that moves only when somebody waits: every wait is over at once, and written down. */
import type { Wait } from '../../src/ports.js'

export interface FakeClock {
  readonly now: () => Date
  readonly wait: Wait
  readonly waits: readonly number[]
  ms: number
}

export function fakeClock(): FakeClock {
  const waits: number[] = []
  const clock: FakeClock = {
    ms: 0,
    waits,
    now: () => new Date(clock.ms),
    wait: async (ms) => {
      waits.push(ms)
      clock.ms += ms
    },
  }
  return clock
}
