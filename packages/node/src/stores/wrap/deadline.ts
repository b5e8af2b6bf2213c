/**
 * A store whose calls end: one that does not answer in time is unreachable, and whoever waits for it goes on. The
 * call itself cannot be taken back (a read from a dead network drive hangs in the kernel); its late answer is ignored,
 * and the store is not asked again as long as it is open, so that it holds nobody up a second time.
 *
 * Calls share a line. As long as one of them comes to an end the store is alive, and the others wait on.
 */
import { fail } from '@cairn/core/errors.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import type { Wait } from '../../ports.js'
import type { Store } from '../store.js'

/** For the answer as such, whatever its size. */
export const ANSWER_MS = 60_000
/** The slowest line that a backup is worth sending over. */
export const SLOWEST_BYTES_PER_S = 64 * 1024
/** A listing comes in pages, of which a large store has many. */
export const LIST_MS = 10 * ANSWER_MS

/** State of one open store. */
interface Line {
  readonly store: Store
  readonly wait: Wait
  /** Sizes by key, as the store listed them. */
  readonly sizes: Map<string, number>
  /** Of all calls that are under way. */
  bytes: number
  /** Number of calls that came to an end. */
  ended: number
  isDead: boolean
}

export function withDeadline(store: Store, wait: Wait): Store {
  const line: Line = { store, wait, sizes: new Map(), bytes: 0, ended: 0, isDead: false }
  const { look } = store
  return {
    ...store,
    get: (key) => inTime(line, { bytes: sizeOf(line, key) }, () => store.get(key)),
    put: (key, bytes) => inTime(line, { bytes: bytes.length }, () => store.put(key, bytes)),
    list: async (prefix) => {
      const found = await inTime(line, { bytes: 0, ms: LIST_MS }, () => store.list(prefix))
      for (const { key, size } of found) line.sizes.set(key, size)
      return found
    },
    remove: (key) => inTime(line, { bytes: 0 }, () => store.remove(key)),
    ...(look ? { look: () => inTime(line, { bytes: 0 }, look) } : {}),
  }
}

/** What an object that was not listed may have; files beside objects are small. */
function sizeOf({ sizes }: Line, key: string): number {
  const most = key.startsWith('objects/') ? OBJECT_LIMIT_BYTES : 0
  return Math.min(sizes.get(key) ?? most, OBJECT_LIMIT_BYTES)
}

interface Call {
  readonly bytes: number
  /** For the answer as such. */
  readonly ms?: number
}

async function inTime<T>(line: Line, { bytes, ms = ANSWER_MS }: Call, call: () => Promise<T>): Promise<T> {
  if (line.isDead) return silence(line)
  line.bytes += bytes
  const work = call()
  const over = new AbortController()
  const late = timeIsUp(line, ms, over.signal).then(() => (over.signal.aborted ? work : silence(line)))
  try {
    return await Promise.race([work, late])
  } finally {
    line.bytes -= bytes
    if (!line.isDead) line.ended++
    // without a reason, an error with a stack would be made for each call
    over.abort('answered')
    late.catch(() => {})
    work.catch(() => {})
  }
}

/** Resolves when no call has come to an end for too long, or when `signal` is aborted. */
async function timeIsUp(line: Line, ms: number, signal: AbortSignal): Promise<void> {
  for (let before = -1; before !== line.ended && !signal.aborted && !line.isDead; ) {
    before = line.ended
    await line.wait(ms + (1000 * line.bytes) / SLOWEST_BYTES_PER_S, signal)
  }
}

function silence(line: Line): never {
  line.isDead = true
  return fail('store-unreachable', { store: line.store.name, reason: 'it does not answer' })
}
