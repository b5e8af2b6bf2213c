import { describe, expect, it } from 'vitest'
import { type StoreState, storeDue, type Task, type WalletState, walletDue } from '../../src/plan/due.js'

const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000)
const at = (n: number) => day(n).toISOString()
const saved = { time: at(0), next_expected_by: at(31) }
const told = (tasks: readonly Task[]) =>
  tasks.map(({ what, why, overdue }) => `${what}: ${why}${overdue ? '!' : ''}`)

describe('what is due of a wallet', () => {
  const cases: readonly (readonly [string, WalletState, number, readonly string[]])[] = [
    ['was never saved', {}, 0, ['backup: never-saved!']],
    ['was saved and never proven', { saved }, 30, ['drill: never-proven']],
    ['was saved too long ago', { saved }, 32, ['backup: late!', 'drill: never-proven']],
    ['was proven', { saved, proven: at(1) }, 30, []],
    [
      'was proven long ago',
      { saved: { ...saved, next_expected_by: at(365) }, proven: at(1) },
      92,
      ['drill: drill-old!'],
    ],
    [
      'was never proven for long',
      { saved: { ...saved, next_expected_by: at(365) } },
      91,
      ['drill: never-proven!'],
    ],
    ['was saved by a clock a little ahead', { saved, proven: at(-1) }, -0.9, []],
    ['was saved before the clock was set back', { saved, proven: at(-3) }, -2, ['backup: ahead!']],
    ['was proven before the clock was set back', { saved, proven: at(3) }, 1, ['drill: drill-old!']],
    ['earned a longer interval', { saved, proven: at(-100), drillDays: 135 }, 30, []],
    ['used that up too', { saved, proven: at(-106), drillDays: 135 }, 30, ['drill: drill-old!']],
    ['changed after it was proven', { saved, proven: at(1), changed: at(2) }, 3, ['drill: drill-changed!']],
    ['changed and was never proven', { saved, changed: at(2) }, 3, ['drill: never-proven']],
    ['differed', { saved, proven: at(1), differs: at(2) }, 3, ['drill: drill-differs!']],
  ]
  it.each(cases)('that %s', (_name, state, now, tasks) => {
    expect(told(walletDue(state, day(now)))).toEqual(tasks)
  })
})

describe('what is due of a store', () => {
  const well: StoreState = { damaged: 0, newest: saved, holdsNewest: true, reached: at(0) }
  const cases: readonly (readonly [string, Partial<StoreState>, number, readonly string[]])[] = [
    ['is well', {}, 31, []],
    ['holds damage', { damaged: 1 }, 1, ['check: damaged!']],
    ['lied', { lied: at(1) }, 1, ['check: lied!']],
    ['is a drive that waits for its turn', { holdsNewest: false, turn: 'away' }, 1, ['backup: behind']],
    ['lacks the newest snapshot', { holdsNewest: false }, 1, ['backup: behind!']],
    ['was not reached for longer than a backup is expected', {}, 32, ['connect: not-reached!']],
    ['was reached before the clock was set back', { reached: at(33) }, 31, ['connect: not-reached!']],
    [
      'was never reached',
      { reached: undefined, holdsNewest: false },
      1,
      ['backup: behind!', 'connect: not-reached!'],
    ],
    ['has nothing to hold yet', { newest: undefined, holdsNewest: false, reached: undefined }, 400, []],
    ['was read again within two months', { oldestRead: at(-55) }, 1, []],
    ['was not read again for two months', { oldestRead: at(-60) }, 1, ['check: not-reread']],
    ['was reviewed half a year ago', { reviewed: at(-179) }, 1, []],
    ['was reviewed longer ago', { reviewed: at(-181) }, 1, ['review: review-old']],
    ['was not reviewed a month after it was due', { reviewed: at(-210) }, 1, ['review: review-old!']],
  ]
  it.each(cases)('that %s', (_name, state, now, tasks) => {
    expect(told(storeDue({ ...well, ...state }, day(now)))).toEqual(tasks)
  })

  it('says since when', () => {
    expect(storeDue({ ...well, reviewed: at(-181) }, day(1))).toEqual([
      { what: 'review', why: 'review-old', since: at(-181), overdue: false },
    ])
  })
})
