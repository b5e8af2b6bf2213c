import { fail } from '@cairn/core/errors.js'
import { describe, expect, it } from 'vitest'
import { PROBE_PREFIX, probe } from '../../src/stores/probe.js'
import type { Store } from '../../src/stores/store.js'
import { fakeClock } from './clock.js'
import { codeOf } from './contract.js'
import { failingStore, type Kept, memoryStore } from './memory.js'
import { TWINS } from './twins.js'

const denied = async () => fail('store-denied', { store: 'twin' })

async function founds(store: Store) {
  const { ok, checks } = await probe(store, fakeClock())
  return { ok, found: Object.fromEntries(checks.map(({ what, found }) => [what, found])) }
}

const works = { write: 'works', read: 'works', list: 'works', overwrite: 'works', remove: 'works' }

describe('a probe', () => {
  it('of an honest place finds that all works, dates it, and leaves nothing behind', async () => {
    const kept: Kept = new Map([['vault.json', new Uint8Array(3)]])
    const clock = fakeClock()
    clock.ms = Date.parse('2026-11-25T12:00:00Z')
    const report = await probe(memoryStore(kept), clock)
    expect(report).toMatchObject({ ok: true, time: '2026-11-25T12:00:00.000Z', place: 'memory' })
    expect(report.checks.map(({ found }) => found)).toEqual(Object.values(works))
    expect([...kept.keys()]).toEqual(['vault.json'])
  })

  it.each([
    ['FlipLastByte', 'read'],
    ['SaysSavedButDidNot', 'read'],
    ['ForgetsToList', 'list'],
    ['KeepsTheOldBytes', 'overwrite'],
    ['ForgetsToRemove', 'remove'],
  ])('catches the twin %s', async (name, what) => {
    const kept: Kept = new Map()
    const store = TWINS[name]?.lie(memoryStore(kept), kept) as Store
    const { ok, found } = await founds(store)
    expect({ ok, [what]: found[what] }).toEqual({ ok: false, [what]: 'wrong' })
  })

  it('of a place where nothing is written over or removed says so, and trusts it', async () => {
    const kept: Kept = new Map()
    const store = memoryStore(kept)
    const put: Store['put'] = (key, bytes) => (kept.has(key) ? denied() : store.put(key, bytes))
    const { ok, found } = await founds({ ...store, put, remove: denied })
    expect({ ok, found }).toEqual({ ok: true, found: { ...works, overwrite: 'refused', remove: 'refused' } })
    expect([...kept.keys()].every((key) => key.startsWith(PROBE_PREFIX))).toBe(true)
  })

  it.each(['store-unreachable', 'store-denied', 'store-full'] as const)(
    'ends with %s where that is so',
    async (code) => {
      expect(await codeOf(probe(failingStore(code), fakeClock()))).toBe(code)
    },
  )

  it('tells the settings that the provider has', async () => {
    const settings = { versioning: 'on', lock: 'off', public: 'off', clockAheadMs: 1500 } as const
    const report = await probe({ ...memoryStore(new Map()), look: async () => settings }, fakeClock())
    expect(report.settings).toEqual(settings)
  })
})
