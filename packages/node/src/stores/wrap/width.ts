/** A store that is asked a few things at a time, so that a vault of many heads opens no connection for each. */
import { inTurns } from '../in-turns.js'
import type { Store } from '../store.js'

export const WIDTH = 8

export function withWidth(store: Store, width = WIDTH): Store {
  const inTurn = inTurns(width)
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
