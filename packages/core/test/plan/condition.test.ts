import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOf, type Condition, dual, holds, minimalSets, oneOf } from '../../src/plan/condition.js'
import { agrees, answers, smallModel, twins } from './losses.js'

const items = (...names: string[]) => names.map((item) => ({ item }))
const sets = (condition: Condition, names: string) =>
  minimalSets(condition, [...names]).sets.map((set) => set.join(''))

describe('minimal sets', () => {
  it('are those that trying every set of items finds, on random small models', () => {
    fc.assert(
      fc.property(smallModel, (known) => agrees(known, answers)),
      { seed: 2026, numRuns: 400 },
    )
  })

  it.each(Object.entries(twins))('are not those of a twin that %s', (_name, twin) => {
    const run = fc.check(
      fc.property(smallModel, (known) => agrees(known, twin)),
      { seed: 6, numRuns: 100, endOnFailure: true },
    )
    expect(run.failed).toBe(true)
  })

  it('of 2 of 3 are the pairs, for what opens and for what locks out', () => {
    const two = { need: 2, of: items('a', 'b', 'c') }
    expect(sets(two, 'abc')).toEqual(['ab', 'ac', 'bc'])
    expect(sets(dual(two), 'abc')).toEqual(['ab', 'ac', 'bc'])
  })

  it('leave out what another set holds', () => {
    const [a, b] = items('a', 'b') as [Condition, Condition]
    expect(sets(oneOf([a, allOf([a, b])]), 'ab')).toEqual(['a'])
  })

  it('are one empty set where nothing is needed, and none where nothing is enough', () => {
    expect(minimalSets(allOf([]), ['a'])).toEqual({ sets: [[]], complete: true, size: 0 })
    expect(minimalSets(oneOf([]), ['a'])).toEqual({ sets: [], complete: true, size: 0 })
    expect(sets({ need: 3, of: items('a', 'b') }, 'ab')).toEqual([])
  })

  it('that are too many are told up to a size, and that there are more', () => {
    const names = Array.from({ length: 40 }, (_, i) => `i${i}`)
    const many = oneOf([{ item: 'i0' }, { need: 9, of: items(...names) }])
    expect(minimalSets(many, names)).toEqual({ sets: [['i0']], complete: false, size: 2 })
  })
})

describe('a dual', () => {
  it('is true of the lost exactly when the rest no longer does', () => {
    const condition = allOf([{ need: 2, of: items('a', 'b', 'c') }, oneOf(items('c', 'd'))])
    for (let mask = 0; mask < 16; mask++) {
      const lost = (item: string) => ((mask >> 'abcd'.indexOf(item)) & 1) === 1
      expect(holds(dual(condition), lost)).toBe(!holds(condition, (item) => !lost(item)))
    }
  })
})
