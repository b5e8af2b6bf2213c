/** Stores that lie, each named after its lie, and stores that are damaged. */
import type { Store } from '../../src/stores/store.js'

/** Changes one bit in the middle of what is sent. */
export function flipsABitOnTheWay(store: Store): Store {
  return { ...store, put: (key, bytes) => store.put(key, flipped(bytes)) }
}

/** Says that it has stored the bytes, and has not. */
export function saysSavedButDidNot(store: Store): Store {
  return { ...store, put: async (key, bytes) => (isSealed(key) ? undefined : store.put(key, bytes)) }
}

/** Keeps what was there before and drops what comes: a drive that went read-only without saying so. */
export function keepsTheFirstBytesOnly(store: Store): Store {
  return { ...store, put: (key, bytes) => store.put(key, bytes.subarray(0, bytes.length / 2)) }
}

/** Gives back another object than the one that was asked for. */
export function givesBackAnother(store: Store): Store {
  return {
    ...store,
    get: async (key) => {
      const other = isSealed(key)
        ? (await store.list('objects/')).find((object) => object.key !== key)
        : undefined
      return store.get(other?.key ?? key)
    },
  }
}

export function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const middle = copy.length >> 1
  copy[middle] = (copy[middle] as number) ^ 1
  return copy
}

function isSealed(key: string): boolean {
  return key.startsWith('objects/')
}
