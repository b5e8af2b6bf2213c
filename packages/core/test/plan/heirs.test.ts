import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../src/plan/condition.js'
import { heirsOf, LEFT } from '../../src/plan/heirs.js'
import { type Known, makeModel } from '../../src/plan/model.js'
import { movesOf } from '../../src/plan/moves.js'
import { OWNER, type Thing } from '../../src/plan/places.js'
import { withSteps } from '../../src/plan/steps.js'
import { smallModel } from './losses.js'

const factor = (of: string, name: string, holder = OWNER): Thing => ({
  name,
  is: 'factor',
  of,
  at: holder === OWNER ? 'house' : `house of ${holder}`,
  kind: holder === OWNER ? 'home' : 'relative',
  with: holder,
  checked: null,
})
const sheets = (need: number, ...extra: Thing[]): Known => ({
  policy: {
    need: 1,
    groups: [
      {
        name: 'factors',
        need,
        factors: [
          { name: 'passphrase', kind: 'passphrase' },
          { name: 'computer', kind: 'computer' },
          { name: 'one', kind: 'sheet' },
          { name: 'two', kind: 'sheet' },
        ],
      },
    ],
  },
  stores: [{ name: 'cloud', url: 's3://bucket' }],
  wallets: ['savings'],
  things: extra,
})

describe('after the owner', () => {
  it('the passphrase and the computer are gone, and what is left may not be enough', () => {
    const plan = heirsOf(
      makeModel(sheets(3, factor('one', 'red envelope'), factor('two', 'blue envelope', 'Ann'))),
    )
    expect(plan.gone.map(({ name }) => name)).toEqual(['passphrase', 'computer'])
    expect(plan.ways.sets).toEqual([])
    expect(plan.lacking).toEqual(['passphrase', 'computer'])
    expect(plan.holders.map(({ name, items }) => [name, items.map((item) => item.name)])).toEqual([
      ['Ann', ['blue envelope']],
    ])
  })

  it('two sheets open, the one that Ann has and the one in the drawer', () => {
    const plan = heirsOf(
      makeModel(sheets(2, factor('one', 'red envelope'), factor('two', 'blue envelope', 'Ann'))),
    )
    expect(plan.after.sets).toEqual([['Ann', LEFT]])
    expect(plan.people.sets).toEqual([])
    expect(plan.ways.sets).toEqual([['red envelope', 'blue envelope', 'store cloud']])
    expect([plan.lacking, plan.today.sets]).toEqual([[], []])
  })

  it('two people who have both open it today too', () => {
    const plan = heirsOf(
      makeModel(sheets(2, factor('one', 'red envelope', 'Ben'), factor('two', 'blue envelope', 'Ann'))),
    )
    expect(plan.today.sets).toEqual([['Ben', 'Ann']])
    expect(plan.people.sets).toEqual([['Ben', 'Ann']])
  })

  it('a passphrase that lies written at the notary is not gone', () => {
    const written: Thing = { ...factor('passphrase', 'letter', 'notary'), at: 'office', kind: 'notary' }
    const plan = heirsOf(makeModel(sheets(2, written, factor('one', 'red envelope'))))
    expect(plan.gone.map(({ name }) => name)).toEqual(['computer'])
    expect(plan.after.sets).toEqual([[LEFT]])
  })

  it('what is said of random models is what counting says', () => {
    const property = fc.property(smallModel, (known) => {
      const model = makeModel(known)
      const { gone, ways, after, lacking } = heirsOf(model)
      const lost = new Set(gone.map(({ name }) => name))
      const reaches = holds(model.keeps, (item) => !lost.has(item))
      expect(ways.sets.length > 0 || !ways.complete).toBe(reaches)
      expect(after.sets.length > 0).toBe(reaches)
      if (reaches) expect(lacking).toEqual([])
      for (const set of ways.sets) expect(holds(model.keeps, (item) => set.includes(item))).toBe(true)
    })
    fc.assert(property, { seed: 2026, numRuns: 300 })
  })
})

describe('a plan', () => {
  it('never takes a thing away, so that the last copy of nothing is given up', () => {
    const property = fc.property(smallModel, fc.integer(), (known, seed) => {
      const model = makeModel(known)
      for (const { steps } of movesOf(model, seed)) {
        const then = withSteps(model, steps)
        const names = new Set(then.items.map(({ name }) => name))
        expect(steps.every(({ does }) => does === 'move' || does === 'copy')).toBe(true)
        expect(model.items.filter(({ name }) => !names.has(name))).toEqual([])
        // whatever reached the wallets before does so still
        for (const item of model.items) {
          const has = (name: string) => name !== item.name
          if (holds(model.keeps, has)) expect(holds(then.keeps, has)).toBe(true)
        }
      }
    })
    fc.assert(property, { seed: 2026, numRuns: 40 })
  })
})
