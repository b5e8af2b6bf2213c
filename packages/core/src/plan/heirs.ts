/**
 * What those who come after the owner can do: what each person holds, who gets in together today without the owner, and
 * whether anybody gets in once the owner's own factors are gone: what was in the head, and the computer that nobody else can
 * unlock. Pure, over the same model as the losses.
 */
import { type Condition, holds, type MinimalSets, minimalSets } from './condition.js'
import type { Item, Model } from './model.js'
import { OWNER } from './places.js'

/** All that the owner leaves behind and that can be found: papers, drives, tokens. */
export const LEFT = 'what you leave'

export interface Holding {
  readonly name: string
  readonly items: readonly Item[]
}

export interface HeirsPlan {
  /** Everybody but the owner, in the order of the list. */
  readonly holders: readonly Holding[]
  /** Goes with the owner. */
  readonly gone: readonly Item[]
  /** Of the owner, and can be found. */
  readonly left: readonly Item[]
  /** People who open a wallet together today, without the owner and without going through drawers. */
  readonly today: MinimalSets
  /** People who reach every wallet afterwards with nothing but what they hold. */
  readonly people: MinimalSets
  /** Afterwards: people, and `LEFT` where what the owner left must be found too. */
  readonly after: MinimalSets
  /** Afterwards: things that are enough for every wallet. */
  readonly ways: MinimalSets
  /** One of these more would let them in, where nothing does. */
  readonly lacking: readonly string[]
}

/** Who gets in without the owner, before and after, and with what. @param model of `makeModel` */
export function heirsOf(model: Model): HeirsPlan {
  const kinds = new Map(model.places.map(({ name, kind }) => [name, kind]))
  const isGone = (item: Item) => item.holder === OWNER && (kinds.get(item.place) === 'head' || isLocked(item))
  const gone = model.items.filter(isGone)
  const left = model.items.filter((item) => item.holder === OWNER && !isGone(item))
  const holders = holdersOf(model.items)
  const people = holders.map(({ name }) => name)
  const lost = new Set(gone.map(({ name }) => name))
  const holderOf = new Map(model.items.map(({ name, holder }) => [name, holder]))
  const byPerson = (condition: Condition, ofOwner: (item: string) => Condition) =>
    replaced(condition, (item) => {
      const holder = holderOf.get(item) ?? OWNER
      return holder === OWNER ? ofOwner(item) : { item: holder }
    })
  const remaining = replaced(model.keeps, (item) => (lost.has(item) ? NEVER : { item }))
  const rest = model.items.filter(({ name }) => !lost.has(name)).map(({ name }) => name)
  return {
    holders,
    gone,
    left,
    today: minimalSets(
      byPerson(model.opens, (item) => (isStored(model, item) ? ALWAYS : NEVER)),
      people,
    ),
    people: minimalSets(
      byPerson(model.keeps, (item) => (isStored(model, item) ? ALWAYS : NEVER)),
      people,
    ),
    after: minimalSets(
      byPerson(model.keeps, (item) => (lost.has(item) ? NEVER : { item: LEFT })),
      [...people, LEFT],
    ),
    ways: minimalSets(remaining, rest),
    lacking: holds(remaining, () => true) ? [] : lackingOf(model, lost),
  }
}

const NEVER: Condition = { need: 1, of: [] }
const ALWAYS: Condition = { need: 0, of: [] }

/** Nobody else can unlock it: a computer, and what is built into it or opens by a face. */
function isLocked({ kind }: Item): boolean {
  return kind === 'computer' || kind === 'tpm' || kind === 'passkey'
}

/** A copy at a provider or in a place that somebody else may open: sealed, and read by who opens it. */
function isStored({ items, places }: Model, name: string): boolean {
  const item = items.find((one) => one.name === name)
  return item?.kind === 'store' && places.find((place) => place.name === item.place)?.kind === 'cloud'
}

function holdersOf(items: readonly Item[]): readonly Holding[] {
  const names = [...new Set(items.map(({ holder }) => holder))].filter((name) => name !== OWNER)
  return names.map((name) => ({ name, items: items.filter(({ holder }) => holder === name) }))
}

function lackingOf({ keeps }: Model, lost: ReadonlySet<string>): readonly string[] {
  return [...lost].filter((one) => holds(keeps, (item) => item === one || !lost.has(item)))
}

function replaced(condition: Condition, by: (item: string) => Condition): Condition {
  if ('item' in condition) return by(condition.item)
  return { need: condition.need, of: condition.of.map((part) => replaced(part, by)) }
}
