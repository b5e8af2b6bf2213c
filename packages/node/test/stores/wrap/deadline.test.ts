import { describe, expect, it } from 'vitest'
import type { Wait } from '../../../src/ports.js'
import type { Store } from '../../../src/stores/store.js'
import { ANSWER_MS, SLOWEST_BYTES_PER_S, withDeadline } from '../../../src/stores/wrap/deadline.js'
import { breaks, CLAUSES, codeOf } from '../contract.js'
import { memoryStore } from '../memory.js'
import { memoryGround } from '../twins.js'

const never = () => new Promise<never>(() => {})
const dead: Store = { name: 'dead', place: 'nowhere', get: never, put: never, list: never, remove: never }

describe('a store with a deadline', () => {
  it.each([
    ['get', (store: Store) => store.get('a')],
    ['put', (store: Store) => store.put('a', new Uint8Array(1))],
    ['list', (store: Store) => store.list('')],
    ['remove', (store: Store) => store.remove('a')],
  ])('that never answers is unreachable: %s', async (_name, call) => {
    expect(await codeOf(call(withDeadline(dead, async () => {})))).toBe('store-unreachable')
  })

  it('gives a big object the time that a slow line takes', async () => {
    const waits: number[] = []
    const wait: Wait = async (ms) => void waits.push(ms)
    const store = withDeadline(dead, wait)
    await codeOf(store.put('a', new Uint8Array(0)))
    await codeOf(store.put('a', new Uint8Array(SLOWEST_BYTES_PER_S * 100)))
    expect(waits).toEqual([ANSWER_MS, ANSWER_MS + 100_000])
  })

  it('stops its clock with the answer, good or bad, and leaves nothing unhandled when it comes late', async () => {
    const signals: AbortSignal[] = []
    const wait: Wait = (_ms, signal) => {
      if (signal) signals.push(signal)
      return new Promise(() => {})
    }
    const store = withDeadline(memoryStore(new Map([['a', new Uint8Array(1)]])), wait)
    await store.get('a')
    expect(await codeOf(store.get('b'))).toBe('object-missing')
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
    const late = {
      ...dead,
      get: () => new Promise<never>((_, reject) => setTimeout(reject, 5, new Error('late'))),
    }
    expect(await codeOf(withDeadline(late, async () => {}).get('a'))).toBe('store-unreachable')
    await new Promise((resolve) => setTimeout(resolve, 20))
  })

  it.each(CLAUSES.map(({ name }) => name))('keeps the contract: %s', async (name) => {
    const ground = memoryGround({ caughtBy: '', lie: (store) => withDeadline(store, never) })
    expect(await breaks(ground, name)).toBe(false)
  })
})
