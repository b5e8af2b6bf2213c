import { describe, expect, test } from 'vitest'
import { years } from './year.js'
import { twins } from './year-twins.js'

describe('the year of a machine with a schedule', () => {
  test('has no period without a good backup or an alarm, no false alarm, no two runs at once, and catches up once', async () => {
    const { lost, runs, backups, alarms } = await years({ seeds: [1, 5], days: 130 })
    expect(lost).toEqual([])
    expect(runs).toBeGreaterThan(150)
    expect(backups).toBeGreaterThan(10)
    expect(alarms).toBeGreaterThan(0)
  })

  test.each(twins)('$name: caught, and well without it', async ({ keepers, plan, blame }) => {
    expect((await years({ ...plan, seeds: [1], keepers })).lost.join('\n')).toMatch(blame)
    expect((await years({ ...plan, seeds: [1] })).lost).toEqual([])
  })
})
