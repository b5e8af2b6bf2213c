/**
 * What to change: every thing that can be carried to another place, every copy that can be made, and two things carried
 * to two places where one is not enough, tried on the model and ranked by what they improve. A move takes nothing away:
 * no copy is ever destroyed, and the last one least of all. Pure.
 */
import type { Condition } from './condition.js'
import { type Item, type ItemKind, type Model, type Place, THIS_COMPUTER } from './model.js'
import { type Point, pointsOf } from './scenarios.js'
import { causesOf, exactOdds, sampledOdds, survivalOf } from './survival.js'

export interface Step {
  readonly does: 'move' | 'copy'
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

/** Where nothing is yet. */
const NEW_PLACES: readonly Place[] = [
  { name: 'another place', kind: 'elsewhere' },
  { name: 'a third place', kind: 'elsewhere' },
]
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
const RANKING = { years: HORIZON_YEARS, trials: 4000 }
const RANKED_EXACTLY = 8

/** The best first, at most 8; none that opens a new way for one loss or one thief. */
export function movesOf(model: Model, seed: number): readonly Move[] {
  const known = { points: pointsOf(model), risk: riskOf(model, seed), seed }
  const single = singles(model).flatMap((steps) => judge(model, steps, known))
  const ended = new Set(single.flatMap(({ ends }) => ends.map(keyOf)))
  const left = known.points.filter((point) => point.what === 'place' && !ended.has(keyOf(point)))
  const double = pairs(model, new Set(left.map(({ name }) => name))).flatMap((steps) =>
    judge(model, steps, known),
  )
  const ranked = [...single, ...double].sort(
    (a, b) => b.ends.length - a.ends.length || a.risk - b.risk || a.steps.length - b.steps.length,
  )
  const before = survivalOf(model, HORIZON_YEARS, seed).odds
  const moves = differing(model, ranked)
    .slice(0, MOST_MOVES)
    .map(({ steps, ends }) => {
      const { odds: after } = survivalOf(withSteps(model, steps), HORIZON_YEARS, seed)
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
      move.ends.length > 0 ? move.ends.map(keyOf).join('\n') : `only ${kinds.get(move.steps[0]?.item ?? '')}`
    if (!best.has(key)) best.set(key, move)
  }
  return [...best.values()]
}

/** What the model is once these steps are done. */
export function withSteps(model: Model, steps: readonly Step[]): Model {
  return steps.reduce((now, { does, item: name, to }) => {
    const item = now.items.find((one) => one.name === name) as Item
    const place = [...now.places, ...NEW_PLACES].find((one) => one.name === to) as Place
    return does === 'move' ? moved(now, item, place) : copied(now, item, place)
  }, model)
}

interface Judged extends Pick<Move, 'steps' | 'ends'> {
  readonly risk: number
}

interface Before {
  readonly points: readonly Point[]
  readonly risk: number
  readonly seed: number
}

/** The move if it is worth it. */
function judge(model: Model, steps: readonly Step[], before: Before): readonly Judged[] {
  const then = withSteps(model, steps)
  const left = pointsOf(then)
  const old = new Set(before.points.map(keyOf))
  if (left.some((point) => !old.has(keyOf(point)) && !isOld(point, before.points))) return []
  const still = new Set(left.map(keyOf))
  const ends = before.points.filter((point) => !still.has(keyOf(point)))
  if (ends.length === 0 && steps.length > 1) return []
  const risk = riskOf(then, before.seed)
  const isWorth = ends.length > 0 ? risk <= before.risk * BEARABLE : risk < before.risk * WORTH
  return isWorth ? [{ steps, ends, risk }] : []
}

/** Of a lockout, near enough to rank by. */
function riskOf(model: Model, seed: number): number {
  const causes = causesOf(model)
  return (
    1 -
    (causes.length <= RANKED_EXACTLY
      ? exactOdds(model.keeps, causes, HORIZON_YEARS)
      : sampledOdds(model.keeps, causes, { ...RANKING, seed }))
  )
}

function singles(model: Model): readonly (readonly Step[])[] {
  const kinds = kindsOf(model)
  const targets = targetsOf(model, NEW_PLACES.slice(0, 1))
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
      const [to = '', second = ''] = targetsOf(model, NEW_PLACES).filter((name) => name !== one.place)
      return [
        [
          { does: 'move', item: one.name, to },
          { does: 'move', item: other.name, to: second },
        ] as const,
      ]
    })
  })
}

/** Where paper and drives can be carried: no computer, no provider, no place that nobody named. */
function targetsOf({ places, items }: Model, fresh: readonly Place[]): readonly string[] {
  const named = new Set(items.filter(({ assumed }) => !assumed).map(({ place }) => place))
  const usable = places.filter(
    ({ name, kind }) => named.has(name) && name !== THIS_COMPUTER && kind !== 'head' && kind !== 'cloud',
  )
  return [...usable, ...fresh].map(({ name }) => name)
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
  const copy = { ...item, name: `copy of ${item.name}`, place: to.name }
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

/** A place where a thing lies now that did the same by itself before. */
function isOld({ does, items }: Point, points: readonly Point[]): boolean {
  return points.some((point) => point.what === 'item' && point.does === does && items.includes(point.name))
}

function withPlace(places: readonly Place[], to: Place): readonly Place[] {
  return places.some(({ name }) => name === to.name) ? places : [...places, to]
}

function keyOf({ what, name, does }: Point): string {
  return `${does} ${what} ${name}`
}
