import { describe, expect, it } from 'vitest'
import { parseRate } from '../../src/stores/rate.js'

describe('a rate', () => {
  it.each([
    ['2MB/s', 2_000_000],
    ['500 kB/s', 500_000],
    ['500KB/s', 500_000],
    ['1.5MiB/s', 1_572_864],
    ['16Mbit/s', 2_000_000],
    ['1GB/s', 1_000_000_000],
    ['1KiB/s', 1024],
    [' 2MB/s ', 2_000_000],
  ])('%s is %i bytes a second', (text, rate) => {
    expect(parseRate(text)).toBe(rate)
  })

  it.each(['', '2', '2MB', '2Mb/s', '2mB/s', 'MB/s', '-1MB/s', '1e3kB/s', '0MB/s', '1023B/s', '2MB/s x'])(
    '%j is refused',
    (text) => {
      expect(() => parseRate(text)).toThrow(expect.objectContaining({ code: 'usage' }))
    },
  )
})
