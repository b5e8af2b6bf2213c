/**
 * Which of the older things in a store a backup reads again, so that with daily backups each is read once in 30 days:
 * those first that were not read for the longest time, and no more of them than needed to be in time at an even pace.
 * Pure: the listing of the store and the time in, names out.
 */
import { DAY_MS } from './due.js'

/** What is promised of daily backups. */
export const REREAD_DAYS = 30
/** What is planned for, so that a day or two without a backup break no promise. */
const PLANNED_DAYS = 28
/** What a request costs beside its bytes, in bytes: otherwise a thousand small heads would count for nothing. */
const REQUEST_BYTES = 65_536

/** Of one thing in a store. */
export interface LastRead {
  readonly size: number
  /** Milliseconds since 1970: when it was last read and found whole; of one that never was, when it was first seen. */
  readonly atMs: number
  readonly state: 'read' | 'seen'
}

export type LastReads = ReadonlyMap<string, LastRead>

/**
 * What is known of the things that a store lists now. What it no longer lists is left out; what is dated by a clock
 * that was wrong, or has another size, counts as never read.
 * @param listed sizes by key
 */
export function withListing(
  known: LastReads,
  listed: ReadonlyMap<string, number>,
  now: Date,
): Map<string, LastRead> {
  const atMs = now.getTime()
  return new Map(
    [...listed].map(([key, size]) => {
      const before = known.get(key)
      const isGood = before !== undefined && before.size === size && before.atMs <= atMs
      return [key, isGood ? before : { size, atMs, state: 'seen' }]
    }),
  )
}

export interface Pace {
  readonly now: Date
  /** How long ago the last backup read something again: about as long as until the next one. */
  readonly sinceMs: number
  /** No more bytes than that. */
  readonly mostBytes: number
}

/** Keys of what to read now, in that order. */
export function chooseRereads(reads: LastReads, { now, sinceMs, mostBytes }: Pace): readonly string[] {
  const order = [...reads].sort(byAge)
  const room = Math.min(mostBytes, neededNow(order, now.getTime(), sinceMs))
  const chosen: string[] = []
  let taken = 0
  for (const [key, read] of order) {
    taken += cost(read)
    if (taken > room) break
    chosen.push(key)
  }
  return chosen
}

type Row = readonly [key: string, read: LastRead]

/** Never read first, then the oldest; of the same age by name, so that it does not depend on the order of a listing. */
function byAge([a, one]: Row, [b, other]: Row): number {
  const never = Number(one.state === 'read') - Number(other.state === 'read')
  return never || one.atMs - other.atMs || (a < b ? -1 : 1)
}

/**
 * What must be read now so that everything is read in time when the next backups come at the same distance: the first
 * n things until the deadline of the n-th, at an even pace, for the n for which that is most.
 */
function neededNow(order: readonly Row[], nowMs: number, sinceMs: number): number {
  let [sum, most] = [0, 0]
  for (const [, read] of order) {
    sum += cost(read)
    const leftMs = read.atMs + PLANNED_DAYS * DAY_MS - nowMs
    most = Math.max(most, leftMs <= sinceMs ? sum : (sum * sinceMs) / leftMs)
  }
  return most
}

function cost({ size }: LastRead): number {
  return size + REQUEST_BYTES
}

export interface Reread {
  /** Read within the last 30 days. */
  readonly bytes: number
  readonly objects: number
  /** All that is there. */
  readonly ofBytes: number
  readonly ofObjects: number
  /** When the thing was read, or first seen, that waits for the longest time; absent when nothing is there. */
  readonly oldestMs?: number
}

/** How much of a store was read within the last 30 days. */
export function rereadWithin(reads: LastReads, now: Date): Reread {
  const since = now.getTime() - REREAD_DAYS * DAY_MS
  const all = [...reads.values()]
  const recent = all.filter(({ atMs, state }) => state === 'read' && atMs >= since)
  const bytes = (some: readonly LastRead[]) => some.reduce((sum, { size }) => sum + size, 0)
  const oldestMs = all.reduce((oldest, { atMs }) => Math.min(oldest, atMs), Number.POSITIVE_INFINITY)
  return {
    bytes: bytes(recent),
    objects: recent.length,
    ofBytes: bytes(all),
    ofObjects: all.length,
    ...(all.length === 0 ? {} : { oldestMs }),
  }
}
