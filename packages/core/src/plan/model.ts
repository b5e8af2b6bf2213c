/**
 * What is known of a vault, its wallets, and where things are, as items and two monotone conditions: with which items
 * the owner still reaches every wallet, and with which a thief opens one. Pure, and no secret.
 *
 * What is sealed in a store counts as being in the hands of the thief: a store is read by its provider and by whoever
 * finds what opens it. For the owner it counts only while the store is there. Passwords of wallet files are not counted
 * on either side.
 */
import type { FactorKind, Shape } from '../vault/quorum.js'
import { allOf, type Condition, oneOf } from './condition.js'
import { OWNER, type PlaceKind, partOf, type Thing } from './places.js'

export type ItemKind = FactorKind | 'store' | 'phrase' | 'share' | 'device' | 'recovery'

export interface Item {
  readonly name: string
  readonly kind: ItemKind
  readonly place: string
  readonly holder: string
  /** Where it is was not told. */
  readonly assumed: boolean
}

export interface Place {
  readonly name: string
  readonly kind: PlaceKind
}

export interface Model {
  readonly items: readonly Item[]
  readonly places: readonly Place[]
  /** With these the owner reaches every wallet. */
  readonly keeps: Condition
  /** With these a thief opens a wallet. */
  readonly opens: Condition
}

export interface Known {
  readonly policy: Shape
  /** Where snapshots lie. */
  readonly stores: readonly { readonly name: string; readonly url: string }[]
  /** Saved in the vault, by name. */
  readonly wallets: readonly string[]
  readonly things: readonly Thing[]
}

/** Where the computer is that runs Cairn, unless a row says it. */
export const THIS_COMPUTER = 'this computer'
const HEAD = 'head'

/** The model of what is known; what no row places is taken to be where things of its kind usually are. */
export function makeModel(known: Known): Model {
  const factors = known.policy.groups.flatMap((group) => group.factors)
  const names = new Set(known.things.map(({ name }) => name))
  const placed = known.things.filter((thing) => isKnown(thing, known))
  const taken = { names, home: homeOf(known) }
  const copies = new Map<string, readonly Located[]>()
  for (const { name, kind } of factors) {
    const rows = placed.filter((thing) => thing.is === 'factor' && thing.of === name)
    copies.set(
      `factor ${name}`,
      rows.length > 0 ? rows.map((row) => locate(row, kind)) : [usual(name, kind, taken)],
    )
  }
  for (const { name, url } of known.stores) {
    const rows = placed.filter((thing) => thing.is === 'store' && thing.of === name)
    copies.set(
      `store ${name}`,
      rows.length > 0 ? rows.map((row) => locate(row, 'store')) : [usualStore(name, url, taken)],
    )
  }
  const papers = placed.filter(({ is }) => is !== 'factor' && is !== 'store')
  const located = [...[...copies.values()].flat(), ...papers.map((thing) => locate(thing, kindOf(thing)))]
  return { ...collect(located), ...conditions(known, copies, papers) }
}

/** The place of the computer, where its folders are too: of the first key of a computer that a row places. */
export function homeOf({ policy, things }: Known): Place {
  const computers = new Set(
    policy.groups
      .flatMap(({ factors }) => factors.filter(({ kind }) => kind === 'computer'))
      .map(({ name }) => name),
  )
  const row = things.find(({ is, of }) => is === 'factor' && computers.has(of))
  return row === undefined ? { name: THIS_COMPUTER, kind: 'home' } : { name: row.at, kind: row.kind }
}

/** Rows that name a factor or a store that is no more. */
export function strayThings(known: Known): readonly string[] {
  return known.things.filter((thing) => !isKnown(thing, known)).map(({ name }) => name)
}

interface Located {
  readonly item: Item
  readonly kind: PlaceKind
}

interface Taken {
  readonly names: ReadonlySet<string>
  readonly home: Place
}

function isKnown(thing: Thing, { policy, stores }: Known): boolean {
  if (thing.is === 'factor')
    return policy.groups.some((group) => group.factors.some(({ name }) => name === thing.of))
  return thing.is !== 'store' || stores.some(({ name }) => name === thing.of)
}

function locate(thing: Thing, kind: ItemKind): Located {
  const { name, at: place, with: holder } = thing
  return { item: { name, kind, place, holder, assumed: false }, kind: thing.kind }
}

/** The words of one key of several open nothing by themselves, as a share. */
function kindOf(thing: Thing): ItemKind {
  return thing.is === 'phrase' && partOf(thing) !== null ? 'share' : (thing.is as ItemKind)
}

function usual(factor: string, kind: FactorKind, { names, home }: Taken): Located {
  const name = names.has(factor) ? `factor ${factor}` : factor
  const item = { name, kind, holder: kind === 'person' ? factor : OWNER, assumed: true }
  if (kind === 'passphrase') return { item: { ...item, place: HEAD }, kind: 'head' }
  if (kind === 'computer' || kind === 'tpm') return { item: { ...item, place: home.name }, kind: home.kind }
  return { item: { ...item, place: `where ${name} is` }, kind: 'elsewhere' }
}

/** A folder is taken to be on this computer: whether it is a drive elsewhere, a row tells. */
function usualStore(store: string, url: string, { names, home }: Taken): Located {
  const name = names.has(`store ${store}`) ? `the store ${store}` : `store ${store}`
  const item = { name, kind: 'store', holder: OWNER, assumed: true } as const
  return url.startsWith('file:')
    ? { item: { ...item, place: home.name }, kind: home.kind }
    : { item: { ...item, place: `where ${name} is` }, kind: 'cloud' }
}

function collect(located: readonly Located[]): Pick<Model, 'items' | 'places'> {
  const kinds = new Map(located.map(({ item, kind }) => [item.place, kind]))
  return {
    items: located.map(({ item }) => item),
    places: [...kinds].map(([name, kind]) => ({ name, kind })),
  }
}

function conditions(
  { policy, stores, wallets }: Known,
  copies: ReadonlyMap<string, readonly Located[]>,
  papers: readonly Thing[],
): Pick<Model, 'keeps' | 'opens'> {
  const any = (key: string) => oneOf((copies.get(key) ?? []).map(({ item }) => ({ item: item.name })))
  const quorum: Condition = {
    need: policy.need,
    of: policy.groups.map(({ need, factors }) => ({
      need,
      of: factors.map(({ name }) => any(`factor ${name}`)),
    })),
  }
  const restore = allOf([quorum, oneOf(stores.map(({ name }) => any(`store ${name}`)))])
  const saved = new Set(wallets)
  const onPaper = [...new Set(papers.map(({ of }) => of))]
  const keeps = [...new Set([...wallets, ...onPaper])].map((wallet) =>
    oneOf([...(saved.has(wallet) ? [restore] : []), ...paperWays(wallet, papers)]),
  )
  return {
    keeps: keeps.length === 0 ? restore : allOf(keeps),
    opens: oneOf([quorum, ...onPaper.flatMap((wallet) => paperWays(wallet, papers.filter(isForAnyone)))]),
  }
}

/** What was signed in advance pays whom the owner chose, whoever sends it. */
function isForAnyone({ is }: Thing): boolean {
  return is !== 'recovery'
}

/**
 * Ways to a wallet without the vault: a phrase, a device, enough shares or keys, transactions that were signed in advance. A key
 * of several that is in a device and on paper is one key.
 */
function paperWays(wallet: string, papers: readonly Thing[]): readonly Condition[] {
  const mine = papers.filter(({ of }) => of === wallet)
  const shares = mine.flatMap((thing) => {
    const part = partOf(thing)
    return part === null ? [] : [{ name: thing.name, ...part }]
  })
  const whole = mine.filter((thing) => partOf(thing) === null).map(({ name }) => ({ item: name }))
  const [first] = shares
  if (first === undefined) return whole
  const numbers = [...new Set(shares.map(({ share }) => share))]
  const of = numbers.map((number) =>
    oneOf(shares.filter(({ share }) => share === number).map(({ name }) => ({ item: name }))),
  )
  return [...whole, { need: first.need, of }]
}
