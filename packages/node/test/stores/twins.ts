/** Stores that break the contract, each named after its lie and with the clause that must catch it. */
import { fail } from '@cairn/core/errors.js'
import type { Store } from '../../src/stores/store.js'
import type { Ground } from './contract.js'
import { failingStore, type Kept, memoryStore } from './memory.js'

export interface Twin {
  readonly caughtBy: string
  /** Changes an honest store over these bytes. */
  readonly lie: (store: Store, kept: Kept) => Store
}

const change = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

export const TWINS: Readonly<Record<string, Twin>> = {
  FlipLastByte: {
    caughtBy: 'gives back the bytes that it was given',
    lie: (store) => ({ ...store, put: (key, bytes) => store.put(key, change(bytes, bytes.length - 1)) }),
  },
  SaysSavedButDidNot: {
    caughtBy: 'gives back the bytes that it was given',
    lie: (store) => ({ ...store, put: async () => {} }),
  },
  AnswersFromItsCache: {
    caughtBy: 'gives them to another process',
    lie: (store) => {
      const cache: Kept = new Map()
      const { get, list } = memoryStore(cache)
      return { ...store, put: async (key, bytes) => void cache.set(key, bytes.slice()), get, list }
    },
  },
  ForgetsToList: {
    caughtBy: 'gives them to another process',
    lie: (store) => ({ ...store, list: async (prefix) => (await store.list(prefix)).slice(1) }),
  },
  DropsWhatIsEmpty: {
    caughtBy: 'keeps objects of no bytes, of one, and of every value',
    lie: (store) => ({
      ...store,
      put: async (key, bytes) => void (bytes.length && (await store.put(key, bytes))),
    }),
  },
  StopsAtEightMebibytes: {
    caughtBy: 'keeps a big object whole',
    lie: (store) => ({ ...store, put: (key, bytes) => store.put(key, bytes.subarray(0, 8 * 1024 * 1024)) }),
  },
  RefusesWhatIsThere: {
    caughtBy: 'takes the same object once more',
    lie: (store, kept) => ({
      ...store,
      put: async (key, bytes) =>
        kept.has(key) ? fail('store-denied', { store: 'twin' }) : store.put(key, bytes),
    }),
  },
  KeepsTheOldBytes: {
    caughtBy: 'takes other bytes under a key that is there, shorter or longer',
    lie: (store, kept) => ({
      ...store,
      put: async (key, bytes) => (kept.has(key) ? undefined : store.put(key, bytes)),
    }),
  },
  WritesOverTheOldBytes: {
    caughtBy: 'takes other bytes under a key that is there, shorter or longer',
    lie: (store, kept) => ({
      ...store,
      put: (key, bytes) => {
        const old = kept.get(key) ?? new Uint8Array(0)
        return store.put(key, Buffer.concat([bytes, old.subarray(bytes.length)]))
      },
    }),
  },
  KeepsTheMemoryOfOthers: {
    caughtBy: 'does not keep the memory that it was given',
    lie: (store, kept) => ({ ...store, put: async (key, bytes) => void kept.set(key, bytes) }),
  },
  DecodesKeys: {
    caughtBy: 'keeps odd keys apart and gives them back as they were',
    lie: (store) => ({
      ...store,
      put: (key, bytes) => store.put(key.replace('%20', ' '), bytes),
      get: (key) => store.get(key.replace('%20', ' ')),
    }),
  },
  ListsAFileOfItsOwn: {
    caughtBy: 'lists nothing where nothing is',
    lie: (store) => ({
      ...store,
      list: async (prefix) => [...(await store.list(prefix)), { key: `${prefix}.DS_Store`, size: 6148 }],
    }),
  },
  SaysUnreachableWhenMissing: {
    caughtBy: 'says of what is not there that it is missing, and of nothing else',
    lie: (store) => ({
      ...store,
      get: (key) => store.get(key).catch(() => failingStore('store-unreachable').get(key)),
    }),
  },
  GivesNothingWhenMissing: {
    caughtBy: 'says of what is not there that it is missing, and of nothing else',
    lie: (store) => ({ ...store, get: (key) => store.get(key).catch(() => new Uint8Array(0)) }),
  },
  TakesAPrefixForAName: {
    caughtBy: 'lists what is under a prefix, however deep, and nothing beside it',
    lie: (store) => ({ ...store, list: (prefix) => store.list(prefix.replace(/\/$/, '')) }),
  },
  ListsOneFolderOnly: {
    caughtBy: 'lists what is under a prefix, however deep, and nothing beside it',
    lie: (store) => ({
      ...store,
      list: async (prefix) =>
        (await store.list(prefix)).filter(({ key }) => key.slice(prefix.length).split('/').length < 3),
    }),
  },
  ListsTheFirstPageOnly: {
    caughtBy: 'lists every one of many objects, each once',
    lie: (store) => ({ ...store, list: async (prefix) => (await store.list(prefix)).slice(0, 30) }),
  },
  ForgetsToRemove: {
    caughtBy: 'removes what it is told to and nothing else, and what is gone is gone',
    lie: (store) => ({ ...store, remove: async () => {} }),
  },
  TidiesWhatIsNotEmpty: {
    caughtBy: 'tidies away the folder in which nothing lies, and nothing else, and makes it again',
    lie: (store, kept) => ({
      ...store,
      tidy: async (prefix) => {
        for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key)
      },
    }),
  },
  RemovesWhatStartsTheSame: {
    caughtBy: 'removes what it is told to and nothing else, and what is gone is gone',
    lie: (store, kept) => ({
      ...store,
      remove: async (key) => {
        for (const other of kept.keys()) if (other.startsWith(key.slice(0, -1))) kept.delete(other)
      },
    }),
  },
  ComplainsOfWhatIsGone: {
    caughtBy: 'removes what it is told to and nothing else, and what is gone is gone',
    lie: (store, kept) => ({
      ...store,
      remove: async (key) => (kept.has(key) ? store.remove(key) : fail('object-missing', { object: key })),
    }),
  },
  ShowsHalfAnObject: {
    caughtBy: 'never shows half an object',
    lie: (store) => ({
      ...store,
      put: async (key, bytes) => {
        await store.put(key, bytes.subarray(0, bytes.length / 2))
        await new Promise(setImmediate)
        await store.put(key, bytes)
      },
    }),
  },
  MixesUpAnswers: {
    caughtBy: 'serves several at once',
    lie: (store) => {
      let last = ''
      return {
        ...store,
        get: async (key) => {
          last = key
          await new Promise(setImmediate)
          return store.get(last)
        },
      }
    },
  },
  MixesTwoWriters: {
    caughtBy: 'keeps one of several that write the same key at once, whole',
    lie: (store, kept) => ({
      ...store,
      put: async (key, bytes) => {
        const half = bytes.length >> 1
        kept.set(key, bytes.slice(0, half))
        await new Promise(setImmediate)
        kept.set(key, Buffer.concat([kept.get(key) as Uint8Array, bytes.subarray(half)]))
      },
    }),
  },
}

/** Honest stores whose trouble is told as another trouble. */
export const WRONG_TROUBLE: Readonly<Record<string, Ground['failing']>> = {
  SaysMissingWhenUnreachable: { 'store-unreachable': async () => memoryStore(new Map()) },
  SaysUnreachableWhenDenied: { 'store-denied': async () => failingStore('store-unreachable') },
  SaysDeniedWhenFull: { 'store-full': async () => failingStore('store-denied') },
  SaysSavedWhenFull: { 'store-full': async () => memoryStore(new Map()) },
  ListsNothingWhenDenied: {
    'store-denied': async () => ({ ...failingStore('store-denied'), list: async () => [] }),
  },
}

export function memoryGround(twin?: Twin): Ground {
  return {
    fresh: async () => {
      const kept: Kept = new Map()
      const open = () => {
        const store = memoryStore(kept)
        return twin ? twin.lie(store, kept) : store
      }
      return { store: open(), again: open }
    },
  }
}
