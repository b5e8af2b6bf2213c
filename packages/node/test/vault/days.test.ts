import { describe, expect, it } from 'vitest'
import type { Spell } from '../sim/weather.js'
import { trustsTheClock, trustsTheLastAttempt, years } from './days.js'

/** For some days the clock is far ahead; when it is right again, the timer is dead for ten days. */
const ahead: readonly Spell[] = [
  { kind: 'clock-wrong', from: 20 * 24, to: 25 * 24, aheadMs: 400 * 86_400_000 },
  { kind: 'timer-dead', from: 25 * 24, to: 35 * 24, aheadMs: 0 },
]
const full: readonly Spell[] = [{ kind: 'disk-full', from: 20 * 24, to: 25 * 24, aheadMs: 0 }]

describe('half a year of daily backups', () => {
  it('has no day without a good backup or an alarm, and no alarm when all is well', async () => {
    const { lost, days, backups, alarms } = await years({ seeds: [1], days: 180 })
    expect(lost).toEqual([])
    expect(days).toBeGreaterThan(120)
    expect(backups).toBeGreaterThan(120)
    expect(alarms).toBeGreaterThan(0)
  })

  it.each([
    ['a clock that was set back', ahead],
    ['a disk that is full', full],
  ])('is watched through %s', async (_name, spells) => {
    const { lost, alarms } = await years({ seeds: [1], spells, days: 40 })
    expect(lost).toEqual([])
    expect(alarms).toBeGreaterThan(2)
  })

  it('catches a watch that trusts the last attempt', async () => {
    const { lost } = await years({ seeds: [1], spells: full, days: 30, watch: trustsTheLastAttempt })
    expect(lost[0]).toMatch(/no alarm .* after the last good backup/)
  })

  it('catches a watch that trusts the clock', async () => {
    const { lost } = await years({ seeds: [1], spells: ahead, days: 40, watch: trustsTheClock })
    expect(lost[0]).toMatch(/no alarm .* after the last good backup/)
  })
})
