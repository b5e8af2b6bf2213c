import { describe, expect, it } from 'vitest'
import { breaks, CLAUSES } from './contract.js'
import { failingStore } from './memory.js'
import { memoryGround, TWINS, WRONG_TROUBLE } from './twins.js'

const TROUBLE = 'names what stands in its way, and never takes one for another'

const failing = {
  'store-unreachable': async () => failingStore('store-unreachable'),
  'store-denied': async () => failingStore('store-denied'),
  'store-full': async () => failingStore('store-full'),
}

describe('the contract of a store', () => {
  it.each(CLAUSES.map(({ name }) => name))('lets an honest store pass that %s', async (name) => {
    expect(await breaks({ ...memoryGround(), failing }, name)).toBe(false)
  })

  it.each(Object.entries(TWINS))('catches the twin %s', async (_name, twin) => {
    expect(await breaks(memoryGround(twin), twin.caughtBy)).toBe(true)
  })

  it.each(Object.entries(WRONG_TROUBLE))('catches the twin %s', async (_name, wrong = {}) => {
    expect(await breaks({ ...memoryGround(), failing: wrong }, TROUBLE)).toBe(true)
  })

  it('has no clause that no twin breaks', () => {
    const caught = new Set([...Object.values(TWINS).map(({ caughtBy }) => caughtBy), TROUBLE])
    expect(CLAUSES.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([])
  })
})
