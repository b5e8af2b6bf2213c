import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { nextRuns, type When } from '../../src/schedule/job.js'
import { onCalendar } from '../../src/schedule/systemd.js'

const hourly = (minute: number): When => ({ kind: 'hourly', minute })
const daily = (hour: number, minute: number): When => ({ kind: 'daily', hour, minute })

describe('the next runs', () => {
  test('are later than now, each after the one before', () => {
    const from = new Date(2026, 10, 26, 12, 7)
    expect(nextRuns(hourly(7), from, 2)).toEqual([
      new Date(2026, 10, 26, 13, 7),
      new Date(2026, 10, 26, 14, 7),
    ])
    expect(nextRuns(daily(12, 7), from, 1)).toEqual([new Date(2026, 10, 27, 12, 7)])
    expect(nextRuns(daily(12, 8), from, 1)).toEqual([new Date(2026, 10, 26, 12, 8)])
  })
})

/** Both changes of clocks, in zones of an hour and of half an hour, and a zone without. */
const ZONES: readonly (readonly [zone: string, from: string])[] = [
  ['UTC', '2026-11-26 12:00:30'],
  ['Europe/Berlin', '2026-03-28 22:05:00'],
  ['Europe/Berlin', '2026-10-24 22:05:00'],
  ['America/New_York', '2026-03-07 23:59:59'],
  ['America/New_York', '2026-10-31 23:59:59'],
  ['Australia/Lord_Howe', '2026-04-04 22:30:00'],
  ['Australia/Lord_Howe', '2026-10-03 22:30:00'],
  ['Asia/Kathmandu', '2026-12-31 23:00:00'],
]
const TIMES: readonly When[] = [hourly(7), hourly(59), daily(2, 30), daily(0, 0), daily(1, 45)]
const COUNT = 5

const hasSystemd = canAnalyze()
if (!hasSystemd)
  leaveOut('next runs against systemd', { because: 'systemd-analyze is missing (apt install systemd)' })

describe.runIf(hasSystemd)('systemd agrees on the next runs', () => {
  test.each(ZONES)('in %s from %s', (zone, base) => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      const from = new Date(base.replace(' ', 'T'))
      for (const when of TIMES) {
        const ours = nextRuns(when, from, COUNT).map((date) => date.toISOString())
        expect(ours, onCalendar(when)).toEqual(theirs(onCalendar(when), base, zone))
      }
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })

  test('and a twin that counts an hour twice when clocks go back is caught', () => {
    const twin = (from: number) =>
      Array.from({ length: COUNT }, (_, i) => new Date(from + (i + 1) * 3_600_000).toISOString())
    const from = Date.parse('2026-10-24T22:07:00.000Z')
    const found = theirs('*-*-* *:07:00', '2026-10-25 00:07:00', 'Europe/Berlin')
    expect(found[0]).toBe(twin(from)[0])
    expect(found).not.toEqual(twin(from))
  })
})

function theirs(expression: string, base: string, zone: string): readonly string[] {
  const printed = execFileSync(
    'systemd-analyze',
    ['calendar', `--base-time=${base}`, `--iterations=${COUNT}`, expression],
    { encoding: 'utf8', env: { ...process.env, TZ: zone } },
  )
  // in UTC the line "(in UTC)" is left out
  const line = zone === 'UTC' ? /(?:Next elapse|#\d+): \w+ (\S+ \S+) UTC/g : /\(in UTC\): \w+ (\S+ \S+) UTC/g
  return [...printed.matchAll(line)].map(([, time = '']) =>
    new Date(`${time.replace(' ', 'T')}Z`).toISOString(),
  )
}

function canAnalyze(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
