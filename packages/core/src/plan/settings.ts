/**
 * How a place is set up, as a probe found it, and what of that a person should know: what a thief with the keys of the
 * computer could do there, and who can look in. And what changed between two probes.
 */
export type Setting = 'on' | 'off' | 'unknown'
export type Allowed = 'works' | 'refused' | 'wrong'

export interface Settings {
  /** What is written over or removed can be brought back. */
  readonly versioning: Setting
  /** What is written cannot be removed for a time, by anybody. */
  readonly lock: Setting
  /** Everybody can read it. */
  readonly public: Setting
  /** Whether what lies there can be written over, with what this machine has. */
  readonly overwrite: Allowed
  readonly remove: Allowed
}

export type Concern =
  | 'public'
  | 'versioning-off'
  | 'lock-off'
  | 'overwrites-allowed'
  | 'deletes-allowed'
  | 'does-not-do-as-told'

/** The worst first; empty where all is as it should be, or where nothing is known. */
export function concernsOf(settings: Settings): readonly Concern[] {
  const { versioning, lock, overwrite, remove } = settings
  const rows: readonly (readonly [Concern, boolean])[] = [
    ['public', settings.public === 'on'],
    ['does-not-do-as-told', overwrite === 'wrong' || remove === 'wrong'],
    ['versioning-off', versioning === 'off'],
    ['lock-off', lock === 'off'],
    ['deletes-allowed', remove === 'works'],
    ['overwrites-allowed', overwrite === 'works'],
  ]
  return rows.flatMap(([concern, isSo]) => (isSo ? [concern] : []))
}

export interface SettingChange {
  readonly what: keyof Settings
  readonly before: Setting | Allowed
  readonly now: Setting | Allowed
  /** It raises a concern that was not there. */
  readonly worse: boolean
}

const NAMES = [
  'public',
  'versioning',
  'lock',
  'remove',
  'overwrite',
] as const satisfies readonly (keyof Settings)[]

/** What is set up otherwise than before. */
export function settingChanges(before: Settings, now: Settings): readonly SettingChange[] {
  const known = new Set(concernsOf(before))
  return NAMES.filter((what) => before[what] !== now[what]).map((what) => {
    const fresh = concernsOf({ ...before, [what]: now[what] })
    return { what, before: before[what], now: now[what], worse: fresh.some((one) => !known.has(one)) }
  })
}
