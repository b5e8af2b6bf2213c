import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, hasRule, planRetention, type Rules } from '../../src/vault/retention.js'

const DAY_MS = 86_400_000
const START = Date.parse('2026-01-01T12:00:00.000Z')
const now = new Date(START + 1000 * DAY_MS)
const none: ReadonlySet<string> = new Set()

function snapshot(seq: number, ms: number, wallets: readonly string[] = ['savings']): Candidate {
  return { id: `id${seq}`, seq, time: new Date(ms).toISOString(), wallets }
}

/** One a day. */
const daily = (count: number) => Array.from({ length: count }, (_, i) => snapshot(i + 1, START + i * DAY_MS))

const plan = (snapshots: readonly Candidate[], rules: Rules, proven = none) =>
  planRetention({ snapshots, rules, proven, now })

const kept = (snapshots: readonly Candidate[], rules: Rules, proven = none) =>
  plan(snapshots, rules, proven).keep.map((row) => row.snapshot.seq)

describe('retention', () => {
  it('forgets nothing without a rule', () => {
    expect(plan(daily(30), {}).forget).toEqual([])
    expect(plan(daily(30), { daily: 0 }).forget).toEqual([])
  })

  it('keeps the last so many', () => {
    expect(kept(daily(30), { last: 3 })).toEqual([28, 29, 30])
  })

  it('keeps the newest of each hour, day, week, month and year', () => {
    const hours = Array.from({ length: 48 }, (_, i) => snapshot(i + 1, START + i * (DAY_MS / 48)))
    expect(kept(hours, { hourly: 2 })).toEqual([46, 48])
    expect(kept(hours, { daily: 7 })).toEqual([24, 48])
    // 2026-01-01 was a Thursday: weeks end on the 4th, 11th, 18th and 25th
    expect(kept(daily(28), { weekly: 3 })).toEqual([18, 25, 28])
    expect(kept(daily(90), { monthly: 12 })).toEqual([31, 59, 90])
    expect(kept(daily(800), { yearly: 5 })).toEqual([365, 730, 800])
  })

  it('keeps all of so many days before the newest, whatever the time is now', () => {
    expect(kept(daily(30), { withinDays: 2 })).toEqual([28, 29, 30])
  })

  it('keeps for each wallet what the rules say of it, and its newest whatever they say', () => {
    const some = [
      snapshot(1, START, ['gone']),
      snapshot(2, START + DAY_MS, ['one', 'two']),
      snapshot(3, START + DAY_MS + 1, ['one']),
      snapshot(4, START + 2 * DAY_MS, ['one']),
    ]
    expect(kept(some, { last: 1 })).toEqual([1, 2, 4])
    expect(kept(some, { daily: 2 })).toEqual([1, 2, 3, 4])
  })

  it('keeps what has one of the tags, and without other rules nothing else but the newest', () => {
    const some = daily(9).map((each) => ({ ...each, tags: each.seq % 4 === 0 ? ['a', 'b'] : ['c'] }))
    expect(kept(some, { tags: ['b', 'x'] })).toEqual([4, 8, 9])
    expect(kept(some, { tags: [] })).toHaveLength(9)
  })

  it('keeps what was proven last', () => {
    expect(kept(daily(30), { last: 1 }, new Set(['id7']))).toEqual([7, 30])
  })

  it('says why', () => {
    const { keep } = plan(daily(3), { last: 1, yearly: 1 }, new Set(['id1']))
    expect(keep.map(({ why }) => why)).toEqual([['proven'], ['newest', 'last', 'yearly']])
  })

  it('forgets no more because a clock ran ahead for a month, or was at 1970', () => {
    const honest = daily(60)
    for (const wrong of [START + 900 * DAY_MS, START + 9000 * DAY_MS, 0]) {
      const some = honest.map((each, i) =>
        i >= 20 && i < 50 ? { ...each, time: at(wrong + i * DAY_MS) } : each,
      )
      const without = honest.filter((_, i) => i < 20 || i >= 50)
      const seqs = kept(some, { daily: 15, monthly: 3 })
      if (wrong > now.getTime())
        expect(seqs).toEqual(expect.arrayContaining(kept(without, { daily: 15, monthly: 3 })))
      expect(seqs).toEqual(expect.arrayContaining([51, 55, 60]))
    }
  })
})

const at = (ms: number) => new Date(ms).toISOString()

const rule = fc.option(fc.nat(5), { nil: undefined })
const rules = fc
  .record({
    last: rule,
    hourly: rule,
    daily: rule,
    weekly: rule,
    monthly: rule,
    yearly: rule,
    withinDays: rule,
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, n]) => n !== undefined)) as Rules)
const wallets = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
/** Chains of an honest clock: times grow with the sequence. */
const chains = fc.array(fc.tuple(fc.nat(3 * DAY_MS), wallets), { maxLength: 60 }).map((steps) => {
  let ms = START
  return steps.map(([step, some], i) => {
    ms += step
    return snapshot(i + 1, ms, some)
  })
})
const anyTime = fc.integer({ min: 0, max: START + 5000 * DAY_MS })

describe('whatever the rules', () => {
  it('every snapshot is kept or forgotten, and never the newest of a wallet nor one that was proven', () => {
    fc.assert(
      fc.property(
        chains,
        rules,
        fc.array(fc.tuple(fc.nat(59), anyTime)),
        fc.nat(59),
        (chain, some, wrong, i) => {
          const times = new Map(wrong)
          const snapshots = chain.map((each, j) =>
            times.has(j) ? { ...each, time: at(times.get(j) ?? 0) } : each,
          )
          const proven = new Set([`id${i}`])
          const { keep, forget } = plan(snapshots, some, proven)
          const ids = new Set(keep.map((row) => row.snapshot.id))
          expect([...ids, ...forget.map(({ id }) => id)].sort()).toEqual(snapshots.map(({ id }) => id).sort())
          for (const name of ['a', 'b', 'c']) {
            const newest = snapshots.findLast((each) => each.wallets.includes(name))
            if (newest) expect(ids).toContain(newest.id)
          }
          if (snapshots.some(({ id }) => proven.has(id))) expect(ids).toContain(`id${i}`)
        },
      ),
      { seed: 2026 },
    )
  })

  it('planning again forgets nothing more', () => {
    fc.assert(
      fc.property(chains, rules, (chain, some) => {
        const left = plan(chain, some).keep.map((row) => row.snapshot)
        expect(plan(left, some).forget).toEqual([])
      }),
      { seed: 2026 },
    )
  })

  it('a snapshot that is dated into the future costs no other its place', () => {
    fc.assert(
      fc.property(chains, rules, fc.nat(59), fc.integer({ min: 2, max: 4000 }), (chain, some, i, days) => {
        const late = chain.map((each, j) =>
          j === i ? { ...each, time: at(now.getTime() + days * DAY_MS) } : each,
        )
        const others = chain.filter((_, j) => j !== i)
        const keeps = (snapshots: readonly Candidate[]) => kept(snapshots, { ...some, last: 0 })
        if (hasRule({ ...some, last: 0 }))
          expect(keeps(late)).toEqual(expect.arrayContaining(sameNewest(keeps(others), others, chain)))
      }),
      { seed: 2026 },
    )
  })

  it('is caught in a twin that takes places by the clock', () => {
    const chain = daily(30)
    const late = chain.map((each, j) =>
      j > 9 && j < 20 ? { ...each, time: at(now.getTime() + j * DAY_MS) } : each,
    )
    const byClock = [...late].sort((a, b) => (a.time < b.time ? -1 : 1)).slice(-5)
    expect(byClock.map(({ seq }) => seq)).not.toContain(30)
    expect(kept(late, { last: 5, daily: 5 })).toEqual(expect.arrayContaining([26, 27, 28, 29, 30]))
  })
})

/** Without those that are kept only since the one left out is not there to be the newest of its wallets. */
function sameNewest(seqs: readonly number[], others: readonly Candidate[], chain: readonly Candidate[]) {
  const newest = (some: readonly Candidate[]) =>
    new Set(['a', 'b', 'c'].map((name) => some.findLast(({ wallets }) => wallets.includes(name))?.seq))
  const onlyThere = [...newest(others)].filter((seq) => !newest(chain).has(seq))
  return seqs.filter((seq) => !onlyThere.includes(seq))
}
