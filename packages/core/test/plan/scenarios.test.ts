import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Known, type Model, makeModel, strayThings, THIS_COMPUTER } from '../../src/plan/model.js'
import { movesOf } from '../../src/plan/moves.js'
import type { Thing } from '../../src/plan/places.js'
import { pointsOf, rule321, scenariosOf } from '../../src/plan/scenarios.js'
import { withSteps } from '../../src/plan/steps.js'
import { causesOf, exactOdds, sampledOdds, survivalOf } from '../../src/plan/survival.js'
import { ownerReaches, smallModel } from './losses.js'
import { anyTwo, thing } from './things.js'

const share = (number: number, at: string, kind: Thing['kind']): Thing =>
  thing(`share ${number}`, { is: 'share', of: 'savings', at, kind, share: number, need: 2 } as Partial<Thing>)
const known: Known = {
  policy: anyTwo(),
  stores: [{ name: 'main', url: 'file:///vault' }],
  wallets: [],
  things: [],
}
/** A 2-of-3 of shares in one house, the vault apart. */
const oneHouse = { ...known, things: [1, 2, 3].map((number) => share(number, 'house', 'home')) }

const plan = thing('plan for Ann', {
  is: 'recovery',
  of: 'savings',
  at: 'drawer of Ann',
  kind: 'relative',
  with: 'Ann',
})

describe('a plan of signed transactions', () => {
  const things = [
    { ...plan, name: 'words', is: 'phrase', at: 'house', kind: 'home', with: 'me' } as Thing,
    plan,
  ]
  const { lockout, theft } = scenariosOf(makeModel({ ...known, things }))

  it('brings the coins when the words are gone, and gives a thief nothing', () => {
    expect(lockout.sets).toEqual([['words', 'plan for Ann']])
    expect(theft.sets).not.toContainEqual(['plan for Ann'])
  })
})

describe('2 of 3 shares in one house', () => {
  const { lockout, points, together } = scenariosOf(makeModel(oneHouse))

  it('are lost in one fire and taken by one burglar, and lie together', () => {
    expect(lockout.sets).toEqual([
      ['share 1', 'share 2'],
      ['share 1', 'share 3'],
      ['share 2', 'share 3'],
    ])
    expect(points.filter(({ name }) => name === 'house').map(({ does }) => does)).toEqual([
      'lockout',
      'theft',
    ])
    expect(together).toContainEqual({ place: 'house', items: ['share 1', 'share 2', 'share 3'] })
  })

  it('have neither when each is elsewhere', () => {
    const things = [share(1, 'house', 'home'), share(2, 'bank', 'bank'), share(3, 'attic of Ann', 'relative')]
    expect(pointsOf(makeModel({ ...known, things })).filter(({ what }) => what === 'place')).toEqual([])
  })

  it('are odds that two of three in three places beat', () => {
    const apart = [share(1, 'house', 'home'), share(2, 'Ann', 'home'), share(3, 'Ben', 'home')]
    const odds = (things: readonly Thing[]) => survivalOf(makeModel({ ...known, things }), 10, 1).odds
    expect(odds(apart)).toBeGreaterThan(odds(oneHouse.things))
  })

  it('are moved apart: two of them, since one is not enough', () => {
    const [best] = movesOf(makeModel(oneHouse), 1)
    expect(best?.steps).toMatchObject([
      { does: 'move', item: expect.stringMatching(/^share/), to: 'another place' },
      { does: 'move', item: expect.stringMatching(/^share/), to: 'a third place' },
    ])
    expect(best?.ends.map(({ name, does }) => `${does} ${name}`)).toEqual(['lockout house', 'theft house'])
    expect(best?.after).toBeGreaterThan(best?.before as number)
  })

  it('are moved to places of other names where the list has those of the advice', () => {
    for (const at of ['another place', 'a third place']) {
      const things = [1, 2, 3].map((number) => share(number, at, 'home'))
      const targets = movesOf(makeModel({ ...known, things }), 1)[0]?.steps.map(({ to }) => to)
      expect(new Set([at, ...(targets ?? [])]).size).toBe(3)
    }
  })

  it('have a second copy of a name of its own', () => {
    const second = { ...share(2, 'bank', 'bank'), name: 'copy of share 1' }
    const model = makeModel({ ...known, things: [share(1, 'house', 'home'), second] })
    const names = withSteps(model, [{ does: 'copy', item: 'share 1', to: 'bank' }]).items.map(
      ({ name }) => name,
    )
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('a vault with its only store on the computer', () => {
  const model = makeModel(known)

  it('is locked by the loss of that store, or of the computer with it', () => {
    const { lockout, theft, points } = scenariosOf(model)
    expect(lockout.sets[0]).toEqual(['store main'])
    expect(theft.sets).toEqual([
      ['passphrase', 'computer'],
      ['passphrase', 'sheet'],
      ['computer', 'sheet'],
    ])
    expect(points).toContainEqual({
      what: 'place',
      name: THIS_COMPUTER,
      does: 'lockout',
      items: ['computer', 'store main'],
    })
  })

  it('is told to copy the store, first of all', () => {
    expect(movesOf(model, 1)[0]).toMatchObject({
      steps: [{ does: 'copy', item: 'store main', to: 'another place' }],
    })
  })

  it('breaks the 3-2-1 rule, which two stores keep of which one is elsewhere', () => {
    expect(rule321(model, THIS_COMPUTER)).toEqual({ copies: 2, media: 1, elsewhere: 0, holds: false })
    const stores = [...known.stores, { name: 'abroad', url: 's3://b' }]
    expect(rule321(makeModel({ ...known, stores }), THIS_COMPUTER)).toEqual({
      copies: 3,
      media: 2,
      elsewhere: 1,
      holds: true,
    })
  })
})

describe('two of three keys that must sign', () => {
  const key = (name: string, number: number, more: Partial<Thing>): Thing =>
    thing(name, { is: 'device', of: 'joint', share: number, need: 2, ...more } as Partial<Thing>)
  const things = [
    key('ledger', 1, { at: 'house' }),
    key('words of the ledger', 1, { is: 'phrase', at: 'bank', kind: 'bank' } as Partial<Thing>),
    key('coldcard', 2, { at: 'house' }),
    key('jade', 3, { at: 'house of Tom', kind: 'friend', with: 'Tom' }),
  ]
  const model = makeModel({ ...known, things })

  it('are one key each, in a device and on paper, and none opens anything by itself', () => {
    const { lockout, theft, points, together } = scenariosOf(model)
    expect(theft.sets.filter((set) => set.includes('jade'))).toEqual([
      ['ledger', 'jade'],
      ['words of the ledger', 'jade'],
      ['coldcard', 'jade'],
    ])
    expect(lockout.sets).toContainEqual(['coldcard', 'jade'])
    expect(lockout.sets).toContainEqual(['ledger', 'words of the ledger', 'jade'])
    expect(points.map(({ name, does }) => `${does} ${name}`)).toEqual(['theft house'])
    expect(together).toContainEqual({ place: 'house', items: ['ledger', 'coldcard'] })
  })

  it('are taken apart where they lie together', () => {
    const [best] = movesOf(model, 1)
    expect(best?.ends.map(({ name, does }) => `${does} ${name}`)).toEqual(['theft house'])
    expect(best?.steps).toHaveLength(1)
  })
})

describe('rows of the list', () => {
  it('that name a factor or a store that is no more are told, and count for nothing', () => {
    const stray: Thing = { ...share(1, 'house', 'home'), is: 'factor', of: 'old', name: 'old sheet' } as Thing
    const { share: _, need: __, ...row } = stray as Thing & { share: number; need: number }
    const some = { ...known, things: [row as Thing] }
    expect(strayThings(some)).toEqual(['old sheet'])
    expect(makeModel(some)).toEqual(makeModel(known))
  })

  it('are enough for no wallet when fewer shares are listed than needed', () => {
    const { lockout } = scenariosOf(makeModel({ ...known, things: [share(1, 'house', 'home')] }))
    expect(lockout.sets).toEqual([[]])
  })
})

describe('odds', () => {
  /** Over every combination of causes, by counting. */
  function byAll(some: Known, years: number): number {
    const causes = causesOf(makeModel(some))
    let odds = 0
    for (let mask = 0; mask < 2 ** causes.length; mask++) {
      const struck = causes.filter((_, i) => (mask >> i) & 1)
      const lost = new Set(struck.flatMap(({ items }) => items))
      if (!ownerReaches(some, (item) => !lost.has(item))) continue
      odds += causes.reduce((p, { rate }, i) => {
        const kept = Math.exp(-rate * years)
        return p * ((mask >> i) & 1 ? 1 - kept : kept)
      }, 1)
    }
    return odds
  }
  const small = smallModel.filter((some) => causesOf(makeModel(some)).length <= 11)

  it('are exactly those of counting every combination, on random small models', () => {
    fc.assert(
      fc.property(small, (some) => {
        const model = makeModel(some)
        expect(exactOdds(model.keeps, causesOf(model), 10)).toBeCloseTo(byAll(some, 10), 9)
      }),
      { seed: 2026, numRuns: 40 },
    )
  })

  it('are other ones in a twin that forgets that a fire takes everything in a place', () => {
    const model = makeModel(oneHouse)
    const apart = causesOf(model).filter(({ name }) => !name.startsWith('place'))
    expect(Math.abs(exactOdds(model.keeps, apart, 10) - byAll(oneHouse, 10))).toBeGreaterThan(0.01)
  })

  it('are about the same by trials, and the same each time with one seed', () => {
    const model = makeModel(oneHouse)
    const causes = causesOf(model)
    const sampled = sampledOdds(model.keeps, causes, { years: 10, seed: 7, trials: 20_000 })
    // four standard errors of 20,000 trials are at most 0.0142
    expect(Math.abs(sampled - exactOdds(model.keeps, causes, 10))).toBeLessThan(0.0142)
    expect(sampledOdds(model.keeps, causes, { years: 10, seed: 7, trials: 20_000 })).toBe(sampled)
  })

  it('fall with the years', () => {
    const odds = [1, 5, 10, 30].map((years) => survivalOf(makeModel(known), years, 1).odds)
    expect([...odds].sort((a, b) => b - a)).toEqual(odds)
  })
})

describe('moves', () => {
  it('bring no new thing that alone does harm, and destroy no copy', () => {
    fc.assert(
      fc.property(smallModel, (some) => {
        const model = makeModel(some)
        const before = new Set(itemPoints(model))
        for (const { steps, ends, before: odds, after } of movesOf(model, 1)) {
          const then = withSteps(model, steps)
          const names = then.items.map(({ name }) => name)
          expect(model.items.every(({ name }) => names.includes(name))).toBe(true)
          expect(itemPoints(then).filter((point) => !before.has(point))).toEqual([])
          expect(ends.length > 0 || after > odds).toBe(true)
        }
      }),
      { seed: 2026, numRuns: 15 },
    )
  })
})

describe('moves that make something new', () => {
  const paper = thing('paper', { is: 'phrase', of: 'savings', at: 'flat' })
  const alone: Known = {
    policy: {
      need: 1,
      groups: [{ name: 'factors', need: 2, factors: anyTwo().groups[0]?.factors.slice(0, 2) ?? [] }],
    },
    stores: [{ name: 'abroad', url: 's3://bucket' }],
    wallets: ['daily'],
    things: [paper],
  }
  const moves = movesOf(makeModel(alone), 1, alone)

  it('add a recovery sheet where every factor is needed', () => {
    const added = moves.find(({ steps }) => steps[0]?.does === 'add')
    expect(added?.steps).toEqual([{ does: 'add', item: 'another recovery sheet', to: expect.any(String) }])
    expect(added?.ends.map(({ name }) => name)).toEqual(expect.arrayContaining(['passphrase', 'computer']))
    expect(added?.after).toBeGreaterThan(added?.before as number)
  })

  it('lay shares of the only paper in three places, and leave the paper', () => {
    const shared = moves.find(({ steps }) => steps[0]?.does === 'share')
    expect(new Set(shared?.steps.map(({ to }) => to)).size).toBe(3)
    expect(shared?.ends.map(({ does }) => does)).not.toContain('theft')
    expect(shared?.ends).toContainEqual(
      expect.objectContaining({ what: 'item', name: 'paper', does: 'lockout' }),
    )
  })

  it('are not advised where nothing was told of what the model is of', () => {
    const said = movesOf(makeModel(alone), 1).flatMap(({ steps }) => steps.map(({ does }) => does))
    expect(said).not.toContain('add')
    expect(said).not.toContain('share')
  })

  it('never end a danger that only goes along with the thing', () => {
    const bank = thing('envelope', { at: 'bank', kind: 'bank' })
    const known = { ...alone, things: [paper, bank] }
    for (const { steps, ends } of movesOf(makeModel(known), 1, known))
      if (steps.some(({ does, item }) => does === 'move' && item === 'paper')) expect(ends).toEqual([])
  })
})

function itemPoints(model: Model): readonly string[] {
  return pointsOf(model)
    .filter(({ what }) => what === 'item')
    .map(({ name, does }) => `${does} ${name}`)
}
