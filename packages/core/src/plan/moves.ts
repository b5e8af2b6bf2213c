/**
 * What to change: every thing that can be carried to another place, every copy that can be made, two things carried to two
 * places where one is not enough, a recovery sheet more, and shares of a phrase that is on paper, tried on the model and ranked by
 * what they improve. A move takes nothing away: no copy is ever destroyed, and the last one least of all. Pure.
 */
import type { Condition } from './condition.js'
import {
  type Item,
  type ItemKind,
  type Known,
  type Model,
  makeModel,
  type Place,
  THIS_COMPUTER,
} from './model.js'
import { OWNER, partOf, type Thing } from './places.js'
import { type Point, pointsOf } from './scenarios.js'
import { causesOf, exactOdds, type Sampling, sampledOdds, survivalOf } from './survival.js'

/** `add`: one factor more of that kind to the vault, as many needed as before. `share`: a share more of what is on paper there. */
export interface Step {
  readonly does: 'move' | 'copy' | 'add' | 'share'
  readonly item: string
  readonly to: string
}

export interface Move {
  readonly steps: readonly Step[]
  /** Single points of failure that are gone then. */
  readonly ends: readonly Point[]
  /** Odds after 10 years, before and then. */
  readonly before: number
  readonly after: number
}

/** Places where nothing is yet, in the order in which they are named. */
const NEW_PLACES = ['another place', 'a third place']
const CARRIED: ReadonlySet<ItemKind> = new Set([
  'recovery',
  'sheet',
  'share',
  'phrase',
  'device',
  'plugin',
  'pkcs11',
  'passkey',
])
/** A whole phrase once more is one thing more to steal; a share opens nothing by itself. */
const COPIED: ReadonlySet<ItemKind> = new Set(['sheet', 'share', 'store', 'recovery'])
const HORIZON_YEARS = 10
/** The odds of a lockout must fall by a tenth to be worth a walk. */
const WORTH = 0.9
/** Two places burn more often than one: so much more is borne where a way for one loss or one thief is gone. */
const BEARABLE = 1.5
const MOST_MOVES = 8
const TRIALS = 4000
/** Of a long list there are thousands of moves: so many trials for all of them together, and 400 for each at least. */
const ALL_TRIALS = 1_000_000
const LEAST_TRIALS = 400
const RANKED_EXACTLY = 8

/**
 * The best first, at most 8; none that opens a new way for one loss or one thief.
 * @param known what the model was made of: without it nothing new is made, neither a factor nor shares
 */
export function movesOf(model: Model, seed: number, known?: Known): readonly Move[] {
  const possible = singles(model)
  const trials = Math.min(TRIALS, Math.max(LEAST_TRIALS, Math.floor(ALL_TRIALS / possible.length)))
  const sampling = { years: HORIZON_YEARS, trials, seed }
  const now = { points: pointsOf(model), risk: riskOf(model, sampling), sampling }
  const tried = (all: readonly (readonly Step[])[]) =>
    all.map((steps) => ({ steps, done: withSteps(model, steps) }))
  const made = known === undefined ? [] : [...addedSheets(model, known), ...sharedPhrases(model, known)]
  const single = [...tried(possible), ...made].flatMap((one) => judge(one, now))
  const ended = new Set(single.flatMap(({ ends }) => ends.map(keyOf)))
  const left = now.points.filter((point) => point.what === 'place' && !ended.has(keyOf(point)))
  const double = tried(pairs(model, new Set(left.map(({ name }) => name)))).flatMap((one) => judge(one, now))
  const ranked = [...single, ...double].sort(
    (a, b) => b.ends.length - a.ends.length || a.risk - b.risk || a.steps.length - b.steps.length,
  )
  const before = survivalOf(model, HORIZON_YEARS, seed).odds
  const moves = differing(model, ranked)
    .slice(0, MOST_MOVES)
    .map(({ steps, ends, done }) => {
      const { odds: after } = survivalOf(done, HORIZON_YEARS, seed)
      return { steps, ends, before, after }
    })
  // the ranking is by few trials; what better odds were only its noise is not told
  return moves.filter(({ ends, after }) => ends.length > 0 || after > before)
}

/** The best of those that end the same, and of those that only better the odds the best for each kind of thing. */
function differing(model: Model, ranked: readonly Judged[]): readonly Judged[] {
  const kinds = new Map(model.items.map(({ name, kind }) => [name, kind]))
  const best = new Map<string, Judged>()
  for (const move of ranked) {
    const key =
      move.ends.length > 0
        ? `${move.steps[0]?.does === 'share'} ${move.ends.map(keyOf).join('\n')}`
        : `only ${kinds.get(move.steps[0]?.item ?? '') ?? 'new'} ${move.steps[0]?.does === 'share'}`
    if (!best.has(key)) best.set(key, move)
  }
  return [...best.values()]
}

/** What the model is once things are moved and copied. */
export function withSteps(model: Model, steps: readonly Step[]): Model {
  return steps.reduce((now, { does, item: name, to }) => {
    const item = now.items.find((one) => one.name === name) as Item
    const place = now.places.find((one) => one.name === to) ?? { name: to, kind: 'elsewhere' }
    return does === 'move' ? moved(now, item, place) : copied(now, item, place)
  }, model)
}

interface Tried {
  readonly steps: readonly Step[]
  /** The model once they are done. */
  readonly done: Model
}

interface Judged extends Tried {
  readonly ends: readonly Point[]
  readonly risk: number
}

interface Before {
  readonly points: readonly Point[]
  readonly risk: number
  readonly sampling: Sampling
}

/** The move if it is worth it. A point that only went to another place or person with the thing that makes it has not ended. */
function judge({ steps, done }: Tried, before: Before): readonly Judged[] {
  const left = pointsOf(done)
  const old = new Set(before.points.map(keyOf))
  const fresh = left.filter((point) => !old.has(keyOf(point)))
  if (fresh.some((point) => !isOld(point, before.points))) return []
  const still = new Set([...left.map(keyOf), ...fresh.map(sortOf)])
  const ends = before.points.filter((point) => !still.has(keyOf(point)) && !still.has(sortOf(point)))
  if (ends.length === 0 && steps.length > 1 && steps[0]?.does !== 'share') return []
  const risk = riskOf(done, before.sampling)
  const isWorth = ends.length > 0 ? risk <= before.risk * BEARABLE : risk < before.risk * WORTH
  return isWorth ? [{ steps, done, ends, risk }] : []
}

/** Of a lockout, near enough to rank by. */
function riskOf(model: Model, sampling: Sampling): number {
  const causes = causesOf(model)
  return (
    1 -
    (causes.length <= RANKED_EXACTLY
      ? exactOdds(model.keeps, causes, HORIZON_YEARS)
      : sampledOdds(model.keeps, causes, sampling))
  )
}

function singles(model: Model): readonly (readonly Step[])[] {
  const kinds = kindsOf(model)
  const targets = targetsOf(model, newPlaces(model).slice(0, 1))
  return model.items.flatMap((item) => {
    const others = kinds.get(item.place) === 'head' ? [] : targets.filter((name) => name !== item.place)
    return others.flatMap((to) => [
      ...(CARRIED.has(item.kind) ? [[{ does: 'move', item: item.name, to } as const]] : []),
      ...(COPIED.has(item.kind) ? [[{ does: 'copy', item: item.name, to } as const]] : []),
    ])
  })
}

/** Two things out of these places, to two others. */
function pairs(model: Model, from: ReadonlySet<string>): readonly (readonly Step[])[] {
  const items = model.items.filter(({ kind, place }) => CARRIED.has(kind) && from.has(place))
  return items.flatMap((one, i) => {
    const mates = items.slice(i + 1).filter(({ place }) => place === one.place)
    return mates.flatMap((other) => {
      const [to = '', second = ''] = targetsOf(model, newPlaces(model)).filter((name) => name !== one.place)
      return [
        [
          { does: 'move', item: one.name, to },
          { does: 'move', item: other.name, to: second },
        ] as const,
      ]
    })
  })
}

const NEW_SHEET = 'another recovery sheet'

/** A recovery sheet more in each group, wherever it may lie but where one fire or one thief does harm already. */
function addedSheets(model: Model, { policy, ...known }: Known): readonly Tried[] {
  if (known.things.some(({ name }) => name === NEW_SHEET)) return []
  const unsafe = new Set(pointsOf(model).map(({ name }) => name))
  const places = targetsOf(model, newPlaces(model).slice(0, 1)).filter((name) => !unsafe.has(name))
  return policy.groups.flatMap((group) => {
    const factors = [...group.factors, { name: NEW_SHEET, kind: 'sheet' as const }]
    const groups = policy.groups.map((one) => (one === group ? { ...one, factors } : one))
    return places.map((to) => {
      const row: Thing = { ...newRow(model, to), name: NEW_SHEET, is: 'factor', of: NEW_SHEET }
      const done = makeModel({ ...known, policy: { ...policy, groups }, things: [...known.things, row] })
      return { steps: [{ does: 'add', item: NEW_SHEET, to }], done }
    })
  })
}

/** Any two of three shares of each phrase that is on paper and has none, in three places. The paper stays as it is. */
function sharedPhrases(model: Model, known: Known): readonly Tried[] {
  const { things } = known
  const phrases = things.filter((thing) => thing.is === 'phrase' && partOf(thing) === null)
  const whole = phrases.filter(({ of }) => things.every((thing) => thing.of !== of || partOf(thing) === null))
  return whole.flatMap(({ name: item, of }) =>
    triples(fewTargets(model)).map((places) => {
      const rows = places.map((to, i): Thing => {
        const numbered = { share: i + 1, need: 2 }
        return {
          ...newRow(model, to),
          name: `new share ${i + 1} of ${of}`.slice(0, 40),
          is: 'share',
          of,
          ...numbered,
        }
      })
      const steps = places.map((to) => ({ does: 'share', item, to }) as const)
      return { steps, done: makeModel({ ...known, things: [...things, ...rows] }) }
    }),
  )
}

/** Some hundred combinations are tried for a long list, and not thousands. */
function fewTargets(model: Model): readonly string[] {
  return [...targetsOf(model, []).slice(0, 3), ...newPlaces(model)]
}

function newRow({ places }: Model, to: string): Pick<Thing, 'at' | 'kind' | 'with' | 'checked'> {
  const kind = places.find(({ name }) => name === to)?.kind ?? 'elsewhere'
  return { at: to, kind, with: OWNER, checked: null }
}

function triples(names: readonly string[]): readonly (readonly string[])[] {
  return names.flatMap((one, i) =>
    names.slice(i + 1).flatMap((two, j) => names.slice(i + j + 2).map((three) => [one, two, three])),
  )
}

/** Where paper and drives can be carried: no computer, no provider, no place that nobody named. */
function targetsOf({ places, items }: Model, fresh: readonly string[]): readonly string[] {
  const named = new Set(items.filter(({ assumed }) => !assumed).map(({ place }) => place))
  const usable = places.filter(
    ({ name, kind }) => named.has(name) && name !== THIS_COMPUTER && kind !== 'head' && kind !== 'cloud',
  )
  return [...usable.map(({ name }) => name), ...fresh]
}

/** Two places of which no row has the name: a list may call one `another place`, as the advice did. */
function newPlaces({ places }: Model): readonly string[] {
  const taken = new Set(places.map(({ name }) => name))
  const names = Array.from(
    { length: taken.size + NEW_PLACES.length },
    (_, i) => NEW_PLACES[i] ?? `place number ${i + 2}`,
  )
  return names.filter((name) => !taken.has(name)).slice(0, NEW_PLACES.length)
}

function kindsOf({ places }: Model): ReadonlyMap<string, Place['kind']> {
  return new Map(places.map(({ name, kind }) => [name, kind]))
}

function moved(model: Model, item: Item, to: Place): Model {
  const items = model.items.map((one) => (one.name === item.name ? { ...one, place: to.name } : one))
  return { ...model, items, places: withPlace(model.places, to) }
}

/** The copy does what the original does. */
function copied(model: Model, item: Item, to: Place): Model {
  const copy = { ...item, name: copyName(model, item.name), place: to.name }
  const either = (condition: Condition): Condition => {
    if (!('item' in condition)) return { ...condition, of: condition.of.map(either) }
    return condition.item === item.name ? { need: 1, of: [condition, { item: copy.name }] } : condition
  }
  return {
    items: [...model.items, copy],
    places: withPlace(model.places, to),
    keeps: either(model.keeps),
    opens: either(model.opens),
  }
}

/** One that no row has: a list may call its second share so. */
function copyName(model: Model, name: string): string {
  const copy = `copy of ${name}`
  return model.items.some((item) => item.name === copy) ? copyName(model, copy) : copy
}

/** A place where a thing lies now that did the same by itself before. */
function isOld({ does, items }: Point, points: readonly Point[]): boolean {
  return points.some((point) => point.what === 'item' && point.does === does && items.includes(point.name))
}

function withPlace(places: readonly Place[], to: Place): readonly Place[] {
  return places.some(({ name }) => name === to.name) ? places : [...places, to]
}

function sortOf({ what, does }: Point): string {
  return `${does} ${what}`
}

function keyOf({ what, name, does }: Point): string {
  return `${does} ${what} ${name}`
}
