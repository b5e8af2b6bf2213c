/** What this machine knows of each store and how old that knowledge is, without asking any. */
import { type SavedAt, type StoreReason, storeDue, type Task } from '@cairn/core/plan/due.js'
import { REREAD_DAYS, rereadWithin } from '@cairn/core/plan/reread.js'
import { type Concern, concernsOf, type Settings } from '@cairn/core/plan/settings.js'
import type { Doubts, Snapshot } from '../machine/memory.js'
import { type KeptProbe, readsOf, type StoreTrail, type Trail, trailOf } from '../machine/trail.js'

export interface StoreStatus {
  readonly name: string
  readonly url: string
  /** When it last answered as a store of this vault. */
  readonly reached: string | null
  /** The last try, when it could not be used; `instead`: the store that was in its place, of drives in turn. */
  readonly failed?: StoreTrail['failed']
  /** When it was first found to show another past than it should, and how. */
  readonly lied?: StoreTrail['lied']
  /** The newest snapshot that it gave back, and how many this machine made since. */
  readonly newest: { readonly seq: number; readonly time: string } | null
  readonly behind: number
  /** Keys of what is known to be damaged or missing there. */
  readonly damaged: readonly string[]
  /** When `check` last read all of it. */
  readonly checked: string | null
  readonly reread: RereadStatus
  /** As the last probe found them. */
  readonly settings: SettingsStatus | null
  readonly concerns: readonly Concern[]
  /** When somebody last looked at them. */
  readonly reviewed: string | null
  readonly due: readonly Task<StoreReason>[]
}

/** How much of what lies there was read and found whole within so many days. */
export interface RereadStatus {
  readonly days: number
  readonly bytes: number
  readonly of_bytes: number
  readonly objects: number
  readonly of_objects: number
  /** When the object was read that was not read for the longest time; null when nothing is known of what lies there. */
  readonly oldest: string | null
}

export interface SettingsStatus extends Settings {
  readonly probed: string
}

export interface StoreMemory {
  readonly trail: Trail
  readonly doubts: Doubts
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[]
  readonly now: Date
}

export function storeStatus(
  { name, url }: { readonly name: string; readonly url: string },
  { trail, doubts, snapshots, now }: StoreMemory,
): StoreStatus {
  const own = trailOf(trail, name)
  const there = snapshots.filter(({ stores }) => stores.includes(name))
  const last = there.at(-1)
  const reread = rereadStatus(own, now)
  const probe = own.probes.at(-1)
  const settings = probe ? { probed: probe.time, ...settingsOf(probe) } : null
  const reached = latest(own.reached, last?.time)
  const state = {
    damaged: (doubts[name] ?? []).length,
    lied: own.lied?.time,
    newest: snapshots.at(-1) as SavedAt | undefined,
    holdsNewest: last !== undefined && last === snapshots.at(-1),
    turn: own.failed?.instead === undefined ? undefined : ('away' as const),
    reached,
    oldestRead: reread.oldest ?? undefined,
    reviewed: hasProvider(url) ? (own.reviewed ?? own.probes[0]?.time ?? there[0]?.time) : undefined,
  }
  return {
    name,
    url,
    reached: reached ?? null,
    ...(own.failed ? { failed: own.failed } : {}),
    ...(own.lied ? { lied: own.lied } : {}),
    newest: last ? { seq: last.seq, time: last.time } : null,
    behind: last ? snapshots.length - 1 - snapshots.lastIndexOf(last) : snapshots.length,
    damaged: doubts[name] ?? [],
    checked: own.checked ?? null,
    reread,
    settings,
    concerns: settings ? concernsOf(settings) : [],
    reviewed: own.reviewed ?? null,
    due: storeDue(state, now),
  }
}

/** A drive of one's own has no provider who could change how it is set up. */
export function hasProvider(url: string): boolean {
  return !/^file:/i.test(url)
}

/** What matters of a probe from one to the next. */
export function settingsOf({ settings, checks }: KeptProbe): Settings {
  const { versioning, lock, public: isPublic } = settings
  const found = (step: 'overwrite' | 'remove') => checks.find(({ what }) => what === step)?.found ?? 'wrong'
  return { versioning, lock, public: isPublic, overwrite: found('overwrite'), remove: found('remove') }
}

function rereadStatus(own: StoreTrail, now: Date): RereadStatus {
  const { bytes, ofBytes, objects, ofObjects, oldestMs } = rereadWithin(readsOf(own), now)
  return {
    days: REREAD_DAYS,
    bytes,
    of_bytes: ofBytes,
    objects,
    of_objects: ofObjects,
    oldest: oldestMs === undefined ? null : new Date(oldestMs).toISOString(),
  }
}

/** Instants of ISO 8601 in UTC sort as text. */
function latest(...times: readonly (string | undefined)[]): string | undefined {
  return times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1)
}
