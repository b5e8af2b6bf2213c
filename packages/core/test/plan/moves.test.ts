/** Advice for many shares in one place, checked by counting shares; and for long lists, by counting what was asked. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endedOf, type Now, pointsAfter } from '../../src/plan/ended.js'
import { type Known, type Model, makeModel } from '../../src/plan/model.js'
import { asks, MOST_RATED, movesOf, movesWith } from '../../src/plan/moves.js'
import { MAX_THINGS, PLACE_KINDS, type Thing } from '../../src/plan/places.js'
import { type Point, pointsOf } from '../../src/plan/scenarios.js'
import { type Step, withSteps } from '../../src/plan/steps.js'
import { ownerReaches, smallModel, thiefOpens } from './losses.js'
import { anyTwo, thing } from './things.js'

const listOf = (things: readonly Thing[]): Known => ({
  policy: anyTwo(),
  stores: [{ name: 'main', url: 'file:///vault' }],
  wallets: [],
  things,
})
const share = (number: number, need: number, more: object = {}): Thing =>
  thing(`share ${number}`, { is: 'share', of: 'savings', share: number, need, ...more } as Partial<Thing>)
const numbered = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))
const inOneHouse = (count: number, need: number) => numbered(count, (i) => share(i + 1, need))

/** By counting: no place holds as many shares as open it, and without any place as many are left. */
function isApart(things: readonly Thing[], steps: readonly Step[], need: number): boolean {
  const at = new Map(things.map((one) => [one.name, one.at]))
  for (const { item, to } of steps) at.set(item, to)
  const counts = [...new Set(at.values())].map(
    (place) => [...at.values()].filter((one) => one === place).length,
  )
  return counts.every((count) => count < need && things.length - count >= need)
}

describe('more shares in one house than two moves take apart', () => {
  it.each([
    [5, 3],
    [7, 4],
    [5, 2],
    [16, 9],
    [100, 20],
  ])(
    '%i of which %i are needed: one piece of advice, first of all, that ends fire and thief',
    (count, need) => {
      const things = inOneHouse(count, need)
      const [best] = movesOf(makeModel(listOf(things)), 1)
      const steps = best?.steps ?? []
      expect(steps.every(({ does }) => does === 'move')).toBe(true)
      expect(best?.ends.map(({ name, does }) => `${does} ${name}`)).toEqual(['lockout house', 'theft house'])
      expect(isApart(things, steps, need)).toBe(true)
      // no step is told for nothing: without the last as without any other it does not hold
      for (const left of [0, steps.length - 1])
        expect(
          isApart(
            things,
            steps.filter((_, i) => i !== left),
            need,
          ),
        ).toBe(false)
    },
  )

  it('three of five: three shares go to two places', () => {
    const [best] = movesOf(makeModel(listOf(inOneHouse(5, 3))), 1)
    expect(best?.steps.map(({ to }) => to)).toEqual(['another place', 'another place', 'a third place'])
  })

  it('two sets at once: the shares of each are counted apart', () => {
    const other = numbered(5, (i) => ({ ...share(i + 1, 3), name: `old share ${i + 1}`, of: 'old' }) as Thing)
    const sets = [inOneHouse(5, 3), other]
    const [best] = movesOf(makeModel(listOf(sets.flat())), 1)
    expect(best?.steps).toHaveLength(6)
    for (const things of sets) {
      const own = best?.steps.filter(({ item }) => things.some(({ name }) => name === item)) ?? []
      expect(isApart(things, own, 3)).toBe(true)
    }
  })

  it('places on the list are used before new ones, but none that would be enough then', () => {
    const away = [share(6, 3, { at: 'bank', kind: 'bank' }), share(7, 3, { at: 'bank', kind: 'bank' })]
    const things = [...inOneHouse(5, 3), ...away, thing('envelope', { at: 'attic', kind: 'relative' })]
    const [best] = movesOf(makeModel(listOf(things)), 1)
    expect(new Set(best?.steps.map(({ to }) => to))).toEqual(new Set(['attic', 'another place']))
  })

  it('ends what can be ended where not all can: every share is needed', () => {
    const ended = movesOf(makeModel(listOf(inOneHouse(5, 5))), 1).flatMap(({ ends }) => ends)
    expect(ended).toContainEqual(expect.objectContaining({ what: 'place', name: 'house', does: 'theft' }))
  })
})

describe('what moves are said to end', () => {
  it('is what counting says, on random small models', () => {
    let compared = 0
    const property = fc.property(smallModel, (known) => {
      const model = makeModel(known)
      for (const { steps, ends } of movesWith(model, { seed: 1 }, { ...asks, risk: () => 0.5 })) {
        if (steps.some(({ does }) => does !== 'move')) continue
        const { items } = withSteps(model, steps)
        for (const { what, name, does } of ends) {
          if (what !== 'place') continue
          compared++
          const here = new Set(items.filter(({ place }) => place === name).map((item) => item.name))
          if (does === 'theft') expect(thiefOpens(known, (item) => here.has(item))).toBe(false)
          else expect(ownerReaches(known, (item) => !here.has(item))).toBe(true)
        }
      }
    })
    fc.assert(property, { seed: 2026, numRuns: 100 })
    expect(compared).toBeGreaterThan(0)
  })
})

describe('points asked anew after a change', () => {
  type Ask = (now: Now, done: Model) => readonly Point[]
  const said = (points: readonly Point[]) => points.map((point) => JSON.stringify(point)).sort()
  const change = fc.array(
    fc.record({ does: fc.constantFrom('move', 'copy'), item: fc.nat(8), to: fc.nat(4) }),
    { minLength: 1, maxLength: 4 },
  )
  const agrees = (ask: Ask, runs: number) =>
    fc.check(
      fc.property(smallModel, change, (known, changes) => {
        const model = makeModel(known)
        const steps = changes.map(({ does, item, to }): Step => {
          const { name } = model.items[item % model.items.length] as Model['items'][number]
          return { does: does as Step['does'], item: name, to: `place ${to}` }
        })
        const done = withSteps(model, steps)
        expect(said(ask({ model, points: pointsOf(model) }, done))).toEqual(said(pointsOf(done)))
      }),
      { seed: 2026, numRuns: runs },
    )

  it('are those of asking everything', () => {
    const { failed, seed } = agrees(pointsAfter, 400)
    expect(failed, `seed ${seed}`).toBe(false)
  })

  it('are other ones in a twin that forgets the place that a thing leaves', () => {
    const forgetful: Ask = (now, done) => {
      const left = new Set(
        now.model.items.filter((item, i) => item !== done.items[i]).map(({ place }) => place),
      )
      return [
        ...now.points.filter(({ what, name }) => what === 'place' && left.has(name)),
        ...pointsAfter(now, done).filter(({ what, name }) => what !== 'place' || !left.has(name)),
      ]
    }
    expect(agrees(forgetful, 2000).failed).toBe(true)
  })

  it('are not ended when they only go along with the thing', () => {
    const known = listOf([thing('paper', { is: 'phrase', of: 'savings' })])
    const model = makeModel(known)
    const now = { model, points: pointsOf(model) }
    const done = withSteps(model, [{ does: 'move', item: 'paper', to: 'bank' }])
    expect(endedOf(now.points, pointsAfter(now, done))).toEqual([])
  })
})

describe('the longest lists', () => {
  const at = (i: number) => ({ at: `place ${i}`, kind: PLACE_KINDS[i % 8] })
  const set = (i: number, wallets: number) => ({
    of: `wallet ${i % wallets}`,
    share: 1 + Math.floor(i / wallets),
  })
  const lists: Readonly<Record<string, readonly Thing[]>> = {
    'one set in fifty places': numbered(MAX_THINGS, (i) => share(i + 1, 20, { at: `place ${i % 50}` })),
    'one set in one house, any two are enough': inOneHouse(MAX_THINGS, 2),
    'pairs in fifty places, each share with another person': numbered(MAX_THINGS, (i) =>
      share(i, 2, { ...set(i, 50), ...at(i % 50), with: `person ${i}` }),
    ),
    'many sets in one house': numbered(MAX_THINGS, (i) =>
      share(i, 2 + ((i % 25) % 3), { ...set(i, 25), with: `person ${i % 17}` }),
    ),
  }

  it.each(Object.entries(lists))('%s: fewer than 10,000 questions, and 200 for odds', (_, things) => {
    const known = listOf(things)
    let points = 0
    let odds = 0
    const counted: typeof asks = {
      pointsAfter: (now, done) => {
        points++
        return asks.pointsAfter(now, done)
      },
      risk: () => 1 / (1 + odds++),
    }
    movesWith(makeModel(known), { seed: 1, known }, counted)
    expect(points).toBeGreaterThan(0)
    expect(points).toBeLessThan(10_000)
    // the list as it is, and each candidate
    expect(odds).toBeLessThanOrEqual(MOST_RATED + 1)
  })
})
