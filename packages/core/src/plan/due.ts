/**
 * What is due, from what a machine knows and the time: tasks as data, for `cairn status`, for a calendar, for an alarm.
 * Pure. A task that is `overdue` asks for attention; one that is not is a reminder.
 */
export const DAY_MS = 86_400_000

/** A drill is due this long after the last one that proved a wallet, until success stretches it (`rehearse.ts`). */
export const DRILL_EVERY_DAYS = 90
/** Providers change their terms, and people the settings of their buckets, without a backup noticing: twice a year. */
export const REVIEW_EVERY_DAYS = 180
/** A reminder to review becomes a matter for attention after a month. */
export const REVIEW_GRACE_DAYS = 30
/** What backups re-read of a store is everything in a month; that twice as long passed shows that they do not keep up. */
export const REREAD_WITHIN_DAYS = 60
/**
 * A time that lies further ahead than this shows that the clock was set back since: what was done then says nothing about
 * how long ago it was, and counts as long ago. Less is the error of a clock, or of one that keeps the time of another zone.
 */
export const AHEAD_DAYS = 1

export interface Task<Why extends string = WalletReason | StoreReason> {
  readonly what: 'backup' | 'drill' | 'check' | 'connect' | 'review'
  readonly why: Why
  /** Since when; absent when it was always due. */
  readonly since?: string
  /** Late enough that `status` asks for attention (exit code 8). */
  readonly overdue: boolean
}

export type WalletReason =
  | 'never-saved'
  | 'late'
  | 'ahead'
  | 'never-proven'
  | 'drill-old'
  | 'drill-changed'
  | 'drill-differs'
export type StoreReason = 'damaged' | 'lied' | 'behind' | 'not-reached' | 'not-reread' | 'review-old'

/** A snapshot, as far as its times matter; both are instants of ISO 8601. */
export interface SavedAt {
  readonly time: string
  readonly next_expected_by: string
}

export interface WalletState {
  /** The newest snapshot that holds it. */
  readonly saved?: SavedAt | undefined
  /** When a drill last proved it. */
  readonly proven?: string | undefined
  /** When the last drill was, if it found differences. */
  readonly differs?: string | undefined
  /** Days that drills which went well have earned until the next one. */
  readonly drillDays?: number | undefined
  /** Since when it is another wallet than the one that was proven: encrypted, migrated, with other keys. */
  readonly changed?: string | undefined
}

/** Tasks of one wallet: that it is saved in time, and that a drill proves it in time. */
export function walletDue(state: WalletState, now: Date): readonly Task<WalletReason>[] {
  return [...backupDue(state, now), ...drillDue(state, now)]
}

function backupDue({ saved }: WalletState, now: Date): readonly Task<WalletReason>[] {
  if (saved === undefined) return [{ what: 'backup', why: 'never-saved', overdue: true }]
  if (isAhead(saved.time, now)) return [{ what: 'backup', why: 'ahead', since: saved.time, overdue: true }]
  const since = saved.next_expected_by
  return now.getTime() > Date.parse(since) ? [{ what: 'backup', why: 'late', since, overdue: true }] : []
}

function drillDue(
  { saved, proven, differs, drillDays, changed }: WalletState,
  now: Date,
): readonly Task<WalletReason>[] {
  if (saved === undefined) return []
  if (differs !== undefined) return [{ what: 'drill', why: 'drill-differs', since: differs, overdue: true }]
  if (proven !== undefined && changed !== undefined)
    return [{ what: 'drill', why: 'drill-changed', since: changed, overdue: true }]
  const overdue = isOlder(proven ?? saved.time, drillDays ?? DRILL_EVERY_DAYS, now)
  if (proven === undefined) return [{ what: 'drill', why: 'never-proven', overdue }]
  return overdue ? [{ what: 'drill', why: 'drill-old', since: proven, overdue }] : []
}

export interface StoreState {
  /** Objects and heads that are known to be damaged or missing there. */
  readonly damaged: number
  /** When it was found to show another past than it should, or to give back other bytes than it was given. */
  readonly lied?: string | undefined
  /** The newest snapshot of this machine, wherever it is. */
  readonly newest?: SavedAt | undefined
  /** The store has that snapshot. */
  readonly holdsNewest: boolean
  /** `away`: a drive that is plugged in in turn with another one, which was there last; that it is behind is no alarm. */
  readonly turn?: 'away' | undefined
  /** When it last answered as a store of this vault. */
  readonly reached?: string | undefined
  /** When the thing in it was read that was not read for the longest time. */
  readonly oldestRead?: string | undefined
  /** When somebody last looked at its settings, or since when it is used; absent where no provider can change them. */
  readonly reviewed?: string | undefined
}

/** Tasks of one store: that it is whole, up to date, within reach and set up as it was thought to be. */
export function storeDue(state: StoreState, now: Date): readonly Task<StoreReason>[] {
  const { damaged, lied } = state
  return [
    ...(damaged > 0 ? [{ what: 'check', why: 'damaged', overdue: true } as const] : []),
    ...(lied === undefined ? [] : [{ what: 'check', why: 'lied', since: lied, overdue: true } as const]),
    ...snapshotDue(state, now),
    ...rereadDue(state, now),
    ...reviewDue(state, now),
  ]
}

/** Not reached for longer than lies between a snapshot and the next one that is expected. */
function snapshotDue(
  { newest, holdsNewest, reached, turn }: StoreState,
  now: Date,
): readonly Task<StoreReason>[] {
  if (newest === undefined) return []
  const tasks: Task<StoreReason>[] = []
  const overdue = turn !== 'away'
  if (!holdsNewest) tasks.push({ what: 'backup', why: 'behind', since: newest.time, overdue })
  const between = Date.parse(newest.next_expected_by) - Date.parse(newest.time)
  const since = reached === undefined ? {} : { since: reached }
  if (reached === undefined || isAhead(reached, now) || now.getTime() - Date.parse(reached) > between)
    tasks.push({ what: 'connect', why: 'not-reached', ...since, overdue: true })
  return tasks
}

function rereadDue({ oldestRead }: StoreState, now: Date): readonly Task<StoreReason>[] {
  if (oldestRead === undefined || !isOlder(oldestRead, REREAD_WITHIN_DAYS, now)) return []
  return [{ what: 'check', why: 'not-reread', since: oldestRead, overdue: false }]
}

function reviewDue({ reviewed }: StoreState, now: Date): readonly Task<StoreReason>[] {
  if (reviewed === undefined || !isOlder(reviewed, REVIEW_EVERY_DAYS, now)) return []
  const overdue = isOlder(reviewed, REVIEW_EVERY_DAYS + REVIEW_GRACE_DAYS, now)
  return [{ what: 'review', why: 'review-old', since: reviewed, overdue }]
}

/** No newer one came in time; nor is one of a time to come a sign of life. */
export function isLate({ time, next_expected_by }: SavedAt, now: Date): boolean {
  return now.getTime() > Date.parse(next_expected_by) || isAhead(time, now)
}

function isOlder(time: string, days: number, now: Date): boolean {
  return now.getTime() - Date.parse(time) > days * DAY_MS || isAhead(time, now)
}

function isAhead(time: string, now: Date): boolean {
  return Date.parse(time) - now.getTime() > AHEAD_DAYS * DAY_MS
}
