/** Households as people have them, and what one would tell each of them by hand. */
import { describe, expect, it } from 'vitest'
import { type Known, makeModel } from '../../src/plan/model.js'
import { type Move, movesOf } from '../../src/plan/moves.js'
import type { Thing } from '../../src/plan/places.js'
import { pointsOf, scenariosOf } from '../../src/plan/scenarios.js'
import { assumedOf, survivalOf } from '../../src/plan/survival.js'
import type { FactorKind, Shape } from '../../src/vault/quorum.js'
import { thing } from './things.js'

const any = (need: number, ...factors: readonly (readonly [string, FactorKind])[]): Shape => ({
  need: 1,
  groups: [{ name: 'factors', need, factors: factors.map(([name, kind]) => ({ name, kind })) }],
})
const household = (policy: Shape, things: readonly Thing[], store = 'file:///vault'): Known => ({
  policy,
  stores: [{ name: 'main', url: store }],
  wallets: ['savings'],
  things,
})
const row = (name: string, is: string, of: string, more: object = {}) =>
  thing(name, { is, of, ...more } as Partial<Thing>)

const SINGLE = household(any(2, ['computer', 'computer'], ['sheet', 'sheet']), [
  row('paper', 'phrase', 'savings', { at: 'flat' }),
  row('sheet', 'factor', 'sheet', { at: 'flat' }),
  row('laptop', 'factor', 'computer', { at: 'flat' }),
  row('folder', 'store', 'main', { at: 'flat' }),
])
const shares = (...at: readonly string[]) =>
  at.map((place, i) => row(`share ${i + 1}`, 'share', 'savings', { at: place, share: i + 1, need: 2 }))
const ONE_HOUSE = household(any(2, ['passphrase', 'passphrase'], ['computer', 'computer']), [
  ...shares('house', 'house', 'house'),
  row('laptop', 'factor', 'computer'),
  row('folder', 'store', 'main'),
])
const FAMILY = household(
  any(3, ['computer', 'computer'], ['home', 'sheet'], ['eva', 'sheet'], ['bank', 'sheet'], ['ben', 'sheet']),
  [
    row('laptop', 'factor', 'computer'),
    row('sheet at home', 'factor', 'home'),
    row('sheet of Eva', 'factor', 'eva', { at: 'flat of Eva', kind: 'relative', with: 'Eva' }),
    row('sheet in the bank', 'factor', 'bank', { at: 'bank', kind: 'bank' }),
    row('sheet of Ben', 'factor', 'ben', { at: 'flat of Eva', kind: 'relative', with: 'Ben' }),
    row('disk', 'store', 'main'),
    row('drive', 'store', 'main', { at: 'flat of Eva', kind: 'relative', with: 'Eva' }),
  ],
)
const HEAD = household(any(2, ['passphrase', 'passphrase'], ['computer', 'computer']), [])
const key = (name: string, share: number, more: object) =>
  row(name, 'device', 'savings', { share, need: 2, ...more })
const MULTISIG = household(any(2, ['computer', 'computer'], ['sheet', 'sheet']), [
  key('ledger', 1, { at: 'house' }),
  key('coldcard', 2, { at: 'bank', kind: 'bank' }),
  key('jade', 3, { at: 'house of Tom', kind: 'friend', with: 'Tom' }),
])
const TRADER = household(
  any(2, ['passphrase', 'passphrase'], ['computer', 'computer']),
  [row('cloud copy', 'store', 'main', { at: 'a provider', kind: 'cloud' })],
  's3://bucket',
)

const said = (known: Known) =>
  pointsOf(makeModel(known)).map(({ what, name, does }) => `${does} ${what} ${name}`)
const movesFor = (known: Known) => movesOf(makeModel(known), 1, known)
const ends = (move: Move | undefined) => move?.ends.map(({ name, does }) => `${does} ${name}`)
const isKind = (does: string) => (move: Move) => move.steps[0]?.does === does

describe('a single with one paper', () => {
  it('loses all in a fire, and the paper to a burglar', () => {
    expect(said(SINGLE)).toEqual(['lockout place flat', 'theft place flat', 'theft item paper'])
  })

  it('is told to make shares of the paper first, and not that carrying it away ends the theft', () => {
    const [best, ...rest] = movesFor(SINGLE)
    expect(best?.steps.map(({ does, item }) => `${does} ${item}`)).toEqual(Array(3).fill('share paper'))
    expect(ends(best)).toEqual(['lockout flat'])
    for (const move of rest) expect(ends(move)).not.toContain('theft flat')
  })
})

describe('two of three shares in one house', () => {
  it('are carried to two places', () => {
    const [best] = movesFor(ONE_HOUSE)
    expect(best?.steps.map(({ does }) => does)).toEqual(['move', 'move'])
    expect(ends(best)).toEqual(['lockout house', 'theft house'])
  })
})

describe('a family with three of five', () => {
  it('has no single point, and is told that two sheets lie together', () => {
    const { points, together } = scenariosOf(makeModel(FAMILY))
    expect(points).toEqual([])
    expect(together).toContainEqual({ place: 'flat of Eva', items: ['sheet of Eva', 'sheet of Ben'] })
  })
})

describe('a passphrase in the head and one computer', () => {
  it('is locked out by either, and told to add a sheet before all else', () => {
    expect(said(HEAD)).toEqual(expect.arrayContaining(['lockout item passphrase', 'lockout item computer']))
    const [best, second] = movesFor(HEAD)
    expect(best?.steps).toMatchObject([{ does: 'add' }])
    expect(ends(best)).toEqual(['lockout passphrase', 'lockout computer'])
    expect(second?.steps).toMatchObject([{ does: 'copy', item: 'store main' }])
  })
})

describe('two of three devices that sign', () => {
  it('have no single point, and no two of them are brought together', () => {
    expect(said(MULTISIG)).toEqual([])
    expect(movesFor(MULTISIG).filter(isKind('move'))).toEqual([])
  })
})

describe('a trader with a provider only', () => {
  it('is locked out by the provider, the head and the computer, and told what ends each', () => {
    expect(said(TRADER)).toEqual(
      expect.arrayContaining([
        'lockout place a provider',
        'lockout item passphrase',
        'lockout item computer',
      ]),
    )
    const ended = movesFor(TRADER).flatMap((move) => ends(move) ?? [])
    expect(ended).toEqual(
      expect.arrayContaining([
        'lockout a provider',
        'lockout passphrase',
        'lockout computer',
        'lockout cloud copy',
      ]),
    )
  })
})

describe('every household', () => {
  const all = { SINGLE, ONE_HOUSE, FAMILY, HEAD, MULTISIG, TRADER }

  it.each(Object.entries(all))(
    '%s: each move betters the odds or ends a danger, and takes nothing away',
    (_, known) => {
      const moves = movesFor(known)
      expect(moves.length).toBeGreaterThan(0)
      for (const { steps, ends: gone, before, after } of moves) {
        expect(gone.length > 0 || after > before).toBe(true)
        for (const { does } of steps) expect(['move', 'copy', 'add', 'share']).toContain(does)
      }
    },
  )

  it.each(Object.entries(all))(
    '%s: the odds fall with the years, and every rate of them is told',
    (_, known) => {
      const model = makeModel(known)
      const odds = [1, 5, 10, 30].map((years) => survivalOf(model, years, 1).odds)
      expect(odds).toEqual([...odds].sort((a, b) => b - a))
      const { places, things, person } = assumedOf(model)
      expect(things.map(({ kind }) => kind).sort()).toEqual(
        [...new Set(model.items.map(({ kind }) => kind))].sort(),
      )
      expect(places.length).toBeGreaterThan(0)
      expect(person === null).toBe(model.items.every(({ holder }) => holder === 'me'))
    },
  )
})
