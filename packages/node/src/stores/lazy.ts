/** A store whose code, client library and all, is loaded when it is first asked for something. */
import { NO_TRAITS, type Store } from './store.js'

export interface Place {
  readonly name: string
  readonly place: string
}

export function lazyStore({ name, place }: Place, load: () => Promise<Store>): Store {
  let loading: Promise<Store> | undefined
  const loaded = () => {
    // a failure is not kept: credentials may be mended while it runs
    loading ??= load().catch((error) => {
      loading = undefined
      throw error
    })
    return loading
  }
  return {
    name,
    place,
    get: async (key) => (await loaded()).get(key),
    put: async (key, bytes) => (await loaded()).put(key, bytes),
    list: async (prefix) => (await loaded()).list(prefix),
    remove: async (key) => (await loaded()).remove(key),
    look: async () => (await (await loaded()).look?.()) ?? NO_TRAITS,
    tidy: async (prefix) => (await loaded()).tidy?.(prefix),
  }
}
