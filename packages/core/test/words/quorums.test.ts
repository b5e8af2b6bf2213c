import { describe, expect, test } from 'vitest'
import { tryQuorums } from './quorums.js'
import { quorumFigures } from './shares.figures.js'

describe('every T-of-N up to 16 gives the secret from its quorums, and names what is missing one share before', () => {
  test.each(quorumFigures({ most: 16, ofEach: 8 }))('$scheme', ({ tried, lost, twin }) => {
    expect(lost).toBe(0)
    expect(tried).toBeGreaterThan(1_000)
    expect(twin.lost).toBeGreaterThan(0)
  })

  test('a scheme that gives the secret too early would be noticed', () => {
    const secret = Uint8Array.of(7)
    const early = tryQuorums(
      { secret, split: ({ count }) => Array(count).fill(secret), combine: () => secret },
      { most: 3 },
    )
    expect(early.lost).toBeGreaterThan(0)
  })
})
