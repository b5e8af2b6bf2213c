import { describe, expect, it } from 'vitest'
import { isCairnError } from '../src/errors.js'
import { random } from '../src/random.js'

const broken = (source: (length: number) => Uint8Array) => () => random(32, source)

describe('random', () => {
  it('returns as many bytes as asked, never the same twice', () => {
    expect(random(32)).toHaveLength(32)
    expect(random(32)).not.toEqual(random(32))
    expect(random(1)).toHaveLength(1)
  })

  it.each([
    ['zeros', (n: number) => new Uint8Array(n)],
    ['a constant', (n: number) => new Uint8Array(n).fill(7)],
    ['the same block each time', (n: number) => Uint8Array.from({ length: n }, (_, i) => i)],
    ['too few bytes', (n: number) => crypto.getRandomValues(new Uint8Array(n - 1))],
    [
      'a failure',
      () => {
        throw new Error('no entropy')
      },
    ],
  ])('refuses a generator that gives %s', (_name, source) => {
    let error: unknown
    try {
      broken(source)()
    } catch (thrown) {
      error = thrown
    }
    expect(isCairnError(error, 'random-broken')).toBe(true)
  })

  it.each([0, -1, 1.5, 65_537])('refuses a length of %s', (length) => {
    expect(() => random(length)).toThrow()
  })
})
