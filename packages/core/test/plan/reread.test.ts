import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseRereads, type LastReads, rereadWithin, withListing } from '../../src/plan/reread.js'
import { type Choose, daily, type Months, newestFirst, simulate } from './rereading.js'

type IsTrue = (outcome: ReturnType<typeof simulate>) => boolean

const property = (choose: Choose, isTrue: IsTrue) =>
  fc.property(daily, (months) => isTrue(simulate(months, choose)))
const holds = (choose: Choose, isTrue: IsTrue) =>
  fc.assert(property(choose, isTrue), { seed: 2026, numRuns: 60 })
/** A twin is caught with these months, whatever the seed of the day. */
const isCaught = (twin: Choose, isTrue: IsTrue) =>
  fc.check(property(twin, isTrue), { seed: 77, numRuns: 60, endOnFailure: true }).failed
const inTime = ({ late }: { late: number }) => late === 0
const frugal = ({ readPerMonth }: { readPerMonth: number }) => readPerMonth < 1.6

/** Twins: the same with one thing wrong. */
const twoMonths: Choose = (reads) => {
  const order = [...reads].sort(([, a], [, b]) => a.atMs - b.atMs)
  return order.slice(0, Math.ceil(order.length / 60)).map(([key]) => key)
}
const always: Choose = (reads) => [...reads.keys()]
const atTheEnd: Choose = (reads, pace) =>
  chooseRereads(
    new Map([...reads].filter(([, { atMs }]) => pace.now.getTime() - atMs > 27 * 86_400_000)),
    pace,
  )

describe('what daily backups read again', () => {
  it('is everything within 30 days, over months, with growth and pruning', () => {
    holds(chooseRereads, inTime)
  })

  it('is little more than everything once', () => {
    holds(chooseRereads, frugal)
  })

  it('is spread over the days', () => {
    const backups = Array.from({ length: 100 }, () => ({ hours: 24, added: [], pruned: 0 }))
    const months = { first: Array.from({ length: 100 }, () => 100_000), backups }
    expect(simulate(months, chooseRereads).largestShare).toBeLessThanOrEqual(0.05)
    // the twin waits until it must
    expect(simulate(months, atTheEnd).largestShare).toBeGreaterThan(0.5)
  })

  it.each([
    ['reads the newest first, so that some are never read', newestFirst],
    ['reads a sixtieth each day', twoMonths],
  ])('is not in time in a twin that %s', (_name, twin) => {
    expect(isCaught(twin, inTime)).toBe(true)
  })

  it('is too much in a twin that reads everything each time', () => {
    holds(always, inTime)
    expect(isCaught(always, frugal)).toBe(true)
  })
})

describe('what other backups read again', () => {
  const first = Array.from({ length: 60 }, (_, i) => 50_000 + 1000 * i)
  const every = (hours: number, days: number): Months => ({
    first,
    backups: Array.from({ length: (days * 24) / hours }, () => ({ hours, added: [], pruned: 0 })),
  })

  it.each([1, 6, 24, 24 * 7])('is everything once a month with one each %i hours', (hours) => {
    const { late, readPerMonth } = simulate(every(hours, 120), chooseRereads)
    expect(late).toBe(0)
    expect(readPerMonth).toBeLessThan(1.5)
  })

  it('is bounded in bytes, the oldest first, also after a year without one', () => {
    const nowMs = 500 * 86_400_000
    const reads: LastReads = new Map(
      first.map((size, i) => [`${i}`, { size, atMs: 1000 - i, state: 'read' } as const]),
    )
    const pace = { now: new Date(nowMs), sinceMs: 365 * 86_400_000, mostBytes: 1_000_000 }
    const chosen = chooseRereads(reads, pace)
    expect(chosen.slice(0, 3)).toEqual(['59', '58', '57'])
    expect(chosen.length).toBe(5)
    expect(chooseRereads(reads, { ...pace, mostBytes: 2 ** 30 })).toHaveLength(60)
  })

  it('begins with what was never read', () => {
    const reads: LastReads = new Map([
      ['old', { size: 1, atMs: 0, state: 'read' }],
      ['never', { size: 1, atMs: 1, state: 'seen' }],
    ])
    const pace = { now: new Date(90 * 86_400_000), sinceMs: 86_400_000, mostBytes: 70_000 }
    expect(chooseRereads(reads, pace)).toEqual(['never'])
  })
})

describe('what is known of the things that a store lists', () => {
  const now = new Date(1000)
  const known: LastReads = new Map([
    ['same', { size: 1, atMs: 500, state: 'read' }],
    ['gone', { size: 1, atMs: 500, state: 'read' }],
    ['other', { size: 1, atMs: 500, state: 'read' }],
    ['future', { size: 1, atMs: 2000, state: 'read' }],
  ])

  it('is forgotten with what is gone, of another size, or dated by a wrong clock', () => {
    const listed = new Map([
      ['same', 1],
      ['other', 2],
      ['future', 1],
      ['new', 3],
    ])
    expect(withListing(known, listed, now)).toEqual(
      new Map([
        ['same', { size: 1, atMs: 500, state: 'read' }],
        ['other', { size: 2, atMs: 1000, state: 'seen' }],
        ['future', { size: 1, atMs: 1000, state: 'seen' }],
        ['new', { size: 3, atMs: 1000, state: 'seen' }],
      ]),
    )
  })

  it('says how much was read within 30 days, and since when the oldest waits', () => {
    const day = 86_400_000
    const reads: LastReads = new Map([
      ['a', { size: 10, atMs: 40 * day, state: 'read' }],
      ['b', { size: 20, atMs: 5 * day, state: 'read' }],
      ['c', { size: 40, atMs: 40 * day, state: 'seen' }],
    ])
    expect(rereadWithin(reads, new Date(41 * day))).toEqual({
      bytes: 10,
      objects: 1,
      ofBytes: 70,
      ofObjects: 3,
      oldestMs: 5 * day,
    })
    expect(rereadWithin(new Map(), now)).toEqual({ bytes: 0, objects: 0, ofBytes: 0, ofObjects: 0 })
  })
})
