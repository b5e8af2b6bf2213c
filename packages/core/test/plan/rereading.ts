/**
 * Months of backups over one store, in which what `choose` picks is read: how old things got before they were read
 * again, and how much was read for that.
 */
import * as fc from 'fast-check'
import { DAY_MS } from '../../src/plan/due.js'
import {
  chooseRereads,
  type LastRead,
  type LastReads,
  type Pace,
  REREAD_DAYS,
  withListing,
} from '../../src/plan/reread.js'

export type Choose = (reads: LastReads, pace: Pace) => readonly string[]

export interface Months {
  /** Sizes of what lies there before the first day, never read. */
  readonly first: readonly number[]
  /** For each backup: hours since the one before, sizes of what it adds, and how many of the oldest are pruned. */
  readonly backups: readonly {
    readonly hours: number
    readonly added: readonly number[]
    readonly pruned: number
  }[]
  readonly mostBytes?: number
}

export interface Outcome {
  /** Things that were not read within 30 days at some moment after the first 30. */
  readonly late: number
  /** Bytes read, as a multiple of what lay there, each month. */
  readonly readPerMonth: number
  /** Bytes of the largest single reading, as a share of what lay there. */
  readonly largestShare: number
}

export function simulate({ first, backups, mostBytes = 2 ** 40 }: Months, choose: Choose): Outcome {
  const start = Date.parse('2026-01-01T00:00:00.000Z')
  const listed = new Map(first.map((size, i) => [`objects/first-${i}`, size]))
  const since = new Map([...listed.keys()].map((key) => [key, start]))
  let reads: Map<string, LastRead> = withListing(new Map(), listed, new Date(start))
  let nowMs = start
  let [late, shares, largestShare] = [0, 0, 0]
  for (const [i, { hours, added, pruned }] of backups.entries()) {
    const sinceMs = hours * 3_600_000
    nowMs += sinceMs
    late += [...since.values()].filter((at) => nowMs - at > REREAD_DAYS * DAY_MS).length
    for (const key of [...listed.keys()].slice(0, Math.min(pruned, listed.size - 1))) {
      listed.delete(key)
      since.delete(key)
    }
    for (const [n, size] of added.entries()) {
      listed.set(`objects/${i}-${n}`, size)
      reads.set(`objects/${i}-${n}`, { size, atMs: nowMs, state: 'read' })
      since.set(`objects/${i}-${n}`, nowMs)
    }
    reads = withListing(reads, listed, new Date(nowMs))
    const all = sum(listed.values())
    const chosen = choose(reads, { now: new Date(nowMs), sinceMs, mostBytes })
    const bytes = sum(chosen.map((key) => listed.get(key) ?? Number.NaN))
    for (const key of chosen) {
      reads.set(key, { size: listed.get(key) ?? 0, atMs: nowMs, state: 'read' })
      since.set(key, nowMs)
    }
    shares += bytes / all
    largestShare = Math.max(largestShare, bytes / all)
  }
  const months = (nowMs - start) / (REREAD_DAYS * DAY_MS)
  return { late, readPerMonth: shares / months, largestShare }
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)

/** Small heads, manifests, and packs of some MiB. */
const size = fc.oneof(
  fc.constantFrom(512, 4096),
  fc.integer({ min: 1000, max: 200_000 }),
  fc.integer({ min: 2 ** 20, max: 2 ** 23 }),
)

/** Three to five months; each backup comes some hours early or late. */
export const daily: fc.Arbitrary<Months> = fc.record({
  first: fc.array(size, { minLength: 1, maxLength: 60 }),
  backups: fc.array(
    fc.record({
      hours: fc.integer({ min: 18, max: 30 }),
      added: fc.array(size, { maxLength: 3 }),
      pruned: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 })),
    }),
    { minLength: 90, maxLength: 150 },
  ),
})

/** The twin: as many things as are needed, and the newest first. */
export const newestFirst: Choose = (reads, pace) => {
  const count = chooseRereads(reads, pace).length
  return [...reads]
    .sort(([, a], [, b]) => b.atMs - a.atMs)
    .slice(0, count)
    .map(([key]) => key)
}

export interface Tally {
  readonly tried: number
  readonly lost: readonly string[]
}

/** Months of each seed from 1 on, and those in which something was not read within 30 days. */
export function rereadMonths(seeds: Iterable<number>, choose: Choose = chooseRereads): Tally {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const [months] = fc.sample(daily, { seed, numRuns: 1 }) as [Months]
    const { late } = simulate(months, choose)
    if (late > 0) lost.push(`seed ${seed}: ${late} late`)
  }
  return { tried, lost }
}
