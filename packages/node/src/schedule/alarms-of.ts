/** From what is due to alarms. What is due but not late is no alarm. */
import type { Alarm, AlarmKind } from '@cairn/core/plan/alarms.js'
import type { StoreReason, Task, WalletReason } from '@cairn/core/plan/due.js'
import type { Rehearsal } from '@cairn/core/plan/rehearse.js'

const KIND: Readonly<Record<WalletReason | StoreReason, AlarmKind>> = {
  'never-saved': 'backup-never',
  late: 'backup-late',
  ahead: 'backup-late',
  'never-proven': 'drill-late',
  'drill-old': 'drill-late',
  'drill-changed': 'drill-late',
  'drill-differs': 'drill-differs',
  damaged: 'backup-damaged',
  lied: 'store-lied',
  behind: 'store-behind',
  'not-reached': 'store-unreached',
  'not-reread': 'store-unreached',
  'review-old': 'store-settings',
}

/** A wallet or a store, and what is due of it. */
export interface Subject {
  readonly name: string
  readonly due: readonly Task[]
}

/** Another computer of the vault. */
export interface OtherDevice {
  readonly name: string
  readonly late: boolean
}

/** What of `readStatus` is an alarm. */
export function alarmsOf(status: {
  readonly wallets: readonly Subject[]
  readonly stores?: readonly Subject[]
  readonly devices?: readonly OtherDevice[]
  readonly memory?: 'lost'
}): readonly Alarm[] {
  const { wallets, stores = [], devices = [], memory } = status
  const lost: readonly Alarm[] = memory === 'lost' ? [{ kind: 'memory-lost' }] : []
  const others = devices.filter(({ late }) => late).map(({ name }) => deviceLate(name))
  return [...lost, ...[...wallets, ...stores].flatMap(lateOf), ...others]
}

function deviceLate(about: string): Alarm {
  return { kind: 'device-late', about }
}

function lateOf({ name, due }: Subject): readonly Alarm[] {
  return due
    .filter(({ overdue }) => overdue)
    .map(({ why, since }) => ({ kind: KIND[why], about: name, ...(since ? { since } : {}) }))
}

/** Words, sheets, holders and passphrases that nobody tried for too long; drills are in `readStatus`. */
export function lateRehearsals(rehearsals: readonly Rehearsal[]): readonly Alarm[] {
  return rehearsals
    .filter(({ what, overdue }) => overdue && what !== 'restore')
    .map(({ name, by }) => ({ kind: 'rehearsal-late', about: name, since: by }))
}

/** Wallets that lie on this machine and that nobody backs up. @param found paths @param saved paths */
export function uncovered(found: readonly string[], saved: ReadonlySet<string>): readonly Alarm[] {
  return found.filter((path) => !saved.has(path)).map((about) => ({ kind: 'wallet-uncovered', about }))
}
