import { describe, expect, test } from 'vitest'
import { BARE_SHEETS, checkedSheets, slipsOf } from './pen-slips.js'

describe('slips of the pen', () => {
  test.each(checkedSheets({}))('on a $name are shown by $check', (type) => {
    const { text, passes } = type.make(1)
    expect(passes(text)).toBe(true)
    expect(slipsOf(type, 150)).toEqual({ tried: 150, undetected: 0 })
  })

  test.each(BARE_SHEETS)('on a $name with $check are not always', (type) => {
    const { tried, undetected } = slipsOf(type, 4_000)
    expect(undetected).toBeGreaterThan(0)
    expect(undetected).toBeLessThan(tried / 10)
  })
})
