/**
 * When a wallet that changed is saved: when nobody wrote to it for a moment, or when it has waited long enough. Pure.
 * A program that saves its file does it in several steps (Electrum: a new file, then a new name; SQLite: a journal, the
 * pages, the journal away), and often several times in a row.
 */

/** Nobody wrote for so long: what lies there is what the program meant to leave. */
export const QUIET_MS = 3_000
/** A wallet that never rests is saved all the same; the copy is a whole one or none. */
export const LONGEST_MS = 60_000
/** Before the next try when a backup failed: doubled each time, up to the longest. */
export const RETRY_MS = 60_000
export const LONGEST_RETRY_MS = 3_600_000

interface Change {
  /** When it was first and last written to since it was saved, in milliseconds. */
  readonly first: number
  readonly last: number
  /** Not to be tried before, and how often it failed. */
  readonly notBefore: number
  readonly failures: number
}

/** By name of the wallet: what waits to be saved. */
export type Pending = ReadonlyMap<string, Change>

export function changed(pending: Pending, name: string, now: number): Pending {
  const before = pending.get(name) ?? { first: now, notBefore: 0, failures: 0 }
  return new Map(pending).set(name, { ...before, last: now })
}

/** Wallets to save now; a clock that was set back counts as time that has passed. */
export function ready(pending: Pending, now: number, quietMs = QUIET_MS): readonly string[] {
  return [...pending].filter(([, change]) => dueIn(change, now, quietMs) <= 0).map(([name]) => name)
}

/** Milliseconds until the next one is ready; null when nothing waits. */
export function nextIn(pending: Pending, now: number, quietMs = QUIET_MS): number | null {
  const all = [...pending.values()].map((change) => dueIn(change, now, quietMs))
  return all.length === 0 ? null : Math.max(0, Math.min(...all))
}

/** They are being saved: what changes from now on is a new change. */
export function taken(pending: Pending, names: readonly string[]): Pending {
  return new Map([...pending].filter(([name]) => !names.includes(name)))
}

/** They could not be saved: they wait again, the longer the more often that happened. */
export function failed(
  pending: Pending,
  { names, was, now }: { names: readonly string[]; was: Pending; now: number },
): Pending {
  const next = new Map(pending)
  for (const name of names) {
    const failures = (was.get(name)?.failures ?? 0) + 1
    const notBefore = now + Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS)
    const again = next.get(name) ?? { first: now, last: now }
    next.set(name, { ...again, notBefore, failures })
  }
  return next
}

function dueIn({ first, last, notBefore }: Change, now: number, quietMs: number): number {
  if (now < first) return 0
  const settled = Math.min(last + quietMs, first + LONGEST_MS)
  const at = Math.max(settled, notBefore)
  return Math.min(at - now, LONGEST_RETRY_MS)
}
