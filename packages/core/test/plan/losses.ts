/**
 * Random small models, with what reaches a wallet told straight from the list of places, without any condition: the
 * measure for minimal sets and odds, by trying every set of items.
 */
import * as fc from 'fast-check'
import { dual, type MinimalSets, minimalSets } from '../../src/plan/condition.js'
import { type Known, type Model, makeModel } from '../../src/plan/model.js'
import { PLACE_KINDS, type Thing } from '../../src/plan/places.js'
import type { FactorKind, Shape } from '../../src/vault/quorum.js'

const MOST_ITEMS = 9
const KINDS: readonly FactorKind[] = ['passphrase', 'computer', 'sheet', 'person']
const WALLETS = ['savings', 'daily']

const sized = (most: number) => fc.integer({ min: 1, max: most })
const group = fc.record({ size: sized(3), need: sized(3), kind: fc.constantFrom(...KINDS) })

const policy: fc.Arbitrary<Shape> = fc
  .record({ need: sized(2), groups: fc.array(group, { minLength: 1, maxLength: 2 }) })
  .map(({ need, groups }) => ({
    need: Math.min(need, groups.length),
    groups: groups.map((one, g) => ({
      name: `group ${g}`,
      need: Math.min(one.need, one.size),
      factors: Array.from({ length: one.size }, (_, f) => ({ name: `factor ${g}.${f}`, kind: one.kind })),
    })),
  }))

const rowOf = fc.record({
  is: fc.constantFrom('factor', 'store', 'phrase', 'share', 'share', 'device', 'recovery', 'key', 'key'),
  pick: fc.nat(5),
  share: sized(3),
  at: fc.nat(3),
  with: fc.constantFrom('me', 'Ann', 'Ben'),
})

export const smallModel: fc.Arbitrary<Known> = fc
  .record({
    policy,
    stores: fc.integer({ min: 1, max: 2 }),
    wallets: fc.nat(2),
    rows: fc.array(rowOf, { maxLength: 5 }),
    need: fc.integer({ min: 2, max: 3 }),
    keyed: fc.boolean(),
  })
  .map(({ policy: shape, stores, wallets, rows, need, keyed }) => {
    const factors = shape.groups.flatMap((one) => one.factors)
    const named = Array.from({ length: stores }, (_, i) => ({
      name: `s${i}`,
      url: i === 0 ? 'file:///vault' : 's3://bucket',
    }))
    const of = (is: string, pick: number) => {
      if (is === 'factor') return factors[pick % factors.length]?.name as string
      return is === 'store' ? `s${pick % stores}` : (WALLETS[pick % 2] as string)
    }
    const things = rows.map(({ is, pick, share, at, with: holder }, i) => {
      const kind = PLACE_KINDS[at] as Thing['kind']
      const common = {
        name: `thing ${i}`,
        of: of(is, pick),
        at: `place ${at}`,
        kind,
        with: holder,
        checked: null,
      }
      // either shares or keys of several signatures, in devices and on paper
      const isKeyed = keyed && (is === 'share' || is === 'key')
      if (is === 'key' || isKeyed) {
        const kind = pick % 2 === 0 ? 'device' : 'phrase'
        return { ...common, is: kind, ...(isKeyed ? { share, need } : {}) } as Thing
      }
      return (is === 'share' ? { ...common, is, share, need } : { ...common, is }) as Thing
    })
    return { policy: shape, stores: named, wallets: WALLETS.slice(0, wallets), things }
  })
  .filter((known) => makeModel(known).items.length <= MOST_ITEMS)

type Has = (item: string) => boolean

/** Whether these items open the vault, by counting. */
function opensVault({ policy: shape, things }: Known, has: Has): boolean {
  const held = (factor: string) => {
    const copies = things.filter((thing) => thing.is === 'factor' && thing.of === factor)
    return copies.length === 0 ? has(factor) : copies.some(({ name }) => has(name))
  }
  const open = shape.groups.filter(
    ({ need, factors }) => factors.filter(({ name }) => held(name)).length >= need,
  )
  return open.length >= shape.need
}

function hasStore({ stores, things }: Known, has: Has): boolean {
  return stores.some(({ name: store }) => {
    const copies = things.filter((thing) => thing.is === 'store' && thing.of === store)
    return copies.length === 0 ? has(`store ${store}`) : copies.some(({ name }) => has(name))
  })
}

function opensPaper({ things }: Known, wallet: string, has: Has): boolean {
  const mine = things.filter(
    (thing) => thing.of === wallet && thing.is !== 'factor' && thing.is !== 'store' && has(thing.name),
  )
  const shares = mine.flatMap((thing) => ('share' in thing && thing.share ? [thing] : []))
  const numbers = new Set(shares.map(({ share }) => share)).size
  return shares.length < mine.length || numbers >= (shares[0]?.need ?? 99)
}

/** By counting, for the owner. */
export function ownerReaches(known: Known, has: Has): boolean {
  const papers = known.things.filter(({ is }) => is !== 'factor' && is !== 'store').map(({ of }) => of)
  const restores = opensVault(known, has) && hasStore(known, has)
  const all = [...new Set([...known.wallets, ...papers])]
  if (all.length === 0) return restores
  return all.every((wallet) => (known.wallets.includes(wallet) && restores) || opensPaper(known, wallet, has))
}

/** By counting, for who found the sealed snapshots. */
export function thiefOpens(known: Known, has: Has): boolean {
  // what a recovery plan moves goes where the owner wanted it
  const things = known.things.filter(({ is }) => is !== 'recovery')
  return opensVault(known, has) || WALLETS.some((wallet) => opensPaper({ ...known, things }, wallet, has))
}

/** Every minimal set for which `isTrue`, by trying all. */
export function tryAll(items: readonly string[], isTrue: (has: Has) => boolean): readonly string[] {
  const good: number[] = []
  for (let mask = 0; mask < 2 ** items.length; mask++) {
    if (good.some((smaller) => (mask & smaller) === smaller)) continue
    if (isTrue((item) => ((mask >> items.indexOf(item)) & 1) === 1)) good.push(mask)
  }
  const minimal = good.filter((mask) => !good.some((other) => other !== mask && (mask & other) === other))
  return written(minimal.map((mask) => items.filter((_, i) => (mask >> i) & 1)))
}

function written(sets: readonly (readonly string[])[]): readonly string[] {
  return sets.map((set) => [...set].sort().join(' + ')).sort()
}

export interface Answers {
  readonly lockout: (model: Model) => MinimalSets
  readonly theft: (model: Model) => MinimalSets
}

const names = ({ items }: Model) => items.map(({ name }) => name)

export const answers: Answers = {
  lockout: (model) => minimalSets(dual(model.keeps), names(model)),
  theft: (model) => minimalSets(model.opens, names(model)),
}

/** The same with one thing wrong. */
export const twins: Readonly<Record<string, Answers>> = {
  'takes what opens for what locks out': {
    ...answers,
    lockout: (model) => minimalSets(model.keeps, names(model)),
  },
  'lists single things only': {
    ...answers,
    lockout: (model) => {
      const found = answers.lockout(model)
      return { ...found, sets: found.sets.filter((set) => set.length < 2) }
    },
  },
  'forgets the last set': {
    ...answers,
    theft: (model) => {
      const found = answers.theft(model)
      return { ...found, sets: found.sets.slice(0, -1) }
    },
  },
  'takes one thing more than needed': {
    ...answers,
    theft: (model) => {
      const found = answers.theft(model)
      const [first = []] = found.sets
      const more = names(model).find((item) => !first.includes(item))
      return more === undefined ? found : { ...found, sets: [[...first, more], ...found.sets.slice(1)] }
    },
  },
}

/** Whether the answers for one model are what trying every set of items finds. */
export function agrees(known: Known, asked: Answers): boolean {
  const model = makeModel(known)
  const items = names(model)
  const lockout = asked.lockout(model)
  const theft = asked.theft(model)
  const lost = tryAll(items, (gone) => !ownerReaches(known, (item) => !gone(item)))
  const taken = tryAll(items, (has) => thiefOpens(known, has))
  return (
    lockout.complete &&
    theft.complete &&
    `${written(lockout.sets)}` === `${lost}` &&
    `${written(theft.sets)}` === `${taken}`
  )
}

/** One model a seed. */
export function plansTried(
  seeds: Iterable<number>,
  asked: Answers = answers,
): { readonly tried: number; readonly lost: readonly string[] } {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const [known] = fc.sample(smallModel, { seed, numRuns: 1 }) as [Known]
    if (!agrees(known, asked)) lost.push(`seed ${seed}`)
  }
  return { tried, lost }
}
