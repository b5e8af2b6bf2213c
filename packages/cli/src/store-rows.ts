/** What is known of the stores, in plain words, and how old that knowledge is. */
import type { StoreReason } from '@cairn/core/plan/due.js'
import type { Concern } from '@cairn/core/plan/settings.js'
import type { StoreStatus } from '@cairn/node/vault/store-status.js'
import { ago, bad, bold, columns, count, good, safe, warn } from './output.js'

export function sayStores(stores: readonly StoreStatus[], now: Date): string {
  const head = ['store', 'reached', 'newest', 'read again', 'due'].map((title) => bold(title))
  const rows = stores.map((store) => [
    safe(store.name),
    sayReached(store, now),
    sayNewest(store),
    sayReread(store),
    sayDue(store),
  ])
  return [columns([head, ...rows]), ...stores.flatMap((store) => details(store, now))].join('\n')
}

function sayReached({ reached, failed }: StoreStatus, now: Date): string {
  const when = reached === null ? bad('never') : ago(new Date(reached), now)
  if (failed?.instead !== undefined) return `${when}, away: ${safe(failed.instead)} is in its place`
  return failed ? `${when}, ${warn('not since')}` : good(when)
}

function sayNewest({ newest, behind }: StoreStatus): string {
  if (newest === null) return warn('nothing saved yet')
  return behind > 0 ? warn(`snapshot ${newest.seq}, ${behind} behind`) : `snapshot ${newest.seq}`
}

/** By bytes, rounded down. */
function sayReread({ reread: { bytes, of_bytes, days, of_objects } }: StoreStatus): string {
  if (of_objects === 0) return '-'
  const percent = of_bytes === 0 ? 100 : Math.floor((100 * bytes) / of_bytes)
  return `${percent} % in ${days} days`
}

const WHY: Readonly<Record<StoreReason, string>> = {
  damaged: 'check: damaged or missing objects',
  lied: 'check: it showed another past',
  behind: 'backup: it lacks the newest snapshot',
  'not-reached': 'connect: not reached for long',
  'not-reread': 'check: parts were not read for long',
  'review-old': 'review: its settings',
}

function sayDue({ due }: StoreStatus): string {
  return due.map(({ why, overdue }) => (overdue ? bad(WHY[why]) : WHY[why])).join('; ')
}

const CONCERNS: Readonly<Record<Concern, string>> = {
  public: bad('open to the public'),
  'does-not-do-as-told': bad('does not do as it is told'),
  'versioning-off': warn('keeps no old versions'),
  'lock-off': 'no object lock',
  'deletes-allowed': 'deletes allowed',
  'overwrites-allowed': 'overwrites allowed',
}

function details(store: StoreStatus, now: Date): readonly string[] {
  const { damaged, failed, lied } = store
  const lines = [
    ...(damaged.length > 0 ? [bad(`${count(damaged.length, 'object')} known to be damaged or missing`)] : []),
    ...(lied
      ? [bad(`showed another past than it should, ${ago(new Date(lied.time), now)} (${lied.code})`)]
      : []),
    ...(failed && failed.instead === undefined
      ? [`could not be used ${ago(new Date(failed.time), now)} (${failed.code})`]
      : []),
    ...saySettings(store, now),
  ]
  return lines.map((line) => `${safe(store.name)}: ${line}`)
}

/** Nothing of a folder: what may be removed from a drive of one's own is no setting of a provider. */
function saySettings({ url, settings, concerns, reviewed }: StoreStatus, now: Date): readonly string[] {
  if (/^file:/i.test(url)) return []
  if (settings === null) return ['how it is set up is not known']
  const what =
    concerns.length === 0
      ? 'nothing to say against its settings'
      : concerns.map((one) => CONCERNS[one]).join(', ')
  const when = reviewed === null ? 'never reviewed' : `reviewed ${ago(new Date(reviewed), now)}`
  return [`${what} (tried ${ago(new Date(settings.probed), now)}, ${when})`]
}

/** What to do about it, one line a store and matter at most. */
export function storeAdvice(stores: readonly StoreStatus[]): readonly string[] {
  const isAsked = (why: StoreReason) => (task: { why: StoreReason; overdue: boolean }) =>
    task.why === why && (task.overdue || why !== 'behind')
  const of = (why: StoreReason) => stores.filter(({ due }) => due.some(isAsked(why)))
  const names = (why: StoreReason) => of(why).map(({ name }) => safe(name))
  return [
    ...(of('damaged').length > 0
      ? ['Next: cairn check --repair, which puts back what another store holds']
      : []),
    ...(of('lied').length > 0
      ? [`Next: cairn check, which says what ${names('lied').join(' and ')} shows`]
      : []),
    ...(of('behind').length > 0
      ? [`Next: cairn backup, when ${names('behind').join(' and ')} can be used`]
      : []),
    ...(of('not-reread').length > 0 ? ['Next: cairn check, since backups read too little again'] : []),
    ...names('review-old').map((name) => `Next: cairn store review ${name}`),
  ]
}
