import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ALARMS,
  type Alarm,
  type AlarmKind,
  isSnoozed,
  messageOf,
  REPEAT_AFTER_DAYS,
  type Snooze,
  type Telling,
  type ToldAlarm,
  tellNow,
} from '../../src/plan/alarms.js'

const DAY = 86_400_000
const start = Date.UTC(2026, 0, 5, 9)
const late: Alarm = { kind: 'backup-late', about: 'savings', since: '2026-01-04T09:00:00.000Z' }
const unreached: Alarm = { kind: 'store-unreached', about: 'attic', since: '2026-01-01T09:00:00.000Z' }

interface Day {
  readonly alarms: readonly Alarm[]
  readonly snoozes?: readonly Snooze[]
  /** Days since the start. */
  readonly at: number
}

/** Runs through days, remembering as the product does; what was told on each. */
function live(days: readonly Day[], tell: typeof tellNow = tellNow): readonly Telling[] {
  let told: readonly ToldAlarm[] = []
  return days.map(({ alarms, snoozes = [], at }) => {
    const telling = tell(alarms, { told, snoozes, now: new Date(start + at * DAY) })
    told = telling.told
    return telling
  })
}

const daysTold = (days: readonly Day[]) =>
  live(days).flatMap(({ tell }, i) => (tell.length > 0 ? [days[i]?.at] : []))

describe('an alarm', () => {
  test('is told at once, then at growing intervals, the last of which repeats', () => {
    const days = Array.from({ length: 30 }, (_, at) => ({ alarms: [late], at }))
    expect(daysTold(days)).toEqual([0, 1, 3, 7, 14, 21, 28])
    expect(REPEAT_AFTER_DAYS).toEqual([1, 2, 4, 7])
  })

  test('is told with all others when a new one comes, the worst first', () => {
    const [, second] = live([
      { alarms: [unreached], at: 0 },
      { alarms: [unreached, late], at: 0.1 },
    ])
    expect(second?.tell).toEqual([late, unreached])
  })

  test('that is over is told once, and is new when it comes back', () => {
    const days = live([
      { alarms: [late], at: 0 },
      { alarms: [], at: 0.5 },
      { alarms: [], at: 1 },
      { alarms: [late], at: 1.1 },
    ])
    expect(days.map(({ tell, over }) => [tell.length, over.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [1, 0],
    ])
  })

  test('is not silenced by a clock that was set back', () => {
    expect(
      daysTold([
        { alarms: [late], at: 400 },
        { alarms: [late], at: 2 },
      ]),
    ).toEqual([400, 2])
  })

  test('sleeps until the end of its snooze, and no other does', () => {
    const snoozes: Snooze[] = [
      { kind: 'backup-late', about: 'savings', until: new Date(start + 10 * DAY).toISOString() },
    ]
    const days = [0, 5, 9, 10, 11].map((at) => ({ alarms: [late], snoozes, at }))
    expect(daysTold(days)).toEqual([10, 11])
    expect(isSnoozed({ ...late, about: 'other' }, snoozes, new Date(start))).toBe(false)
    expect(isSnoozed(unreached, snoozes, new Date(start))).toBe(false)
    expect(isSnoozed(unreached, [{ until: snoozes[0]?.until ?? '' }], new Date(start))).toBe(true)
  })
})

const KINDS = Object.keys(ALARMS) as AlarmKind[]

/** Alarms of the days of two months: a few spells, each with its beginning and its length. */
const someDays = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS.slice(0, 3)),
      about: fc.constantFrom('a', 'b'),
      from: fc.nat(60),
      days: fc.integer({ min: 1, max: 30 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((spells) =>
    Array.from({ length: 60 }, (_, day) => {
      const open = spells.filter(({ from, days }) => day >= from && day < from + days)
      const names = new Map(open.map(({ kind, about }) => [`${kind} ${about}`, { kind, about }]))
      return [...names.values()]
    }),
  )

/** On every day that an alarm has lasted for eight days it was told within them; each was told on its first day. */
function neverSilent(tell: typeof tellNow): boolean {
  const holds = (alarms: readonly (readonly Alarm[])[]) => {
    const told = live(
      alarms.map((alarms, at) => ({ alarms, at })),
      tell,
    )
    const has = (list: readonly Alarm[] | undefined, alarm: Alarm) =>
      list?.some(({ kind, about }) => kind === alarm.kind && about === alarm.about) ?? false
    return alarms.every((today, at) =>
      today.every((alarm) => {
        const begun = !has(alarms[at - 1], alarm)
        const lasted = at >= 7 && alarms.slice(at - 7, at).every((day) => has(day, alarm))
        const saidToday = has(told[at]?.tell, alarm)
        if (begun) return saidToday
        return !lasted || told.slice(at - 7, at + 1).some(({ tell }) => has(tell, alarm))
      }),
    )
  }
  return fc.check(fc.property(someDays, holds), { seed: 5, numRuns: 300 }).failed === false
}

describe('over random months', () => {
  test('no alarm is silent on its first day, nor for more than a week', () => {
    expect(neverSilent(tellNow)).toBe(true)
  })

  test.each<[string, typeof tellNow]>([
    [
      'forgets that an alarm ended',
      (alarms, options) => {
        const telling = tellNow(alarms, options)
        return { ...telling, told: [...telling.told, ...telling.over] }
      },
    ],
    [
      'remembers what it did not tell',
      (alarms, options) =>
        tellNow(alarms, {
          ...options,
          told: options.told.map((t) => ({ ...t, times: 1, last: options.now.toISOString() })),
        }),
    ],
  ])('a twin that %s is caught', (_, twin) => {
    expect(neverSilent(twin)).toBe(false)
  })
})

describe('a message', () => {
  const telling = {
    tell: [late, { ...late, about: 'daily', since: '2026-01-02T09:00:00.000Z' }, unreached],
    over: [],
  }

  test('holds no name unless asked for', () => {
    const hidden = messageOf(telling, { names: 'hidden' })
    expect(hidden).toEqual({
      subject: 'Cairn: A backup is late, and 1 more',
      lines: [
        'A backup is late. (2 of them) Since 2026-01-02.',
        'A place of backups was not reached for long. Since 2026-01-01.',
        'See what to do: cairn status',
      ],
    })
    expect(JSON.stringify(hidden)).not.toMatch(/savings|daily|attic/)
    expect(messageOf(telling, { names: 'shown' }).lines[0]).toBe(
      'A backup is late. (savings, daily) Since 2026-01-02.',
    )
  })

  test('says when all is well again', () => {
    const over: ToldAlarm = { kind: 'backup-late', about: 'savings', first: '', last: '', times: 1 }
    expect(messageOf({ tell: [], over: [over] }, { names: 'hidden' })).toEqual({
      subject: 'Cairn: all is well again',
      lines: ['Over: A backup is late.', 'All is well again.'],
    })
  })
})

test('no message says that all is well while another alarm lasts, whether it waits for its turn or sleeps', () => {
  const now = new Date('2026-05-01T12:00:00Z')
  const both = [{ kind: 'backup-late' }, { kind: 'drill-late' }] as const
  const { told } = tellNow(both, { told: [], snoozes: [], now })
  const left = both.slice(1)
  const waits = messageOf(tellNow(left, { told, snoozes: [], now }), { names: 'hidden' })
  expect(waits.subject).toBe('Cairn: A rehearsed restore is due')
  expect(waits.lines).toContain('Over: A backup is late.')
  const snoozes = [{ until: '2026-05-02T12:00:00Z' }]
  const sleeps = messageOf(tellNow(left, { told, snoozes, now }), { names: 'hidden' })
  expect(sleeps.subject).toBe('Cairn: an alarm is over')
  expect(sleeps.lines).not.toContain('All is well again.')
})
