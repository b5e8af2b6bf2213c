/**
 * A store that takes and gives no more bytes a second than it may, over all its calls together, so that a backup
 * does not take the whole line. An object goes over in one piece: the limit holds on average, not within a second.
 */
import type { Wait } from '../../ports.js'
import type { Store } from '../store.js'

export interface Limit {
  readonly bytesPerSecond: number
  readonly now: () => Date
  readonly wait: Wait
}

export function withLimit(store: Store, { bytesPerSecond, now, wait }: Limit): Store {
  /** When the line is free again, in milliseconds since 1970. */
  let freeAt = 0
  const take = async (bytes: number) => {
    const at = Math.max(freeAt, now().getTime())
    freeAt = at + (1000 * bytes) / bytesPerSecond
    const pause = at - now().getTime()
    if (pause > 0) await wait(pause)
  }
  return {
    ...store,
    put: async (key, bytes) => {
      await take(bytes.length)
      await store.put(key, bytes)
    },
    get: async (key) => {
      await take(0)
      const bytes = await store.get(key)
      await take(bytes.length)
      return bytes
    },
  }
}
