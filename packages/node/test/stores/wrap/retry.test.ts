import { fail } from '@cairn/core/errors.js'
import { describe, expect, it } from 'vitest'
import { NO_TRAITS, type Store } from '../../../src/stores/store.js'
import { PAUSES_MS, withRetry } from '../../../src/stores/wrap/retry.js'
import { fakeClock } from '../clock.js'
import { breaks, CLAUSES, codeOf } from '../contract.js'
import { failingStore, memoryStore } from '../memory.js'
import { memoryGround } from '../twins.js'

/** Fails so many calls, then works. */
function flaky(times: number, code: 'store-unreachable' | 'store-full' = 'store-unreachable') {
  const kept = new Map([['a', new Uint8Array(3)]])
  const store = memoryStore(kept)
  const calls = { count: 0 }
  const through = <T>(work: () => Promise<T>) =>
    calls.count++ < times ? fail(code, { store: 'flaky', reason: 'the line dropped' }) : work()
  const through5: Store = {
    ...store,
    get: async (key) => through(() => store.get(key)),
    put: async (key, bytes) => through(() => store.put(key, bytes)),
    list: async (prefix) => through(() => store.list(prefix)),
    remove: async (key) => through(() => store.remove(key)),
    look: async () => through(async () => NO_TRAITS),
  }
  return { store: through5, calls }
}

describe('a store that is asked again', () => {
  it.each([
    ['get', (store: Store) => store.get('a')],
    ['put', (store: Store) => store.put('b', new Uint8Array(1))],
    ['list', (store: Store) => store.list('')],
    ['remove', (store: Store) => store.remove('a')],
    ['look', (store: Store) => store.look?.()],
  ])('%s works when the line is back in time, and waits longer each time', async (_name, call) => {
    const clock = fakeClock()
    await call(withRetry(flaky(3).store, clock.wait))
    expect(clock.waits).toEqual(PAUSES_MS)
  })

  it('gives up in the end, with the error that it met', async () => {
    const clock = fakeClock()
    const { store, calls } = flaky(99)
    expect(await codeOf(withRetry(store, clock.wait).get('a'))).toBe('store-unreachable')
    expect(calls.count).toBe(PAUSES_MS.length + 1)
  })

  it('is asked once for what will not pass: a full, a denied, a missing one', async () => {
    const clock = fakeClock()
    const full = flaky(99, 'store-full')
    expect(await codeOf(withRetry(full.store, clock.wait).put('a', new Uint8Array(1)))).toBe('store-full')
    expect(full.calls.count).toBe(1)
    expect(await codeOf(withRetry(failingStore('store-denied'), clock.wait).get('a'))).toBe('store-denied')
    expect(await codeOf(withRetry(memoryStore(new Map()), clock.wait).get('a'))).toBe('object-missing')
    expect(clock.waits).toEqual([])
  })

  it.each(CLAUSES.map(({ name }) => name))('keeps the contract: %s', async (name) => {
    const ground = memoryGround({ caughtBy: '', lie: (store) => withRetry(store, fakeClock().wait) })
    expect(await breaks(ground, name)).toBe(false)
  })
})
