import { describe, expect, test } from 'vitest'
import { historyOf, type Remembered } from '../../src/plan/history.js'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour)).toISOString()
const snapshot = (day: number, days = 3, stores = ['usb', 'cloud']) => ({
  time: at(day),
  next_expected_by: at(day + days),
  wallets: ['savings'],
  stores,
})
const span = (day: number, count: number) => ({
  now: new Date(at(day, 12)),
  count,
  dayOf: (time: Date) => time.toISOString().slice(0, 10),
})
const nothing: Remembered = { wallets: ['savings'], stores: ['usb'], snapshots: [], drills: [], runs: [] }
const walletDays = (past: Partial<Remembered>, day = 10, count = 10) =>
  historyOf({ ...nothing, ...past }, span(day, count)).wallets[0]?.days
const storeDays = (past: Partial<Remembered>, day = 10, count = 10) =>
  historyOf({ ...nothing, ...past }, span(day, count)).stores[0]?.days

describe('the past of a wallet', () => {
  test('has its snapshots, quiet days while nothing was due, late ones after it', () => {
    expect(walletDays({ snapshots: [snapshot(2), snapshot(4)] })).toEqual([
      'before',
      'saved',
      'quiet',
      'saved',
      'quiet',
      'quiet',
      'quiet',
      'late',
      'late',
      'late',
    ])
  })

  test('is late by the date of the wallet where that is later than that of the machine', () => {
    const snapshots = [{ ...snapshot(7), expected: { savings: at(9) } }]
    expect(walletDays({ snapshots }, 10, 2)).toEqual(['quiet', 'late'])
    const later = [{ ...snapshot(7), expected: { savings: at(20), others: at(8) } }]
    expect(walletDays({ snapshots: later }, 12, 2)).toEqual(['quiet', 'quiet'])
  })

  test('is not late today before the hour has come', () => {
    const snapshots = [snapshot(7)]
    expect(walletDays({ snapshots }, 10, 1)).toEqual(['late']) // 10:00 is over at noon
    expect(
      historyOf({ ...nothing, snapshots }, { ...span(10, 1), now: new Date(at(10, 9)) }).wallets[0]?.days,
    ).toEqual(['quiet'])
  })

  test('has its drills, and a difference before all', () => {
    const drills = [
      { time: at(3), name: 'savings', result: 'proven' as const },
      { time: at(4), name: 'savings', result: 'differs' as const },
      { time: at(4, 11), name: 'savings', result: 'proven' as const },
      { time: at(5), name: 'other', result: 'differs' as const },
      { time: at(5), name: 'savings', result: 'incomplete' as const },
    ]
    expect(walletDays({ snapshots: [snapshot(2), snapshot(4)], drills }, 5, 4)).toEqual([
      'saved',
      'proven',
      'differs',
      'quiet',
    ])
  })

  test('has runs that failed, for it or for all, unless one worked that day', () => {
    const run = (day: number, more: object) => ({
      time: at(day, 9),
      what: 'backup' as const,
      wallets: [],
      stores: [],
      ...more,
    })
    const runs = [
      run(2, { error: 'store-unreachable' }),
      run(3, { error: 'store-unreachable' }),
      run(4, { wallets: [{ name: 'savings', state: 'failed' }] }),
      run(5, { wallets: [{ name: 'other', state: 'failed' }] }),
      run(6, { what: 'check' as const, error: 'vault-busy' }),
    ]
    expect(walletDays({ snapshots: [snapshot(2, 30)], runs }, 6, 5)).toEqual([
      'saved',
      'failed',
      'failed',
      'quiet',
      'quiet',
    ])
  })
})

describe('the past of a store', () => {
  test('has what it took, when it was away, what was found wrong in it', () => {
    const stores = (state: string) => [{ name: 'usb', state }]
    const runs = [
      { time: at(3), what: 'backup' as const, wallets: [], stores: stores('unreachable'), sent: 7 },
      { time: at(4), what: 'check' as const, wallets: [], stores: stores('damaged') },
    ]
    const snapshots = [snapshot(2), snapshot(3, 3, ['cloud'])]
    expect(storeDays({ snapshots, runs }, 6, 6)).toEqual([
      'before',
      'saved',
      'away',
      'differs',
      'quiet',
      'late',
    ])
    expect(historyOf({ ...nothing, snapshots, runs }, span(4, 3)).sent).toEqual([0, 7, 0])
  })
})

test('days are those of the person, through a change of the clock', () => {
  const berlin = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' })
  const late = {
    ...snapshot(1),
    time: '2026-10-25T23:30:00.000Z',
    next_expected_by: '2026-11-25T23:30:00.000Z',
  }
  const { days, wallets } = historyOf(
    { ...nothing, snapshots: [late] },
    { now: new Date('2026-10-27T12:00:00.000Z'), count: 4, dayOf: (time) => berlin.format(time) },
  )
  expect(days).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27'])
  expect(wallets[0]?.days).toEqual(['before', 'before', 'saved', 'quiet'])
})
