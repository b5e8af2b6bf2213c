/**
 * When each thing is to be rehearsed that a restore will need: the restore itself, the words on paper, recovery sheets,
 * passphrases, and the people who hold something. One table with a reason for each row; docs/calendar.md is printed from
 * it. Pure: what was rehearsed and the time go in, tasks come out. Each success stretches the interval, a change of the
 * thing begins anew.
 */
import { AHEAD_DAYS, DAY_MS, DRILL_EVERY_DAYS } from './due.js'

export type Material = 'restore' | 'words' | 'sheet' | 'holder' | 'passphrase' | 'place' | 'heir'

export interface MaterialRow {
  readonly material: Material
  /** What it is, for the table. */
  readonly what: string
  /** Days until the first rehearsal, and after it until the second. */
  readonly firstDays: number
  /** Every further success makes the interval so many times longer. */
  readonly growth: number
  readonly mostDays: number
  /** Days until the next try after one that failed. */
  readonly afterErrorDays: number
  /** So long after it was due it asks for attention. */
  readonly graceDays: number
  readonly reason: string
}

export const MATERIALS: readonly MaterialRow[] = [
  {
    material: 'restore',
    what: 'a restore of each wallet: `cairn drill`',
    firstDays: DRILL_EVERY_DAYS,
    growth: 1.5,
    mostDays: 365,
    afterErrorDays: 0,
    graceDays: 0,
    reason:
      'programs, formats and passwords change with the seasons; what was proven again and again breaks less often',
  },
  {
    material: 'words',
    what: 'the words on paper of each wallet: `cairn drill NAME --words`',
    firstDays: 90,
    growth: 1.5,
    mostDays: 365,
    afterErrorDays: 0,
    graceDays: 30,
    reason:
      'paper is lost when people move and fades in the light; a slip in writing shows at the first reading',
  },
  {
    material: 'sheet',
    what: 'each recovery sheet: `cairn policy rehearse NAME`',
    firstDays: 90,
    growth: 1.5,
    mostDays: 365,
    afterErrorDays: 0,
    graceDays: 30,
    reason: 'as the words; and after a change of the policy the old sheets open nothing any more',
  },
  {
    material: 'holder',
    what: 'each person who holds a factor: `cairn policy rehearse NAME --answered`',
    firstDays: 90,
    growth: 1.5,
    mostDays: 365,
    afterErrorDays: 7,
    graceDays: 30,
    reason:
      'people move, change computers and die; a key that nobody can find is noticed while others are left',
  },
  {
    material: 'passphrase',
    what: 'each passphrase: `cairn policy rehearse NAME`',
    firstDays: 2,
    growth: 2,
    mostDays: 90,
    afterErrorDays: 1,
    graceDays: 14,
    reason:
      'memory fades fastest in the first days, and each recall holds longer than the one before: short rehearsals at growing intervals, the next day after an error',
  },
  {
    material: 'place',
    what: 'each thing on the list of places that somebody must go and look at: `cairn place checked NAME`',
    firstDays: 90,
    growth: 1.5,
    mostDays: 365,
    afterErrorDays: 0,
    graceDays: 60,
    reason: 'envelopes are moved, drawers cleared and houses sold, and nobody tells the list',
  },
  {
    material: 'heir',
    what: 'the way of each person who is to get in without you: `cairn drill --heir NAME`',
    firstDays: 90,
    growth: 2,
    mostDays: 730,
    afterErrorDays: 7,
    graceDays: 90,
    reason:
      'what nobody has walked once is not a way; once walked it is remembered for years, until the plan changes',
  },
]

export interface Rehearsed {
  readonly time: string
  readonly ok: boolean
}

/** One thing to rehearse, and how that went. */
export interface Rehearsable {
  readonly material: Material
  /** Of the wallet, of the factor, of the thing on the list of places, or of the person. */
  readonly name: string
  /** Since when it is as it is; null when that is not known. */
  readonly since: string | null
  /** It was rehearsed before it became what it is now. */
  readonly changed: boolean
  /** Rehearsals of it as it is now, oldest first. */
  readonly rehearsed: readonly Rehearsed[]
}

export interface Rehearsal {
  readonly what: Material
  readonly name: string
  /** When it is due. */
  readonly by: string
  /** The interval that success has earned so far. */
  readonly every_days: number
  readonly because: 'never-rehearsed' | 'changed' | 'failed' | 'interval'
  readonly due: boolean
  /** Late enough to ask for attention. */
  readonly overdue: boolean
}

/** When to rehearse it next, at a moment in milliseconds since 1970. */
export function rehearse(thing: Rehearsable, now: number): Rehearsal {
  const row = rowOf(thing.material)
  const { because, by } = nextOf(thing, now)
  return {
    what: thing.material,
    name: thing.name,
    by: new Date(by).toISOString(),
    every_days: intervalDays(thing.material, thing.rehearsed),
    because,
    due: by <= now,
    overdue: now > by + row.graceDays * DAY_MS,
  }
}

function nextOf({ material, since, changed, rehearsed }: Rehearsable, now: number) {
  const { firstDays, afterErrorDays } = rowOf(material)
  const last = rehearsed.at(-1)
  if (last === undefined) {
    // of what has no beginning the first rehearsal is due now
    const from = since === null ? now - firstDays * DAY_MS : Date.parse(since)
    return changed
      ? { because: 'changed' as const, by: Math.min(from, now) }
      : { because: 'never-rehearsed' as const, by: past(from, now) + firstDays * DAY_MS }
  }
  const at = Date.parse(last.time)
  // the clock was set back since: nobody knows how long ago it was
  if (at - now > AHEAD_DAYS * DAY_MS) return { because: 'interval' as const, by: now }
  return last.ok
    ? { because: 'interval' as const, by: at + intervalDays(material, rehearsed) * DAY_MS }
    : { because: 'failed' as const, by: at + afterErrorDays * DAY_MS }
}

function past(time: number, now: number): number {
  return time - now > AHEAD_DAYS * DAY_MS ? now : time
}

/**
 * Days between rehearsals after these, oldest first. A rehearsal that comes before half of its interval has passed shows
 * little and stretches nothing: ten in one evening are one.
 */
export function intervalDays(material: Material, rehearsed: readonly Rehearsed[]): number {
  const { firstDays, growth, mostDays } = rowOf(material)
  let days = firstDays
  let before: number | null = null
  for (const { time, ok } of rehearsed) {
    const at = Date.parse(time)
    if (!ok) days = firstDays
    const isSpaced = before !== null && at - before >= (days / 2) * DAY_MS
    if (ok && isSpaced) days = Math.min(days * growth, mostDays)
    if (!ok || before === null || isSpaced) before = ok ? at : null
  }
  return Math.round(days)
}

function rowOf(material: Material): MaterialRow {
  return MATERIALS.find((row) => row.material === material) as MaterialRow
}
