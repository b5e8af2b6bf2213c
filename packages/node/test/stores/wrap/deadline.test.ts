import { describe, expect, it } from 'vitest'
import type { Wait } from '../../../src/ports.js'
import type { Store } from '../../../src/stores/store.js'
import { ANSWER_MS, SLOWEST_BYTES_PER_S, withDeadline } from '../../../src/stores/wrap/deadline.js'
import { breaks, CLAUSES, codeOf } from '../contract.js'
import { memoryStore } from '../memory.js'
import { memoryGround } from '../twins.js'

const never = () => new Promise<never>(() => {})
const dead: Store = {
  name: 'dead',
  place: 'nowhere',
  get: never,
  put: never,
  list: never,
  remove: never,
  look: never,
}

describe('a store with a deadline', () => {
  it.each([
    ['get', (store: Store) => store.get('a')],
    ['put', (store: Store) => store.put('a', new Uint8Array(1))],
    ['list', (store: Store) => store.list('')],
    ['remove', (store: Store) => store.remove('a')],
    ['look', (store: Store) => store.look?.()],
  ])('that never answers is unreachable: %s', async (_name, call) => {
    expect(await codeOf(Promise.resolve(call(withDeadline(dead, async () => {}))))).toBe('store-unreachable')
  })

  it('gives a big object the time that a slow line takes, and what is small or was listed no more than its own', async () => {
    const waits: number[] = []
    const open = async () => {
      let isListed = false
      const wait: Wait = (ms) => (isListed ? Promise.resolve(void waits.push(ms)) : never())
      const listing = { ...dead, list: async () => [{ key: 'objects/b', size: SLOWEST_BYTES_PER_S * 7 }] }
      const store = withDeadline(listing, wait)
      await store.list('')
      isListed = true
      waits.length = 0
      return store
    }
    const waited = async (call: (store: Store) => Promise<unknown>) => {
      await codeOf(call(await open()))
      return waits[0]
    }
    expect(await waited((store) => store.put('a', new Uint8Array(0)))).toBe(ANSWER_MS)
    const big = new Uint8Array(SLOWEST_BYTES_PER_S * 100)
    expect(await waited((store) => store.put('a', big))).toBe(ANSWER_MS + 100_000)
    expect(await waited((store) => store.get('heads/a/1.json'))).toBe(ANSWER_MS)
    expect(await waited((store) => store.get('objects/a'))).toBe(ANSWER_MS + 1_024_000)
    expect(await waited((store) => store.get('objects/b'))).toBe(ANSWER_MS + 7000)
    const both = (store: Store) => Promise.all([store.get('objects/b'), store.get('objects/b')])
    await codeOf(both(await open()))
    expect(waits).toContain(ANSWER_MS + 14_000)
  })

  it('is not asked again once it was silent', async () => {
    let calls = 0
    const counted = { ...dead, get: () => dead.get(String(calls++)) }
    const store = withDeadline(counted, async () => {})
    for (let i = 0; i < 3; i++) expect(await codeOf(store.get('a'))).toBe('store-unreachable')
    expect(calls).toBe(1)
  })

  it('is alive as long as one of its calls comes to an end', async () => {
    const timers: (() => void)[] = []
    const wait: Wait = () => new Promise((over) => timers.push(over))
    const answers: (() => void)[] = []
    const slow = { ...dead, remove: () => new Promise<void>((answer) => answers.push(answer)) }
    const store = withDeadline(slow, wait)
    const ends: string[] = []
    const calls = ['a', 'b'].map((key) =>
      codeOf(store.remove(key)).then((code) => ends.push(`${key} ${code}`)),
    )
    answers[0]?.()
    await calls[0]
    timers[1]?.() // b has waited for its time, but a was served in it
    await new Promise(setImmediate)
    expect(ends).toEqual(['a none'])
    timers.at(-1)?.()
    await calls[1]
    expect(ends).toEqual(['a none', 'b store-unreachable'])
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
