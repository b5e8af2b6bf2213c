import { expect, test } from 'vitest'
import { storesToRetry } from '../../src/plan/retry.js'
import { before, NOW } from './wallets.js'

const kept = (...rows: [days: number, ...stores: string[]][]) =>
  rows.map(([days, ...stores]) => ({ time: before(days), stores }))
const retry = (snapshots: ReturnType<typeof kept>) => storesToRetry(snapshots, ['disk', 'cloud'], NOW)

test('a store that has the newest snapshot is left alone, however old that is', () => {
  expect(retry(kept([400, 'disk', 'cloud']))).toEqual([])
  expect(retry([])).toEqual([])
})

test('a store that missed it is tried again after a day', () => {
  expect(retry(kept([9, 'disk', 'cloud'], [0.9, 'disk']))).toEqual([])
  expect(retry(kept([9, 'disk', 'cloud'], [1, 'disk']))).toEqual(['cloud'])
})

test('the more it missed, the longer is waited, up to a month', () => {
  const missing = (times: number, days: number) =>
    retry(
      kept([900, 'disk', 'cloud'], ...Array.from({ length: times }, (): [number, string] => [days, 'disk'])),
    )
  expect([missing(3, 3.9), missing(3, 4)]).toEqual([[], ['cloud']])
  expect([missing(60, 29.9), missing(60, 30)]).toEqual([[], ['cloud']])
})

test('a store that was never reached counts every snapshot as missed', () => {
  expect(retry(kept([5, 'disk'], [2, 'disk']))).toEqual(['cloud'])
})

test('a clock that was set back does not make it wait', () => {
  expect(retry(kept([-30, 'disk'], [-29, 'disk']))).toEqual(['cloud'])
})
