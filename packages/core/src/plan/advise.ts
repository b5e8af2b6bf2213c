/** How often each wallet is to be saved, why, and when next: the rows of `calendar.ts` that apply to it. */
import {
  type AtRisk,
  atRisk,
  type Every,
  INTERVALS,
  type Interval,
  type IntervalRow,
  RULES,
  type WalletPast,
} from './calendar.js'
import { DAY_MS } from './due.js'

const HOUR_MS = 3_600_000

export interface Advice {
  readonly name: string
  /** `now` when something happened that no backup has; `interval` is the one after it. */
  readonly every: Every
  readonly interval: Interval
  /** When it is due; the moment of the advice when that is now. */
  readonly next: string
  /** Sentences, the reason for `every` first. */
  readonly because: readonly string[]
  /** Codes of the rows, in the order of the sentences. */
  readonly rules: readonly string[]
  readonly at_risk: AtRisk
  /** False when it could not be looked at: it is not where it was, or its program does not run. */
  readonly seen: boolean
}

/** Advice about one wallet at a moment, milliseconds since 1970. */
export function advise(wallet: WalletPast, now: number): Advice {
  const applying = RULES.flatMap(({ code, every, applies }) => {
    const sentence = applies(wallet, now)
    return sentence === null ? [] : [{ code, every, sentence }]
  })
  const every = applying[0]?.every ?? 'quarter'
  const interval = applying.find((rule) => rule.every !== 'now')?.every as Interval
  // what always applies is a reason only where nothing else is
  const told = applying.filter((rule) => rule.code !== 'quiet' || rule.every === interval)
  return {
    name: wallet.name,
    every,
    interval,
    next: new Date(dueAt(wallet, { every, interval, now })).toISOString(),
    because: told.map(({ sentence }) => sentence),
    rules: told.map(({ code }) => code),
    at_risk: atRisk(wallet),
    seen: wallet.now !== null,
  }
}

interface Timing {
  readonly every: Every
  readonly interval: Interval
  readonly now: number
}

function dueAt({ saved, expected }: WalletPast, { every, interval, now }: Timing): number {
  if (every === 'now' || saved === null) return now
  const last = Date.parse(saved)
  // a snapshot of the future is of a clock that was wrong: it says nothing about when the last one was
  if (last > now + DAY_MS) return now
  const promised = expected === undefined ? Number.POSITIVE_INFINITY : last + promisedMs(last, expected)
  return Math.min(last + intervalOf(interval).days * DAY_MS, promised)
}

/**
 * A wallet that is used less than at its last backup comes again when that one said: by its date it is late, whatever
 * holds now, and the next snapshot tells another one.
 */
function promisedMs(last: number, expected: string): number {
  const within = Date.parse(expected) - last
  const row = INTERVALS.find(({ days, graceDays }) => within === (days + graceDays) * DAY_MS)
  return row === undefined ? Math.max(0, within - DAY_MS) : row.days * DAY_MS
}

/** A check that comes by once a day must not find the wallet due only a day later. */
export const EARLY_HOURS = 2

/** A backup is due at this moment, milliseconds since 1970, or will be within two hours. */
export function isDue({ next }: Advice, now: number): boolean {
  return Date.parse(next) - EARLY_HOURS * HOUR_MS <= now
}

/** How many days after a backup the next one of the wallet is late. */
export function expectedWithinDays({ interval }: Pick<Advice, 'interval'>): number {
  const { days, graceDays } = intervalOf(interval)
  return days + graceDays
}

/** The row of an interval. */
export function intervalOf(interval: Interval): IntervalRow {
  return INTERVALS.find(({ every }) => every === interval) as IntervalRow
}
