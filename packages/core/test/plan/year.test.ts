import { describe, expect, test } from 'vitest'
import { advise } from '../../src/plan/advise.js'
import type { WalletPast } from '../../src/plan/calendar.js'
import { type Advise, liveYear } from './year.js'

/** Mulberry32, so that a year that fails is named by its number. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const SEEDS = 8
const years = (twin: Advise) =>
  Array.from({ length: SEEDS }, (_, seed) => ({ seed, ...liveYear(seeded(seed), twin) }))
const caught = (twin: Advise) => [...new Set(years(twin).flatMap(({ broken }) => broken))]

describe('a year of a wallet on a machine that sleeps', () => {
  test('leaves nothing unsaved for longer than the table says, and saves no more than it says', () => {
    const all = years(advise)
    expect(all.filter(({ broken }) => broken.length > 0)).toEqual([])
    for (const { saves, seed } of all) {
      expect(saves, `seed ${seed}`).toBeGreaterThanOrEqual(4)
      expect(saves, `seed ${seed}`).toBeLessThanOrEqual(420)
    }
  })

  test('of a twin that sees no new keys is caught', () => {
    const blind: Advise = (wallet, now) => advise({ ...wallet, before: wallet.now }, now)
    expect(caught(blind)).toContain('a key is not saved after a check')
  })

  test('of a twin that thinks every wallet quiet is caught', () => {
    const sleepy: Advise = (wallet, now) =>
      advise({ ...wallet, use: { moves: [], untimed: 0, holdsSats: null } }, now)
    expect(caught(sleepy)).toContain('saved too rarely')
  })

  test('of a twin that forgets when it saved is caught', () => {
    const forgetful: Advise = (wallet, now) => ({
      ...advise({ ...wallet, saved: null } satisfies WalletPast, now),
      every: 'week',
    })
    expect(caught(forgetful)).toContain('saved too often')
  })
})
