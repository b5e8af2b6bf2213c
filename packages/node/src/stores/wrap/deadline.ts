/**
 * A store whose calls end: one that does not answer in time is unreachable, and whoever waits for it goes on. The
 * call itself cannot be taken back (a read from a dead network drive hangs in the kernel); its late answer is ignored.
 */
import { fail } from '@cairn/core/errors.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import type { Wait } from '../../ports.js'
import type { Store } from '../store.js'

/** For the answer as such, whatever its size. */
export const ANSWER_MS = 60_000
/** The slowest line that a backup is worth sending over. */
export const SLOWEST_BYTES_PER_S = 64 * 1024

export function withDeadline(store: Store, wait: Wait): Store {
  const inTime = <T>(ms: number, work: Promise<T>): Promise<T> => answerWithin({ work, ms, store, wait })
  return {
    ...store,
    get: (key) => inTime(allowed(OBJECT_LIMIT_BYTES), store.get(key)),
    put: (key, bytes) => inTime(allowed(bytes.length), store.put(key, bytes)),
    // a listing comes in pages, of which a large store has many
    list: (prefix) => inTime(10 * ANSWER_MS, store.list(prefix)),
    remove: (key) => inTime(ANSWER_MS, store.remove(key)),
  }
}

function allowed(bytes: number): number {
  return ANSWER_MS + (1000 * bytes) / SLOWEST_BYTES_PER_S
}

interface Answer<T> {
  readonly work: Promise<T>
  readonly ms: number
  readonly store: Store
  readonly wait: Wait
}

async function answerWithin<T>({ work, ms, store, wait }: Answer<T>): Promise<T> {
  const over = new AbortController()
  const late = wait(ms, over.signal).then((): Promise<T> => {
    if (over.signal.aborted) return work
    return fail('store-unreachable', { store: store.name, reason: 'it does not answer' })
  })
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
    late.catch(() => {})
    work.catch(() => {})
  }
}
