import { describe, expect, it } from 'vitest'
import { seeds } from '../seeds.js'
import { kills } from './kills.js'

/** Each kill is a process that starts, and some work of real disks. */
const TIMEOUT_MS = 300_000

describe('a process that is killed during a backup, a pruning or a repair', () => {
  it(
    'loses nothing that it reported or that was there before, and the next commands work',
    async () => {
      const { tried, killed, lost } = await kills({ seeds: seeds(8) })
      expect(lost).toEqual([])
      expect(tried).toBe(8)
      expect(killed).toBeGreaterThan(4)
    },
    TIMEOUT_MS,
  )

  it(
    'is caught when it writes in place',
    async () => {
      // killed in the middle of a write
      const { lost } = await kills({ seeds: [11, 20], deeds: ['backup'], twin: 'writesInPlace' })
      expect(lost.length).toBeGreaterThan(0)
    },
    TIMEOUT_MS,
  )

  it(
    'is caught when it reports before it is done',
    async () => {
      const { lost } = await kills({ seeds: [1, 2], deeds: ['backup'], twin: 'reportsFirst' })
      expect(lost).toHaveLength(2)
    },
    TIMEOUT_MS,
  )
})
