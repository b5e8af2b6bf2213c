/** A store in memory that keeps the contract, as ground for stores that do not. */
import { fail } from '@cairn/core/errors.js'
import type { Store } from '../../src/stores/store.js'

export type Kept = Map<string, Uint8Array>

export function memoryStore(kept: Kept, name = 'memory'): Store {
  return {
    name,
    place: 'memory',
    get: async (key) => Uint8Array.from(kept.get(key) ?? fail('object-missing', { object: key })),
    put: async (key, bytes) => void kept.set(key, Uint8Array.from(bytes)),
    list: async (prefix) =>
      [...kept].filter(([key]) => key.startsWith(prefix)).map(([key, { length: size }]) => ({ key, size })),
    remove: async (key) => void kept.delete(key),
  }
}

/** A store all of whose calls end with this error. */
export function failingStore(
  code: 'store-unreachable' | 'store-denied' | 'store-full',
  name = 'failing',
): Store {
  const call = async () => fail(code, { store: name, reason: 'so it was said' })
  return { name, place: 'nowhere', get: call, put: call, list: call, remove: call }
}
