import { describe, expect, test } from 'vitest'
import { BARE_SHEETS, checkedSheets, slipsOf } from './pen-slips.js'

const SEEDS = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('slips of the pen', () => {
  test.each(checkedSheets({}))('on a $name are shown by $check', (type) => {
    expect(type.make(1).copied(null)).toBe('passes')
    const { tried, lost } = slipsOf(type, SEEDS(150))
    expect(lost).toEqual([])
    expect(tried).toBeGreaterThan(140)
  })

  test.each(BARE_SHEETS)('on a $name with $check are not always', (type) => {
    const { tried, lost } = slipsOf(type, SEEDS(4_000))
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.length).toBeLessThan(tried / 10)
  })
})
