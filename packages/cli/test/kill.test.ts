import { describe, expect, it } from 'vitest'
import { kills } from './kill.js'
import { useFolders } from './run.js'

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

/** A wallet of one pack sends one object at a time. */
const PARTS_OF_ONE_KILL = 1
/** Some sixty processes one after the other. */
const TIMEOUT_MS = 600_000

describe('cairn backup, killed at any moment,', () => {
  const folder = useFolders()

  it(
    'loses no snapshot that it reported, and the next backup works',
    async () => {
      const { tried, killed, saved, parts, lost } = await kills({ seeds: range(12), cwd: await folder() })
      expect(lost).toEqual([])
      expect(tried).toBe(12)
      expect(killed).toBeGreaterThan(0)
      expect(saved).toBeGreaterThan(12)
      expect(parts).toBeLessThanOrEqual(PARTS_OF_ONE_KILL)
    },
    TIMEOUT_MS,
  )

  it.each(['writesInPlace', 'namesLater'] as const)(
    'is caught on a disk that %s',
    async (twin) => {
      const { lost } = await kills({ seeds: range(40), cwd: await folder(), twin, until: 'first' })
      expect(lost).not.toEqual([])
    },
    TIMEOUT_MS,
  )
})
