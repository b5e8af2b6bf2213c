import { describe, expect, test } from 'vitest'
import { remaining, sayRemaining } from '../src/progress.js'

describe('the remaining time', () => {
  test('follows the rate that was seen', () => {
    expect(
      remaining(
        [
          { ms: 0, done: 0 },
          { ms: 4000, done: 100 },
        ],
        300,
      ),
    ).toBe(8)
  })

  test('is not told before two seconds of work were seen', () => {
    expect(remaining([], 100)).toBeNull()
    expect(
      remaining(
        [
          { ms: 0, done: 0 },
          { ms: 1999, done: 50 },
        ],
        100,
      ),
    ).toBeNull()
  })

  test('is not told while nothing moves, nor when more was done than there was', () => {
    expect(
      remaining(
        [
          { ms: 0, done: 5 },
          { ms: 9000, done: 5 },
        ],
        100,
      ),
    ).toBeNull()
    expect(
      remaining(
        [
          { ms: 0, done: 5 },
          { ms: 9000, done: 101 },
        ],
        100,
      ),
    ).toBeNull()
  })

  test.each([
    [0.2, 'about 5 s left'],
    [61, 'about 65 s left'],
    [91, 'about 2 min left'],
    [5400, 'about 2 h left'],
  ])('%f seconds read: %s', (seconds, said) => expect(sayRemaining(seconds)).toBe(said))
})
