/**
 * Months of backups over one store, in which what `choose` picks is read: how old things got before they were read
 * again, and how much was read for that.
 */
import { DAY_MS } from '../../src/plan/due.js'
import { type LastRead, type LastReads, type Pace, REREAD_DAYS, withListing } from '../../src/plan/reread.js'

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
