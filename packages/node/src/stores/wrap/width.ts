/** A store that is asked a few things at a time, so that a vault of many heads opens no connection for each. */
import type { Store } from '../store.js'

export const WIDTH = 8

export function withWidth(store: Store, width = WIDTH): Store {
  let free = width
  const waiting: (() => void)[] = []
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
  const { look } = store
  return {
    ...store,
    get: (key) => inTurn(() => store.get(key)),
    put: (key, bytes) => inTurn(() => store.put(key, bytes)),
    list: (prefix) => inTurn(() => store.list(prefix)),
    remove: (key) => inTurn(() => store.remove(key)),
    ...(look ? { look: () => inTurn(look) } : {}),
  }
}
