/**
 * Which alarms are told now. An alarm is something that needs a person; it is told at once, then again at growing
 * intervals as long as it lasts, and once more when it is over. Silence needs a snooze with an end. Pure: what is
 * wrong, what was told before and the time go in; what to tell and what to remember come out. Not here: finding what
 * is wrong, and carrying the message.
 */
import { DAY_MS } from './due.js'

const HOUR_MS = 3_600_000

/** What can be wrong, the worst first: the order in which a message tells it. */
export const ALARMS = {
  'vault-unopened': 'The vault cannot be opened on this computer, and nothing is saved.',
  'memory-lost': 'This computer lost its memory of what was saved.',
  'store-lied': 'A place of backups showed another past than it should.',
  'backup-damaged': 'A backup copy is damaged.',
  'backup-late': 'A backup is late.',
  'backup-never': 'A wallet was never saved.',
  'device-late': 'Another computer of the vault saved nothing for too long.',
  'schedule-silent': 'What is to back up by itself did not run for days.',
  'store-unreached': 'A place of backups was not reached for long.',
  'store-behind': 'A place of backups lacks the newest backup.',
  'store-settings': 'The settings of a place of backups were not looked at for long.',
  'drill-differs': 'A rehearsed restore did not give back the same wallet.',
  'drill-late': 'A rehearsed restore is due.',
  'rehearsal-late': 'Words, a sheet or a passphrase were not tried for too long.',
  'wallet-uncovered': 'A wallet appeared that no backup covers.',
  'message-failed': 'An alarm could not be delivered.',
} as const satisfies Record<string, string>

export type AlarmKind = keyof typeof ALARMS

export interface Alarm {
  readonly kind: AlarmKind
  /** Name of the wallet, store or channel it is about; absent when it is about the machine. */
  readonly about?: string
  /** Since when, an instant; absent when that is not known. */
  readonly since?: string
}

/** What is remembered of an alarm that lasts. */
export interface ToldAlarm {
  readonly kind: AlarmKind
  readonly about?: string
  /** When it was told first and last, instants. */
  readonly first: string
  readonly last: string
  readonly times: number
}

export interface Snooze {
  /** Every alarm when absent. */
  readonly kind?: AlarmKind
  readonly about?: string
  /** The end, an instant. */
  readonly until: string
}

export interface Telling {
  /** To be told now; empty when nothing is new and nothing is to be repeated. */
  readonly tell: readonly Alarm[]
  /** Alarms that were told and are over: told once. */
  readonly over: readonly ToldAlarm[]
  /** Something is wrong that is snoozed: a message must not say that all is well. */
  readonly sleeping?: true
  /** What to remember once the message was delivered. */
  readonly told: readonly ToldAlarm[]
}

/**
 * Waiting before the second, third, … message about the same alarm; the last one repeats. A person who read the first
 * and could not act that day is reminded soon; one who does not act for weeks is not helped by a message a day.
 */
export const REPEAT_AFTER_DAYS = [1, 2, 4, 7] as const

/**
 * A message that is sent for one alarm carries all others that are not snoozed, so that the reader sees the whole.
 * @param told what was remembered last time
 */
export function tellNow(
  alarms: readonly Alarm[],
  { told, snoozes, now }: { told: readonly ToldAlarm[]; snoozes: readonly Snooze[]; now: Date },
): Telling {
  const awake = worstFirst(alarms.filter((alarm) => !isSnoozed(alarm, snoozes, now)))
  const over = told.filter((past) => !alarms.some((alarm) => isSame(alarm, past)))
  const lasting = told.filter((past) => !over.includes(past))
  const due = over.length > 0 || awake.some((alarm) => isDue(toldOf(alarm, told), now))
  const sleeping = awake.length < alarms.length ? { sleeping: true as const } : {}
  if (!due || awake.length === 0) return { tell: [], over, told: lasting, ...sleeping }
  const asleep = lasting.filter((past) => !awake.some((alarm) => isSame(alarm, past)))
  return { tell: awake, over, told: [...asleep, ...awake.map((alarm) => toldAgain(alarm, told, now))] }
}

/** A snooze whose end has passed is over, whatever else. */
export function isSnoozed(alarm: Alarm, snoozes: readonly Snooze[], now: Date): boolean {
  return snoozes.some(
    ({ kind, about, until }) =>
      now.getTime() < Date.parse(until) &&
      (kind === undefined || kind === alarm.kind) &&
      (about === undefined || about === alarm.about),
  )
}

/** A clock that was set back must not silence an alarm: a message from the future counts as none. */
function isDue(past: ToldAlarm | undefined, now: Date): boolean {
  if (past === undefined) return true
  const days = REPEAT_AFTER_DAYS[Math.min(past.times, REPEAT_AFTER_DAYS.length) - 1] as number
  const waited = now.getTime() - Date.parse(past.last)
  return waited < 0 || waited >= days * DAY_MS - HOUR_MS // a daily run that comes a little early still tells
}

function toldAgain(alarm: Alarm, told: readonly ToldAlarm[], now: Date): ToldAlarm {
  const past = toldOf(alarm, told)
  const last = now.toISOString()
  const about = alarm.about === undefined ? {} : { about: alarm.about }
  return { kind: alarm.kind, ...about, first: past?.first ?? last, last, times: (past?.times ?? 0) + 1 }
}

function toldOf(alarm: Alarm, told: readonly ToldAlarm[]): ToldAlarm | undefined {
  return told.find((past) => isSame(alarm, past))
}

function isSame(a: Pick<Alarm, 'kind' | 'about'>, b: Pick<Alarm, 'kind' | 'about'>): boolean {
  return a.kind === b.kind && a.about === b.about
}

const ORDER = Object.keys(ALARMS)

function worstFirst(alarms: readonly Alarm[]): readonly Alarm[] {
  return [...alarms].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

export interface Message {
  /** One line. */
  readonly subject: string
  readonly lines: readonly string[]
}

/**
 * The words of a message. Names of wallets and stores only with `names: 'shown'`: a message passes through the hands
 * of mail servers and lies on lock screens. Never amounts or addresses.
 */
export function messageOf(
  { tell, over, sleeping }: Pick<Telling, 'tell' | 'over' | 'sleeping'>,
  { names }: { readonly names: 'shown' | 'hidden' },
): Message {
  const lines = [
    ...grouped(tell, names).map(({ line, since }) => (since ? `${line} Since ${since}.` : line)),
    ...grouped(over, names).map(({ line }) => `Over: ${line}`),
    tell.length > 0 || sleeping ? 'See what to do: cairn status' : 'All is well again.',
  ]
  return { subject: subjectOf(tell, sleeping), lines }
}

function subjectOf(tell: readonly Alarm[], sleeping: true | undefined): string {
  const [first] = tell
  if (!first) return sleeping ? 'Cairn: an alarm is over' : 'Cairn: all is well again'
  const more = new Set(tell.map(({ kind }) => kind)).size - 1
  return `Cairn: ${ALARMS[first.kind].replace(/\.$/, '')}${more > 0 ? `, and ${more} more` : ''}`
}

interface Group {
  readonly line: string
  /** The day of the oldest. */
  readonly since: string | undefined
}

/** One line a kind: with the names or their number. */
function grouped(alarms: readonly (Alarm | ToldAlarm)[], names: 'shown' | 'hidden'): readonly Group[] {
  const kinds = [...new Set(alarms.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const same = alarms.filter((alarm) => alarm.kind === kind)
    const about = same.flatMap(({ about }) => (about === undefined ? [] : [about]))
    const since = same.flatMap((alarm) => ('since' in alarm && alarm.since ? [alarm.since] : [])).sort()[0]
    return { line: `${ALARMS[kind]}${aboutWhat(about, names)}`, since: since?.slice(0, 10) }
  })
}

function aboutWhat(about: readonly string[], names: 'shown' | 'hidden'): string {
  if (names === 'shown' && about.length > 0) return ` (${about.join(', ')})`
  return about.length > 1 ? ` (${about.length} of them)` : ''
}
