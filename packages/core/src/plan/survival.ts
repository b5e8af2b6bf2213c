/**
 * The odds that the owner still reaches every wallet after some years in which nobody looks and nothing is replaced.
 * Causes of loss are independent and have a constant rate a year, so that one strikes within t years with
 * 1 - exp(-rate t): a place with all that is in it, a person with all that they hold, a thing by itself.
 * Exact over every combination of causes where these are few, otherwise by Monte Carlo with a seed. The rates are
 * assumptions and not measurements: they are good for comparing two arrangements, not for an insurance.
 */
import { afterLosses, type Condition, holds } from './condition.js'
import type { ItemKind, Model } from './model.js'
import { OWNER, type PlaceKind } from './places.js'

export interface PlaceRate {
  readonly kind: PlaceKind
  /** Fire, water, demolition; of a provider: closed, or the account is. A year. */
  readonly fire: number
  /** Somebody takes all that is there. A year. */
  readonly theft: number
}

/** Assumed; docs/plan.md prints them. */
export const PLACE_RATES: readonly PlaceRate[] = [
  { kind: 'home', fire: 0.003, theft: 0.005 },
  { kind: 'office', fire: 0.003, theft: 0.008 },
  { kind: 'bank', fire: 0.0005, theft: 0.0005 },
  { kind: 'relative', fire: 0.003, theft: 0.005 },
  { kind: 'friend', fire: 0.003, theft: 0.005 },
  { kind: 'notary', fire: 0.001, theft: 0.001 },
  { kind: 'cloud', fire: 0.01, theft: 0.002 },
  { kind: 'carried', fire: 0.01, theft: 0.03 },
  { kind: 'head', fire: 0, theft: 0 },
  { kind: 'elsewhere', fire: 0.003, theft: 0.005 },
]

export interface ItemRate {
  readonly kind: ItemKind
  /** A year. */
  readonly loss: number
  readonly why: string
}

/** Assumed, for a thing by itself. */
export const ITEM_RATES: readonly ItemRate[] = [
  { kind: 'sheet', loss: 0.02, why: 'mislaid, thrown away, unreadable' },
  { kind: 'phrase', loss: 0.02, why: 'mislaid, thrown away, unreadable' },
  { kind: 'share', loss: 0.02, why: 'mislaid, thrown away, unreadable' },
  { kind: 'passphrase', loss: 0.03, why: 'forgotten' },
  { kind: 'computer', loss: 0.1, why: 'broken, sold, set up anew' },
  { kind: 'tpm', loss: 0.1, why: 'goes with its computer' },
  { kind: 'recovery', loss: 0.02, why: 'mislaid, or of no use once the coins were spent' },
  { kind: 'device', loss: 0.05, why: 'broken, lost' },
  { kind: 'plugin', loss: 0.05, why: 'broken, lost' },
  { kind: 'pkcs11', loss: 0.05, why: 'broken, lost' },
  { kind: 'passkey', loss: 0.05, why: 'broken, lost, account closed' },
  { kind: 'person', loss: 0.05, why: 'their key is lost' },
  { kind: 'store', loss: 0.03, why: 'drive broken, bill not paid' },
]

/** Of a person who is not the owner: dies, moves away, falls out with the owner. A year, assumed. */
export const HOLDER_RATE = 0.02

export const YEARS = [1, 5, 10, 30] as const
/** As many combinations as 2^14 are counted one by one. */
const EXACT_CAUSES = 14
const TRIALS = 20_000

export interface Cause {
  readonly name: string
  /** A year. */
  readonly rate: number
  readonly items: readonly string[]
}

export interface Survival {
  readonly years: number
  /** 0 to 1. */
  readonly odds: number
  readonly method: 'exact' | 'monte-carlo'
}

/** Everything that may strike, with what it takes along. */
export function causesOf({ items, places }: Model): readonly Cause[] {
  const holders = [...new Set(items.map(({ holder }) => holder))].filter((holder) => holder !== OWNER)
  const all: readonly Cause[] = [
    ...places.map(({ name, kind }) => ({
      name: `place ${name}`,
      rate: placeRate(kind),
      items: items.filter(({ place }) => place === name).map((item) => item.name),
    })),
    ...holders.map((name) => ({
      name: `holder ${name}`,
      rate: HOLDER_RATE,
      items: items.filter(({ holder }) => holder === name).map((item) => item.name),
    })),
    ...items.map(({ name, kind }) => ({ name: `item ${name}`, rate: itemRate(kind), items: [name] })),
  ]
  return all.filter(({ rate }) => rate > 0)
}

/** The rates that a model rests on, a year: of its places by fire and theft, of its things by themselves, and of its people. */
export interface Assumed {
  readonly places: readonly PlaceRate[]
  readonly things: readonly ItemRate[]
  /** Null where nobody but the owner holds anything. */
  readonly person: number | null
}

/** Only what the model has, so that it can be told. */
export function assumedOf({ items, places }: Model): Assumed {
  const used = places.filter(({ name, kind }) => kind !== 'head' && items.some(({ place }) => place === name))
  return {
    places: PLACE_RATES.filter(({ kind }) => used.some((place) => place.kind === kind)),
    things: ITEM_RATES.filter(({ kind }) => items.some((item) => item.kind === kind)),
    person: items.some(({ holder }) => holder !== OWNER) ? HOLDER_RATE : null,
  }
}

function itemRate(kind: ItemKind): number {
  return (ITEM_RATES.find((row) => row.kind === kind) as ItemRate).loss
}

function placeRate(kind: PlaceKind): number {
  const row = PLACE_RATES.find((one) => one.kind === kind) as PlaceRate
  return row.fire + row.theft
}

/** The odds after these years. @param seed of the Monte Carlo method; the same one gives the same odds */
export function survivalOf(model: Model, years: number, seed: number): Survival {
  const causes = causesOf(model)
  return causes.length <= EXACT_CAUSES
    ? { years, odds: exactOdds(model.keeps, causes, years), method: 'exact' }
    : {
        years,
        odds: sampledOdds(model.keeps, causes, { years, seed, trials: TRIALS }),
        method: 'monte-carlo',
      }
}

/** Over every combination of causes, without those that cannot change the outcome any more. */
export function exactOdds(keeps: Condition, causes: readonly Cause[], years: number): number {
  const from = (index: number, lost: ReadonlySet<string>): number => {
    if (!holds(keeps, (item) => !lost.has(item))) return 0
    const rest = causes.slice(index)
    const worst = new Set([...lost, ...rest.flatMap(({ items }) => items)])
    if (holds(keeps, (item) => !worst.has(item))) return 1
    const { rate, items } = rest[0] as Cause
    const strikes = oddsOf(rate, years)
    return strikes * from(index + 1, new Set([...lost, ...items])) + (1 - strikes) * from(index + 1, lost)
  }
  return from(0, new Set())
}

export interface Sampling {
  readonly years: number
  readonly seed: number
  readonly trials: number
}

/** By trials. Each cause draws from a stream of its own name, so that two arrangements meet the same fires. */
export function sampledOdds(
  keeps: Condition,
  causes: readonly Cause[],
  { years, seed, trials }: Sampling,
): number {
  const indexOf = new Map([...new Set(causes.flatMap(({ items }) => items))].map((item, i) => [item, i]))
  for (const item of itemsOf(keeps)) if (!indexOf.has(item)) indexOf.set(item, indexOf.size)
  const streams = causes.map(({ name, rate, items }) => ({
    draw: drawsFrom(seed ^ numberOf(name)),
    strikes: oddsOf(rate, years),
    items: items.map((item) => indexOf.get(item) as number),
  }))
  const isKept = afterLosses(keeps, indexOf)
  const lost = new Uint8Array(indexOf.size)
  let kept = 0
  for (let trial = 0; trial < trials; trial++) {
    lost.fill(0)
    for (const { draw, strikes, items } of streams)
      if (draw() < strikes) for (const item of items) lost[item] = 1
    if (isKept(lost)) kept++
  }
  return kept / trials
}

function itemsOf(condition: Condition): readonly string[] {
  return 'item' in condition ? [condition.item] : condition.of.flatMap(itemsOf)
}

function oddsOf(rate: number, years: number): number {
  return -Math.expm1(-rate * years)
}

/** Mulberry32: for simulations, never for a secret. */
function drawsFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193)
  return hash
}
