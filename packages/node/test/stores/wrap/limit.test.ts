import { describe, expect, it } from 'vitest'
import type { Store } from '../../../src/stores/store.js'
import { withLimit } from '../../../src/stores/wrap/limit.js'
import { fakeClock } from '../clock.js'
import { breaks, CLAUSES } from '../contract.js'
import { memoryStore } from '../memory.js'
import { memoryGround } from '../twins.js'

const RATE = 1000

/** Puts and gets so many bytes, in turn or at once, and tells how long it took by the clock. */
async function took(use: (store: Store) => Promise<unknown>, bytesPerSecond = RATE): Promise<number> {
  const clock = fakeClock()
  const kept = new Map([['there', new Uint8Array(2 * RATE)]])
  await use(withLimit(memoryStore(kept), { bytesPerSecond, ...clock }))
  return clock.ms
}

describe('a store with a limit', () => {
  it('lets the first object through and holds the next one back for as long as the first takes', async () => {
    const times = await took(async (store) => {
      for (const key of ['a', 'b', 'c']) await store.put(key, new Uint8Array(RATE))
    })
    expect(times).toBe(2000)
  })

  it('counts what is read as well', async () => {
    const times = await took(async (store) => {
      for (const _ of [1, 2, 3]) await store.get('there')
    })
    expect(times).toBe(4000)
  })

  it('asks for no patience when it is not reached', async () => {
    expect(await took((store) => store.put('a', new Uint8Array(RATE)))).toBe(0)
    expect(await took((store) => store.list(''))).toBe(0)
  })

  it.each(CLAUSES.map(({ name }) => name))('keeps the contract: %s', async (name) => {
    const lie = (store: Store) => withLimit(store, { bytesPerSecond: RATE, ...fakeClock() })
    expect(await breaks(memoryGround({ caughtBy: '', lie }), name)).toBe(false)
  })
})
