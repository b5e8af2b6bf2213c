import { expect, test } from 'vitest'
import { silentJob } from '../../src/plan/silence.js'
import { before, NOW } from './wallets.js'

const now = new Date(NOW)
const job = (installed: number, ran: number | null) =>
  silentJob({ installed: before(installed), ran: ran === null ? null : before(ran) }, now)

test('a computer without a job misses none', () => {
  expect(silentJob(null, now)).toEqual([])
})

test('a job that ran within three days is well, whenever it was installed', () => {
  expect([job(400, 2.9), job(400, 0), job(1, 0.5)]).toEqual([[], [], []])
})

test('a job that did not run for longer is an alarm since it last ran', () => {
  expect(job(400, 3.1)).toEqual([{ kind: 'schedule-silent', since: before(3.1) }])
})

test('a job that never ran is an alarm three days after it was installed, also when one before it ran', () => {
  expect([job(2.9, null), job(2.9, 400)]).toEqual([[], []])
  expect([job(3.1, null), job(3.1, 400)]).toEqual([
    [{ kind: 'schedule-silent', since: before(3.1) }],
    [{ kind: 'schedule-silent', since: before(3.1) }],
  ])
})

test('what is dated ahead of the clock is not believed, and the rest is', () => {
  expect([job(9, -0.5), job(9, -2)]).toEqual([[], [{ kind: 'schedule-silent', since: before(9) }]])
  expect([job(-700, 0.5), job(-700, -700), job(-700, null)]).toEqual([
    [],
    [{ kind: 'schedule-silent' }],
    [{ kind: 'schedule-silent' }],
  ])
})
