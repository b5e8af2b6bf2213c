/**
 * The past as a calendar: for each wallet and each store what every day brought, and how much was sent. Pure: what is
 * remembered and the time go in. A day that brought nothing is empty when nothing was due, and late when something was.
 */
import { DAY_MS } from './due.js'

/** The last thing that counts of a day: a snapshot counts more than a failure before or after it. */
export type Day = 'before' | 'quiet' | 'saved' | 'proven' | 'differs' | 'failed' | 'late' | 'away'

export interface PastSnapshot {
  /** Instants. */
  readonly time: string
  readonly next_expected_by: string
  readonly wallets: readonly string[]
  /** By wallet, where that is not the same for all. */
  readonly expected?: Readonly<Record<string, string>> | undefined
  readonly stores: readonly string[]
}

export interface PastDrill {
  readonly time: string
  readonly name: string
  readonly result: 'proven' | 'differs' | 'incomplete'
}

export interface PastRun {
  readonly time: string
  readonly what: 'backup' | 'check'
  readonly error?: string | undefined
  readonly wallets: readonly { readonly name: string; readonly state: string }[]
  readonly stores: readonly { readonly name: string; readonly state: string }[]
  readonly sent?: number | undefined
}

export interface Remembered {
  readonly wallets: readonly string[]
  readonly stores: readonly string[]
  /** Oldest first. */
  readonly snapshots: readonly PastSnapshot[]
  readonly drills: readonly PastDrill[]
  readonly runs: readonly PastRun[]
}

export interface Row {
  readonly name: string
  /** One for each of `History.days`. */
  readonly days: readonly Day[]
}

export interface History {
  /** YYYY-MM-DD, oldest first; the last one is today. */
  readonly days: readonly string[]
  readonly wallets: readonly Row[]
  readonly stores: readonly Row[]
  /** Bytes sent on each day, to all stores together. */
  readonly sent: readonly number[]
}

export interface Span {
  readonly now: Date
  /** How many days, today among them. */
  readonly count: number
  /** The day of an instant where the person lives, YYYY-MM-DD. */
  readonly dayOf: (time: Date) => string
}

/** What each of these days brought. @param past what is remembered @param span which days */
export function historyOf(past: Remembered, span: Span): History {
  const days = daysOf(span)
  const byDay = {
    snapshots: groupByDay(past.snapshots, span),
    drills: groupByDay(past.drills, span),
    runs: groupByDay(past.runs, span),
  }
  return {
    days,
    wallets: past.wallets.map((name) => ({ name, days: walletDays(name, { past, days, byDay, span }) })),
    stores: past.stores.map((name) => ({ name, days: storeDays(name, { past, days, byDay, span }) })),
    sent: days.map((day) => (byDay.runs.get(day) ?? []).reduce((sum, { sent = 0 }) => sum + sent, 0)),
  }
}

interface Looking {
  readonly past: Remembered
  readonly days: readonly string[]
  readonly span: Span
  readonly byDay: {
    readonly snapshots: ReadonlyMap<string, readonly PastSnapshot[]>
    readonly drills: ReadonlyMap<string, readonly PastDrill[]>
    readonly runs: ReadonlyMap<string, readonly PastRun[]>
  }
}

/** A drill counts more than a snapshot, a difference more than all. */
function walletDays(name: string, { past, days, byDay, span }: Looking): readonly Day[] {
  const own = past.snapshots
    .filter(({ wallets }) => wallets.includes(name))
    .map((each) => ({ ...each, next_expected_by: each.expected?.[name] ?? each.next_expected_by }))
  return days.map((day) => {
    const drills = (byDay.drills.get(day) ?? []).filter((drill) => drill.name === name)
    if (drills.some(({ result }) => result === 'differs')) return 'differs'
    if (drills.some(({ result }) => result === 'proven')) return 'proven'
    if (byDay.snapshots.get(day)?.some(({ wallets }) => wallets.includes(name))) return 'saved'
    if (byDay.runs.get(day)?.some((run) => failedFor(name, run))) return 'failed'
    return emptyDay(day, own, span)
  })
}

/** A store that was asked for a snapshot and did not take it was away. */
function storeDays(name: string, { past, days, byDay, span }: Looking): readonly Day[] {
  const own = past.snapshots.filter(({ stores }) => stores.includes(name))
  return days.map((day) => {
    const runs = (byDay.runs.get(day) ?? []).flatMap(({ stores }) =>
      stores.filter((row) => row.name === name),
    )
    if (runs.some(({ state }) => state === 'damaged' || state === 'lied')) return 'differs'
    if (byDay.snapshots.get(day)?.some(({ stores }) => stores.includes(name))) return 'saved'
    if (runs.some(({ state }) => state === 'unreachable' || state === 'refused')) return 'away'
    return emptyDay(day, own, span)
  })
}

/** A run that ended before it came to its wallets failed for all that it names. */
function failedFor(name: string, { what, error, wallets }: PastRun): boolean {
  if (what !== 'backup') return false
  const row = wallets.find((wallet) => wallet.name === name)
  return row ? error !== undefined || row.state === 'failed' : error !== undefined && wallets.length === 0
}

/** Nothing happened: was something due by the end of that day? Today is not over yet. */
function emptyDay(day: string, own: readonly PastSnapshot[], { now, dayOf }: Span): Day {
  const before = own.filter(({ time }) => dayOf(new Date(time)) < day).at(-1)
  if (before === undefined) return 'before'
  const expected = new Date(before.next_expected_by)
  const isLate = day === dayOf(now) ? now > expected : day > dayOf(expected)
  return isLate ? 'late' : 'quiet'
}

function groupByDay<T extends { readonly time: string }>(
  items: readonly T[],
  { dayOf }: Span,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const day = dayOf(new Date(item.time))
    groups.set(day, [...(groups.get(day) ?? []), item])
  }
  return groups
}

/** By the calendar: a day of 23 or 25 hours is one day. */
function daysOf({ now, count, dayOf }: Span): readonly string[] {
  const today = Date.parse(`${dayOf(now)}T12:00:00.000Z`)
  const at = (back: number) => new Date(today - back * DAY_MS).toISOString().slice(0, 10)
  return Array.from({ length: count }, (_, i) => at(count - 1 - i))
}
