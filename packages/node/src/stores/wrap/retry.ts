/**
 * A store that is asked again when it could not be reached: lines drop for a moment, servers restart. What will be
 * the same the next time (denied, full, missing, a lie) is never asked again. Every call may be repeated: an object
 * put twice is the same object.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Wait } from '../../ports.js'
import type { Store } from '../store.js'

/** Before the second, third and fourth attempt: the next one waits four times as long. */
export const PAUSES_MS = [500, 2000, 8000] as const

export function withRetry(store: Store, wait: Wait): Store {
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const pause of PAUSES_MS) {
      try {
        return await work()
      } catch (error) {
        if (!isCairnError(error, 'store-unreachable')) throw error
      }
      await wait(pause)
    }
    return work()
  }
  const { look } = store
  return {
    ...store,
    get: (key) => again(() => store.get(key)),
    put: (key, bytes) => again(() => store.put(key, bytes)),
    list: (prefix) => again(() => store.list(prefix)),
    remove: (key) => again(() => store.remove(key)),
    ...(look ? { look: () => again(look) } : {}),
  }
}
