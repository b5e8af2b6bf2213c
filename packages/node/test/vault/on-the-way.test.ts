import { describe, expect, it } from 'vitest'
import { flipsOnTheWay } from './on-the-way.js'

/** A prime: every bit of a byte comes up. */
const EVERY = 97

describe('a bit that is flipped between sealing and the store', () => {
  it.each(['memory', 'way'] as const)('never counts as stored (%s)', async (where) => {
    const { tried, lost } = await flipsOnTheWay({ where, every: EVERY })
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(800)
  })

  it.each(['memory', 'way'] as const)('is let through by a writer that trusts (%s)', async (where) => {
    const { lost } = await flipsOnTheWay({ where, every: 991, twin: 'trusting' })
    expect(lost.some((bit) => bit.endsWith('stored'))).toBe(true)
  })
})
