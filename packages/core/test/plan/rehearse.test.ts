import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../src/plan/due.js'
import {
  intervalDays,
  MATERIALS,
  type Material,
  type Rehearsable,
  rehearse,
} from '../../src/plan/rehearse.js'
import { before, NOW } from './wallets.js'

const at = (...days: number[]) => days.map((day) => ({ time: before(day), ok: true }))
const failed = (days: number) => ({ time: before(days), ok: false })
const thing = (material: Material, more: Partial<Rehearsable> = {}): Rehearsable => ({
  material,
  name: 'a',
  since: before(1000),
  changed: false,
  rehearsed: [],
  ...more,
})
const next = (material: Material, more: Partial<Rehearsable>) => {
  const { by, ...rest } = rehearse(thing(material, more), NOW)
  return { ...rest, inDays: Math.round((Date.parse(by) - NOW) / DAY_MS) }
}

describe('a rehearsal', () => {
  test('comes first within 90 days, of a passphrase within days', () => {
    const first = (material: Material) => next(material, { since: before(0) })
    expect(first('restore')).toMatchObject({ inDays: 90, because: 'never-rehearsed', due: false })
    expect(first('passphrase')).toMatchObject({ inDays: 2, every_days: 2 })
    for (const { material, firstDays } of MATERIALS) expect(firstDays, material).toBeLessThanOrEqual(90)
  })

  test('of what nobody knows since when it is there is due', () => {
    expect(next('sheet', { since: null })).toMatchObject({ inDays: 0, due: true, overdue: false })
  })

  test('is due at once after a change', () => {
    for (const { material } of MATERIALS) {
      expect(next(material, { since: before(3), changed: true })).toMatchObject({
        inDays: -3,
        because: 'changed',
        due: true,
      })
    }
  })

  test('comes less and less often with success, and never rarer than the table says', () => {
    expect(intervalDays('restore', at(500))).toBe(90)
    expect(intervalDays('restore', at(500, 400))).toBe(135)
    expect(intervalDays('restore', at(900, 800, 650, 400))).toBe(304)
    expect(intervalDays('restore', at(2000, 1700, 1400, 1000, 600, 200))).toBe(365)
    expect(intervalDays('passphrase', at(40, 38, 34, 26, 10))).toBe(32)
  })

  test('stretches nothing when it comes too soon', () => {
    expect(intervalDays('passphrase', at(5, 5, 5, 5, 5))).toBe(2)
    expect(intervalDays('restore', at(100, 99, 98, 97, 60))).toBe(90)
    expect(intervalDays('restore', at(100, 99, 98, 97, 55))).toBe(135)
  })

  test('comes the next day after an error of memory, and begins anew', () => {
    const rehearsed = [...at(40, 38, 34, 26), failed(0)]
    expect(next('passphrase', { rehearsed })).toMatchObject({ inDays: 1, because: 'failed', every_days: 2 })
    expect(intervalDays('passphrase', [...rehearsed, ...at(-1)])).toBe(2)
    expect(intervalDays('passphrase', [...rehearsed, ...at(-1, -3)])).toBe(4)
    expect(next('restore', { rehearsed: [failed(1)] })).toMatchObject({
      inDays: -1,
      due: true,
      overdue: true,
    })
  })

  test('asks for attention after its grace only', () => {
    const late = (days: number) => next('words', { rehearsed: at(90 + days) })
    expect([late(-1), late(1), late(31)].map(({ due, overdue }) => [due, overdue])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ])
  })

  test('of the future, by a clock that was wrong, is due', () => {
    expect(next('restore', { rehearsed: at(-400) })).toMatchObject({ inDays: 0, due: true })
    expect(next('restore', { since: before(-400) })).toMatchObject({ inDays: 90 })
  })
})

test('whatever was rehearsed, the next one is within the longest interval, and an error never makes it later', () => {
  const history = fc
    .array(fc.record({ day: fc.nat(2000), ok: fc.boolean() }), { maxLength: 12 })
    .map((all) => all.sort((a, b) => b.day - a.day).map(({ day, ok }) => ({ time: before(day), ok })))
  const property = fc.property(fc.constantFrom(...MATERIALS), history, (row, rehearsed) => {
    const { by, every_days } = rehearse(thing(row.material, { rehearsed }), NOW)
    const last = rehearsed.at(-1)
    const from = Date.parse(last?.time ?? before(1000))
    expect(Date.parse(by) - from).toBeLessThanOrEqual(row.mostDays * DAY_MS)
    expect(every_days).toBeGreaterThanOrEqual(row.firstDays)
    if (!last?.ok) return
    const wrong = [...rehearsed.slice(0, -1), { ...last, ok: false }]
    expect(Date.parse(rehearse(thing(row.material, { rehearsed: wrong }), NOW).by)).toBeLessThanOrEqual(
      Date.parse(by),
    )
  })
  fc.assert(property, { seed: 2026, numRuns: 500 })
})
