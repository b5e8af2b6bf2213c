/**
 * The contract of `stores/store.ts` as clauses, each a function that throws when a store breaks it. Every kind of
 * store runs all of them (`storeContract`), against the real server where there is one; the stores of `twins.ts`, each
 * named after its lie, show that the clauses catch what they are for.
 */
import assert from 'node:assert/strict'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { type ErrorCode, isCairnError } from '@cairn/core/errors.js'
import { describe, it } from 'vitest'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { seeded } from '../sim/disk.js'

/** How one kind of store is had for tests. */
export interface Ground {
  /** A store at a place of its own that is empty, and what opens the same place once more, as another process does. */
  readonly fresh: () => Promise<Place>
  /** Stores that cannot do their work, by the error that every call must end with; `store-full`: that puts end with. */
  readonly failing?: Partial<Record<Failing, () => Promise<Store>>>
  /** More objects than the server gives in one page of a listing. */
  readonly many?: number
  /** Bytes of the longest step of a key that the store can keep, when that is less than 200. */
  readonly longestStep?: number
}

export interface Place {
  readonly store: Store
  readonly again: () => Store
}

export type Failing = 'store-unreachable' | 'store-denied' | 'store-full'

export interface Clause {
  readonly name: string
  readonly holds: (place: Place, ground: Ground) => Promise<void>
}

/** One call after the other for a hundred objects; larger than a pack, which is the largest that the vault makes. */
const BIG_BYTES = 9 * 1024 * 1024 + 7

const OBJECT = 'objects/ab/abcdef.age'

/** What a store may be given by a later format, or finds in its place beside the vault. */
const ODD_KEYS = [
  'a',
  '.hidden',
  'with space/ and  two .age',
  'per%20cent/100%.age',
  'plus+and&=/semi;colon,comma@at~.age',
  "quote'(round)[square]{curly}!$.age",
  'hash#mark/x.age',
  'größe/日本語/🗿.age',
  'dots..in/..name/name..',
  `long/${'x'.repeat(180)}.age`,
  'deep/a/b/c/d/e/f/g/h.age',
]

export const CLAUSES: readonly Clause[] = [
  {
    name: 'gives back the bytes that it was given',
    holds: async ({ store }) => {
      const bytes = noise(100_000)
      await store.put(OBJECT, bytes)
      same(await store.get(OBJECT), bytes)
    },
  },
  {
    name: 'gives them to another process',
    holds: async ({ store, again }) => {
      await store.put(OBJECT, noise(1000))
      same(await again().get(OBJECT), noise(1000))
      assert.deepEqual(keys(await again().list('objects/')), [OBJECT])
    },
  },
  {
    name: 'keeps objects of no bytes, of one, and of every value',
    holds: async ({ store }) => {
      const all = {
        none: new Uint8Array(0),
        one: utf8('x'),
        values: Uint8Array.from({ length: 256 }, (_, i) => i),
      }
      for (const [key, bytes] of Object.entries(all)) await store.put(key, bytes)
      for (const [key, bytes] of Object.entries(all)) same(await store.get(key), bytes)
      assert.deepEqual(sizes(await store.list('')), { none: 0, one: 1, values: 256 })
    },
  },
  {
    name: 'keeps a big object whole',
    holds: async ({ store }) => {
      await store.put(OBJECT, noise(BIG_BYTES))
      same(await store.get(OBJECT), noise(BIG_BYTES))
      assert.deepEqual(await store.list('objects/'), [{ key: OBJECT, size: BIG_BYTES }])
    },
  },
  {
    name: 'takes the same object once more',
    holds: async ({ store }) => {
      for (const _ of [1, 2]) await store.put(OBJECT, noise(1000))
      same(await store.get(OBJECT), noise(1000))
      assert.equal((await store.list('objects/')).length, 1)
    },
  },
  {
    name: 'takes other bytes under a key that is there, shorter or longer',
    holds: async ({ store, again }) => {
      for (const size of [1000, 10, 5000]) {
        await store.put(OBJECT, noise(size))
        same(await again().get(OBJECT), noise(size))
        assert.deepEqual(await store.list('objects/'), [{ key: OBJECT, size }])
      }
    },
  },
  {
    name: 'does not keep the memory that it was given',
    holds: async ({ store }) => {
      const bytes = noise(1000)
      await store.put(OBJECT, bytes)
      bytes.fill(0)
      same(await store.get(OBJECT), noise(1000))
    },
  },
  {
    name: 'keeps odd keys apart and gives them back as they were',
    holds: async ({ store, again }, { longestStep = 200 }) => {
      const odd = ODD_KEYS.filter((key) => key.split('/').every((step) => utf8(step).length <= longestStep))
      for (const key of odd) await store.put(key, utf8(key))
      for (const key of odd) same(await again().get(key), utf8(key))
      assert.deepEqual(keys(await again().list('')), [...odd].sort())
      for (const key of odd) await store.remove(key)
      assert.deepEqual(await store.list(''), [])
    },
  },
  {
    name: 'lists nothing where nothing is',
    holds: async ({ store }) => {
      for (const prefix of ['', 'objects/', 'heads/0123456789abcdef/'])
        assert.deepEqual(await store.list(prefix), [])
    },
  },
  {
    name: 'says of what is not there that it is missing, and of nothing else',
    holds: async ({ store }) => {
      const missing = async (key: string) => assert.equal(await codeOf(store.get(key)), 'object-missing')
      await missing('vault.json') // before anything was put at all
      await store.put(OBJECT, utf8('x'))
      for (const key of [
        'objects/ab/other.age',
        'objects/zz/other.age',
        'objects/ab/abcdef',
        'heads/a/1.json',
      ])
        await missing(key)
      same(await store.get(OBJECT), utf8('x'))
    },
  },
  {
    name: 'lists what is under a prefix, however deep, and nothing beside it',
    holds: async ({ store }) => {
      const under = ['objects/a/1', 'objects/a/2/3', 'objects/b/1']
      for (const key of [...under, 'objects-old/a/1', 'objectsx', 'other/objects/a/1'])
        await store.put(key, utf8(key))
      assert.deepEqual(keys(await store.list('objects/')), under)
      assert.deepEqual(keys(await store.list('objects/a/')), under.slice(0, 2))
      assert.deepEqual(keys(await store.list('obj/')), [])
      assert.equal((await store.list('')).length, 6)
    },
  },
  {
    name: 'lists every one of many objects, each once',
    holds: async ({ store }, { many = 40 }) => {
      const all = Array.from({ length: many }, (_, i) => `objects/${i % 7}/${i}.age`)
      await inTurns(all, 8, (key) => store.put(key, utf8(key)))
      assert.deepEqual(
        sizes(await store.list('objects/')),
        Object.fromEntries(all.map((key) => [key, key.length])),
      )
    },
  },
  {
    name: 'removes what it is told to and nothing else, and what is gone is gone',
    holds: async ({ store, again }) => {
      for (const key of ['objects/a/1', 'objects/a/2']) await store.put(key, utf8(key))
      await store.remove('objects/a/1')
      assert.equal(await codeOf(again().get('objects/a/1')), 'object-missing')
      assert.deepEqual(keys(await again().list('objects/')), ['objects/a/2'])
      for (const key of ['objects/a/1', 'objects/zz/never']) await store.remove(key)
      await store.put('objects/a/1', utf8('new'))
      same(await store.get('objects/a/1'), utf8('new'))
    },
  },
  {
    name: 'tidies away the folder in which nothing lies, and nothing else, and makes it again',
    holds: async ({ store, again }) => {
      await store.put(OBJECT, noise(1000))
      await store.tidy?.('probe/')
      for (const key of ['probe/a', 'probe/b']) await store.put(key, utf8(key))
      await store.remove('probe/a')
      await store.tidy?.('probe/')
      assert.deepEqual(keys(await again().list('')), [OBJECT, 'probe/b'])
      await store.remove('probe/b')
      await store.tidy?.('probe/')
      await store.put('probe/c', utf8('c'))
      same(await again().get('probe/c'), utf8('c'))
    },
  },
  {
    name: 'never shows half an object',
    holds: async ({ store, again }) => {
      const sizes = [300_000, 200_000]
      const whole = new Set(sizes.map((size) => digest(noise(size))))
      const reader = again()
      let isOver = false
      const looking = (async () => {
        while (!isOver) {
          await new Promise(setImmediate)
          for (const { key, size } of await reader.list('objects/')) {
            assert.equal(key, OBJECT)
            assert.ok(sizes.includes(size), `a listing shows ${size} bytes`)
          }
          const bytes = await reader.get(OBJECT).catch((error) => orMissing(error))
          if (bytes) assert.ok(whole.has(digest(bytes)), `${bytes.length} bytes of an object`)
        }
      })()
      looking.catch(() => {}) // seen below, once the writing is over
      try {
        for (let i = 0; i < 12; i++) await store.put(OBJECT, noise(sizes[i % 2] as number))
      } finally {
        isOver = true
        await looking
      }
    },
  },
  {
    name: 'serves several at once',
    holds: async ({ store, again }) => {
      const stores = [store, again(), again()]
      const all = Array.from({ length: 24 }, (_, i) => `objects/${i % 3}/${i}.age`)
      await Promise.all(all.map((key, i) => (stores[i % 3] as Store).put(key, noise(5000 + i))))
      await Promise.all(all.map(async (key, i) => same(await store.get(key), noise(5000 + i))))
      assert.deepEqual(keys(await store.list('objects/')), [...all].sort())
    },
  },
  {
    name: 'keeps one of several that write the same key at once, whole',
    holds: async ({ store, again }) => {
      const sizes = [50_000, 60_000, 70_000, 80_000]
      const stores = sizes.map((_, i) => (i === 0 ? store : again()))
      await Promise.all(sizes.map((size, i) => (stores[i] as Store).put(OBJECT, noise(size))))
      const [listed] = await store.list('')
      const bytes = await store.get(OBJECT)
      assert.equal(listed?.size, bytes.length)
      assert.ok(sizes.some((size) => digest(noise(size)) === digest(bytes)))
    },
  },
  {
    name: 'names what stands in its way, and never takes one for another',
    holds: async (_place, { failing = {} }) => {
      for (const [code, open] of Object.entries(failing)) {
        const store = await open()
        assert.equal(await codeOf(store.put(OBJECT, noise(100_000))), code)
        if (code === 'store-full') continue
        assert.equal(await codeOf(store.get(OBJECT)), code)
        assert.equal(await codeOf(store.list('')), code)
        assert.equal(await codeOf(store.list('objects/')), code)
        assert.equal(await codeOf(store.remove(OBJECT)), code)
      }
    },
  },
]

export function storeContract(kind: string, ground: Ground): void {
  describe(`${kind}: a store`, () => {
    for (const { name, holds } of CLAUSES) it(name, async () => holds(await ground.fresh(), ground))
  })
}

/** True when a store breaks the clause of that name. */
export async function breaks(ground: Ground, name: string): Promise<boolean> {
  const clause = CLAUSES.find((one) => one.name === name)
  assert.ok(clause, name)
  return clause.holds(await ground.fresh(), ground).then(
    () => false,
    () => true,
  )
}

/** The same bytes for the same size, different from those of every other. */
export function noise(size: number): Uint8Array {
  const random = seeded(size)
  const bytes = new Uint8Array(size)
  const block = Uint8Array.from({ length: 4096 }, () => random() * 256)
  for (let at = 0, page = 0; at < size; at += 4096, page++) {
    block[page & 4095] = page // no page is like another
    bytes.set(block.subarray(0, size - at), at)
  }
  return bytes
}

export async function codeOf(call: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (isCairnError(error)) return error.code
    throw error
  }
}

function same(found: Uint8Array, expected: Uint8Array): void {
  assert.ok(
    Buffer.compare(found, expected) === 0,
    `${found.length} bytes, not the ${expected.length} that were put`,
  )
}

function digest(bytes: Uint8Array): string {
  return hex(native.sha256(bytes))
}

function orMissing(error: unknown): undefined {
  if (!isCairnError(error, 'object-missing')) throw error
}

const keys = (listed: readonly { key: string }[]) => listed.map(({ key }) => key).sort()
const sizes = (listed: readonly { key: string; size: number }[]) =>
  Object.fromEntries(listed.map(({ key, size }) => [key, size]))

async function inTurns<T>(all: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += width) await Promise.all(all.slice(i, i + width).map(work))
}
