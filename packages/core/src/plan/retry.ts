/**
 * Which stores are to be tried again before a backup is due: those that lack the newest snapshot. A day after the
 * first miss, then after two days, four and so on up to a month, so that a disk in a drawer makes no heap of snapshots.
 */
import { AHEAD_DAYS, DAY_MS } from './due.js'

const LONGEST_DAYS = 30

export interface Kept {
  readonly time: string
  /** Stores that gave it back. */
  readonly stores: readonly string[]
}

/** Names of the stores to try at `now`, milliseconds since 1970. `snapshots`: oldest first. */
export function storesToRetry(
  snapshots: readonly Kept[],
  stores: readonly string[],
  now: number,
): readonly string[] {
  const newest = snapshots.at(-1)
  if (newest === undefined) return []
  const passed = now - Date.parse(newest.time)
  return stores.filter((store) => {
    const missed =
      snapshots.length - 1 - snapshots.findLastIndex((snapshot) => snapshot.stores.includes(store))
    // a clock that was set back tells nothing of what passed
    return (
      missed > 0 &&
      (passed < -AHEAD_DAYS * DAY_MS || passed >= Math.min(2 ** (missed - 1), LONGEST_DAYS) * DAY_MS)
    )
  })
}
