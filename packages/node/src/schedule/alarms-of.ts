/** From what `status` knows to alarms. What is due but not late is no alarm. */
import type { Alarm, AlarmKind } from '@cairn/core/plan/alarms.js'
import type { Status, Task } from '../vault/status.js'

const KIND: Readonly<Record<Task['why'], AlarmKind>> = {
  'never-saved': 'backup-never',
  late: 'backup-late',
  'never-proven': 'drill-late',
  'drill-old': 'drill-late',
  'drill-differs': 'drill-differs',
}

export function alarmsOf({ wallets, memory }: Pick<Status, 'wallets' | 'memory'>): readonly Alarm[] {
  const lost: readonly Alarm[] = memory === 'lost' ? [{ kind: 'memory-lost' }] : []
  const late = wallets.flatMap(({ name, due }) =>
    due
      .filter(({ overdue }) => overdue)
      .map(({ why, since }): Alarm => ({ kind: KIND[why], about: name, ...(since ? { since } : {}) })),
  )
  return [...lost, ...late]
}

/** Wallets that lie on this machine and that nobody backs up. @param found paths @param saved paths */
export function uncovered(found: readonly string[], saved: ReadonlySet<string>): readonly Alarm[] {
  return found.filter((path) => !saved.has(path)).map((about) => ({ kind: 'wallet-uncovered', about }))
}
