import { describe, expect, it } from 'vitest'
import { concernsOf, type Settings, settingChanges } from '../../src/plan/settings.js'

const GOOD: Settings = {
  versioning: 'on',
  lock: 'on',
  public: 'off',
  overwrite: 'refused',
  remove: 'refused',
}

describe('what a person should know of the settings of a place', () => {
  it('is nothing where all is as it should be, or where nothing is known', () => {
    expect(concernsOf(GOOD)).toEqual([])
    expect(concernsOf({ ...GOOD, versioning: 'unknown', lock: 'unknown', public: 'unknown' })).toEqual([])
  })

  it.each([
    [{ public: 'on' }, 'public'],
    [{ versioning: 'off' }, 'versioning-off'],
    [{ lock: 'off' }, 'lock-off'],
    [{ remove: 'works' }, 'deletes-allowed'],
    [{ overwrite: 'works' }, 'overwrites-allowed'],
    [{ remove: 'wrong' }, 'does-not-do-as-told'],
  ] as const)('is told of %o', (setting, concern) => {
    expect(concernsOf({ ...GOOD, ...setting })).toEqual([concern])
  })
})

describe('what changed between two probes', () => {
  it('is nothing of the same settings', () => {
    expect(settingChanges(GOOD, { ...GOOD })).toEqual([])
  })

  it('is worse where it raises a concern, and not where it ends one or nothing is known any more', () => {
    const changes = settingChanges(
      { ...GOOD, public: 'off', versioning: 'off', lock: 'on' },
      { ...GOOD, public: 'on', versioning: 'on', lock: 'unknown' },
    )
    expect(changes).toEqual([
      { what: 'public', before: 'off', now: 'on', worse: true },
      { what: 'versioning', before: 'off', now: 'on', worse: false },
      { what: 'lock', before: 'on', now: 'unknown', worse: false },
    ])
  })
})
