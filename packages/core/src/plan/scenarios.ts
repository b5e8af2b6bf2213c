/**
 * What goes wrong in a model: every minimal set of losses that locks the owner out, every minimal set of thefts that
 * opens a wallet, the single places, people and things that do either, the things that lie together, and the 3-2-1 rule
 * ("three copies, on two kinds of media, one elsewhere": CISA, Data Backup Options, 2012). Pure.
 */
import { dual, holds, type MinimalSets, minimalSets } from './condition.js'
import type { Item, Model } from './model.js'
import { OWNER } from './places.js'

export interface Scenarios {
  readonly lockout: MinimalSets
  readonly theft: MinimalSets
  readonly points: readonly Point[]
  readonly together: readonly Together[]
}

/** One place, one person or one thing. */
export interface Point {
  readonly what: 'place' | 'holder' | 'item'
  readonly name: string
  /** What it takes along: locks the owner out when it is gone, or opens a wallet for who has it. */
  readonly does: 'lockout' | 'theft'
  readonly items: readonly string[]
}

export interface Together {
  readonly place: string
  readonly items: readonly string[]
}

/** All of them. */
export function scenariosOf(model: Model): Scenarios {
  const names = model.items.map(({ name }) => name)
  return {
    lockout: minimalSets(dual(model.keeps), names),
    theft: minimalSets(model.opens, names),
    points: pointsOf(model),
    together: togetherIn(model),
  }
}

/**
 * Single points of failure. What lies in a head burns with no house, and its owner robs nobody.
 * @param isAsked which places, people and things are asked; all, unless it is given
 */
export function pointsOf(model: Model, isAsked: IsAsked = () => true): readonly Point[] {
  return groupsOf(model, isAsked).flatMap(({ what, name, items }) => {
    const gone = new Set(items.map((item) => item.name))
    const locks = !isOwner(what, name) && !holds(model.keeps, (item) => !gone.has(item))
    const robs = !isOwner(what, name) && holds(model.opens, (item) => gone.has(item))
    const point = { what, name, items: [...gone] }
    return [
      ...(locks ? [{ ...point, does: 'lockout' } as const] : []),
      ...(robs ? [{ ...point, does: 'theft' } as const] : []),
    ]
  })
}

type IsAsked = (what: Point['what'], name: string) => boolean

interface Group {
  readonly what: Point['what']
  readonly name: string
  readonly items: readonly Item[]
}

function groupsOf({ items, places }: Model, isAsked: IsAsked): readonly Group[] {
  const houses = places.filter(({ name, kind }) => kind !== 'head' && isAsked('place', name))
  const holders = [...new Set(items.map(({ holder }) => holder))].filter((name) => isAsked('holder', name))
  const single = items.filter(({ name }) => isAsked('item', name))
  return [
    ...houses.map(
      ({ name }) => ({ what: 'place', name, items: items.filter(({ place }) => place === name) }) as const,
    ),
    ...holders.map(
      (name) => ({ what: 'holder', name, items: items.filter(({ holder }) => holder === name) }) as const,
    ),
    ...single.map((item) => ({ what: 'item', name: item.name, items: [item] }) as const),
  ]
}

function isOwner(what: Point['what'], name: string): boolean {
  return what === 'holder' && name === OWNER
}

/** Places with two or more factors, phrases, shares or keys of several. Many stores or whole devices are as safe as one. */
function togetherIn({ items, places, opens }: Model): readonly Together[] {
  const isWhole = ({ name, kind }: Item) => kind === 'device' && holds(opens, (item) => item === name)
  return places
    .filter(({ kind }) => kind !== 'head')
    .map(({ name }) => ({
      place: name,
      items: items
        .filter((item) => item.place === name && item.kind !== 'store' && !isWhole(item))
        .map((item) => item.name),
    }))
    .filter((one) => one.items.length > 1)
}

export interface Rule321 {
  /** The wallets themselves and the stores. */
  readonly copies: number
  readonly media: number
  /** Places other than that of the wallets. */
  readonly elsewhere: number
  readonly holds: boolean
}

/** The 3-2-1 rule over the stores; the wallets themselves are the first copy, on the computer at `home`. */
export function rule321({ items, places }: Model, home: string): Rule321 {
  const stores = items.filter(({ kind }) => kind === 'store')
  const kindAt = new Map(places.map(({ name, kind }) => [name, kind]))
  const media = new Set(['disk', ...stores.map((store) => mediumOf(store, home, kindAt.get(store.place)))])
  const elsewhere = new Set(stores.map(({ place }) => place).filter((place) => place !== home)).size
  const copies = 1 + stores.length
  return { copies, media: media.size, elsewhere, holds: copies >= 3 && media.size >= 2 && elsewhere >= 1 }
}

/** The disk of the computer, a drive that is not in it, or the disks of a provider. */
function mediumOf({ place }: Item, home: string, kind: string | undefined): string {
  if (kind === 'cloud') return 'provider'
  return place === home ? 'disk' : 'drive'
}
