import { MAX_FORGOTTEN_BYTES } from '@cairn/core/vault/forgotten.js'
import { expect, it } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { MOST_RECORDS } from '../../src/vault/open.js'
import { bringRecords } from '../../src/vault/records.js'
import { memoryStore } from '../stores/memory.js'

/** What is asked for of a store that lists so many records of so many bytes. */
async function askedOf(count: number, size: number): Promise<number> {
  let asked = 0
  const key = (i: number) => `forgotten/${i}.json`
  const liar: Store = {
    ...memoryStore(new Map(), 'liar'),
    list: async () => Array.from({ length: count }, (_, i) => ({ key: key(i), size })),
    get: async () => {
      asked++
      return new Uint8Array(1)
    },
  }
  await bringRecords(memoryStore(new Map(), 'store'), { others: [liar], isRecord: () => false })
  return asked
}

it('records of a store that shows more than a vault can have, or larger ones, are not asked for', async () => {
  expect(await askedOf(10, 1)).toBe(10)
  expect(await askedOf(10, MAX_FORGOTTEN_BYTES + 1)).toBe(0)
  expect(await askedOf(MOST_RECORDS + 1, 1)).toBe(0)
})
