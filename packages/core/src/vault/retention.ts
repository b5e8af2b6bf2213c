/**
 * Which snapshots of a device to keep: rules and what is known of each in, what to keep and why out. Pure.
 *
 * Sequence decides what is newer, never a clock. Times only sort snapshots into hours, days and so on, and a clock that
 * was wrong must not make pruning forget more: a snapshot whose time does not fit between those around it, or lies in
 * the future, is kept, and takes no place of another one. Rules look at each wallet for itself, since a snapshot may
 * hold some wallets only; one that any wallet needs is kept.
 */

/** How many to keep of each; absent is none. The newest of an hour, day, week (ISO 8601), month or year in UTC counts. */
export interface Rules {
  readonly last?: number
  readonly hourly?: number
  readonly daily?: number
  readonly weekly?: number
  readonly monthly?: number
  readonly yearly?: number
  /** All of so many days before the newest one. */
  readonly withinDays?: number
  /** All that have one of these tags. */
  readonly tags?: readonly string[]
}

export interface Candidate {
  /** Object id of the manifest. */
  readonly id: string
  readonly seq: number
  /** As the signed head says it. */
  readonly time: string
  /** Names of the wallets in it. */
  readonly wallets: readonly string[]
  /** Absent is none. */
  readonly tags?: readonly string[]
}

/** `newest`: no newer one holds some wallet. `proven`: the last that a drill proved of some wallet. */
export type Why = 'newest' | 'proven' | 'clock' | 'no-rule' | keyof Rules

export interface Kept {
  readonly snapshot: Candidate
  readonly why: readonly Why[]
}

export interface Retention {
  /** Oldest first, as all lists here. */
  readonly keep: readonly Kept[]
  readonly forget: readonly Candidate[]
}

export interface Retaining {
  /** All snapshots of one device that exist. */
  readonly snapshots: readonly Candidate[]
  readonly rules: Rules
  /** Ids that drills proved last, of any wallet. */
  readonly proven: ReadonlySet<string>
  readonly now: Date
}

const DAY_MS = 86_400_000

/** Whether the rules ask for anything at all. */
export function hasRule({ tags = [], ...counts }: Rules): boolean {
  return tags.length > 0 || Object.values(counts).some((count) => count > 0)
}

/** Which snapshots are kept, and by which rules. */
export function planRetention({ snapshots, rules, proven, now }: Retaining): Retention {
  const chain = [...snapshots].sort((a, b) => a.seq - b.seq)
  const dated = fitting(chain.filter(({ time }) => Date.parse(time) <= now.getTime() + DAY_MS))
  const reasons = new Map<Candidate, Set<Why>>(chain.map((snapshot) => [snapshot, new Set()]))
  const keep = (snapshot: Candidate | undefined, why: Why) => snapshot && reasons.get(snapshot)?.add(why)
  for (const snapshot of chain) {
    if (proven.has(snapshot.id)) keep(snapshot, 'proven')
    if (!dated.has(snapshot)) keep(snapshot, 'clock')
    if (!hasRule(rules)) keep(snapshot, 'no-rule')
    if (snapshot.tags?.some((tag) => rules.tags?.includes(tag))) keep(snapshot, 'tags')
  }
  for (const wallet of new Set(chain.flatMap(({ wallets }) => wallets))) {
    const own = chain.filter(({ wallets }) => wallets.includes(wallet)).reverse()
    keep(own[0], 'newest')
    for (const snapshot of own.slice(0, rules.last ?? 0)) keep(snapshot, 'last')
    const ordered = own.filter((snapshot) => dated.has(snapshot))
    for (const [why, bucketOf] of BUCKETS)
      for (const snapshot of newestOfEach(ordered, bucketOf).slice(0, rules[why] ?? 0)) keep(snapshot, why)
    const since = Date.parse(ordered[0]?.time ?? '') - (rules.withinDays ?? 0) * DAY_MS
    if (rules.withinDays)
      for (const snapshot of ordered) if (Date.parse(snapshot.time) >= since) keep(snapshot, 'withinDays')
  }
  const all = chain.map((snapshot) => ({ snapshot, why: [...(reasons.get(snapshot) ?? [])] }))
  return {
    keep: all.filter(({ why }) => why.length > 0),
    forget: all.filter(({ why }) => why.length === 0).map(({ snapshot }) => snapshot),
  }
}

type BucketOf = (time: string) => string

const BUCKETS: readonly (readonly [Exclude<keyof Rules, 'last' | 'withinDays' | 'tags'>, BucketOf])[] = [
  ['hourly', (time) => time.slice(0, 13)],
  ['daily', (time) => time.slice(0, 10)],
  ['weekly', (time) => `${Math.floor((Date.parse(time) / DAY_MS + 3) / 7)}`], // 1970-01-01 was a Thursday
  ['monthly', (time) => time.slice(0, 7)],
  ['yearly', (time) => time.slice(0, 4)],
]

/** @param ordered newest first */
function newestOfEach(ordered: readonly Candidate[], bucketOf: BucketOf): readonly Candidate[] {
  return ordered.filter((snapshot, i) => {
    const newer = ordered[i - 1]
    return newer === undefined || bucketOf(newer.time) !== bucketOf(snapshot.time)
  })
}

/**
 * The most snapshots whose times never go back: the longest non-decreasing subsequence, by patience sorting. What is not
 * among them was dated by a clock that was wrong, or stands beside more that were.
 */
function fitting(chain: readonly Candidate[]): ReadonlySet<Candidate> {
  const tops: number[] = []
  const before: number[] = []
  for (const [i, { time }] of chain.entries()) {
    let low = 0
    for (let high = tops.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((chain[tops[middle] as number] as Candidate).time <= time) low = middle + 1
      else high = middle
    }
    before[i] = tops[low - 1] ?? -1
    tops[low] = i
  }
  const found = new Set<Candidate>()
  for (let i = tops.at(-1) ?? -1; i >= 0; i = before[i] as number) found.add(chain[i] as Candidate)
  return found
}
