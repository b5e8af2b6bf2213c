/**
 * What to change: the changes of candidates.ts and spread.ts tried on the model and ranked by what they improve. A move takes
 * nothing away: no copy is ever destroyed, and the last one least of all. For any list the work is bounded: so many candidates
 * are asked which dangers they end, which is cheap, and of the promising ones so many what the odds are then. Pure.
 */
import { addedSheets, pairs, sharedPhrases, singles, type Tried } from './candidates.js'
import { endedOf, keyOf, type Now, pointsAfter } from './ended.js'
import type { Known, Model } from './model.js'
import { type Point, pointsOf } from './scenarios.js'
import { type PointsAfter, spreads } from './spread.js'
import type { Step } from './steps.js'
import { causesOf, exactOdds, type Sampling, sampledOdds, survivalOf } from './survival.js'

export interface Move {
  readonly steps: readonly Step[]
  /** Single points of failure that are gone then. */
  readonly ends: readonly Point[]
  /** Odds after 10 years, before and then. */
  readonly before: number
  readonly after: number
}

const HORIZON_YEARS = 10
/** The odds of a lockout must fall by a tenth to be worth a walk. */
const WORTH = 0.9
/** Two places burn more often than one: so much more is borne where a way for one loss or one thief is gone. */
const BEARABLE = 1.5
const MOST_MOVES = 8
/** Candidates whose odds are told, for any list. */
export const MOST_RATED = 200
const TRIALS = 4000
/** Draws for all candidates together, and trials for each at least. */
const ALL_DRAWS = 30_000_000
const LEAST_TRIALS = 400
const RANKED_EXACTLY = 8

/** What is asked of a candidate: a test counts how often. */
export interface Asks {
  readonly pointsAfter: PointsAfter
  /** Odds of a lockout. */
  readonly risk: (model: Model, sampling: Sampling) => number
}

export const asks: Asks = { pointsAfter, risk: riskOf }

/**
 * The best first, at most 8; none that opens a new way for one loss or one thief.
 * @param known what the model was made of: without it nothing new is made, neither a factor nor shares
 */
export function movesOf(model: Model, seed: number, known?: Known): readonly Move[] {
  return movesWith(model, { seed, ...(known ? { known } : {}) }, asks)
}

/** The same with what is asked given. */
export function movesWith(
  model: Model,
  { seed, known }: { readonly seed: number; readonly known?: Known },
  asked: Asks,
): readonly Move[] {
  const now = { model, points: pointsOf(model) }
  const promising = spanned(model, endingsOf(now, asked, known)).slice(0, MOST_RATED)
  const rate = ratingOf(model, { seed, asked, count: promising.length })
  const ranked = promising
    .flatMap(rate)
    .sort((a, b) => b.ends.length - a.ends.length || a.risk - b.risk || a.steps.length - b.steps.length)
  const before = survivalOf(model, HORIZON_YEARS, seed).odds
  const best = bySort(model, ranked).flatMap(([first]) => (first ? [first] : []))
  const moves = best.slice(0, MOST_MOVES).map(({ steps, ends, done }) => {
    const { odds: after } = survivalOf(done, HORIZON_YEARS, seed)
    return { steps, ends, before, after }
  })
  // the ranking is by few trials; what better odds were only its noise is not told
  return moves.filter(({ ends, after }) => ends.length > 0 || after > before)
}

interface Ending extends Tried {
  readonly ends: readonly Point[]
}

interface Rated extends Ending {
  readonly risk: number
}

/** Every candidate that brings no new danger. More steps are tried for the dangers of places that fewer do not end. */
function endingsOf(now: Now, asked: Asks, known: Known | undefined): readonly Ending[] {
  const { model, points } = now
  const endings = (all: readonly Tried[]) =>
    all.flatMap((one): readonly Ending[] => {
      const ends = endedOf(points, asked.pointsAfter(now, one.done))
      const isFutile = ends?.length === 0 && one.steps.length > 1 && one.steps[0]?.does !== 'share'
      return ends === null || isFutile ? [] : [{ ...one, ends }]
    })
  const made =
    known === undefined ? [] : [...addedSheets(model, points, known), ...sharedPhrases(model, known)]
  const single = endings([...singles(model), ...made])
  const left = leftOf(points, single)
  const double = endings(pairs(model, new Set(left.map(({ name }) => name))))
  const more = endings(spreads(now, leftOf(left, double), asked.pointsAfter))
  return [...single, ...double, ...more]
}

function leftOf(points: readonly Point[], endings: readonly Ending[]): readonly Point[] {
  const ended = new Set(endings.flatMap(({ ends }) => ends.map(keyOf)))
  return points.filter((point) => point.what === 'place' && !ended.has(keyOf(point)))
}

/** One of each sort, then a second of each, and so on; those that end most first. */
function spanned(model: Model, endings: readonly Ending[]): readonly Ending[] {
  const sorts = bySort(model, endings).sort((a, b) => (b[0]?.ends.length ?? 0) - (a[0]?.ends.length ?? 0))
  const longest = sorts.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, i) => sorts.flatMap((sort) => sort.slice(i, i + 1))).flat()
}

/** Those that end the same are of one sort, and of those that only better the odds those of one kind of thing. */
function bySort<Some extends Ending>(model: Model, endings: readonly Some[]): Some[][] {
  const kinds = new Map(model.items.map(({ name, kind }) => [name, kind]))
  const sorts = new Map<string, Some[]>()
  for (const ending of endings) {
    const [first] = ending.steps
    const key =
      ending.ends.length > 0
        ? `${first?.does === 'share'} ${ending.ends.map(keyOf).join('\n')}`
        : `only ${kinds.get(first?.item ?? '') ?? 'new'} ${first?.does === 'share'}`
    const sort = sorts.get(key)
    if (sort) sort.push(ending)
    else sorts.set(key, [ending])
  }
  return [...sorts.values()]
}

interface Rating {
  readonly seed: number
  readonly asked: Asks
  /** How many are to be rated. */
  readonly count: number
}

/** Tells the risk of a candidate if it is worth its steps. */
function ratingOf(model: Model, { seed, asked, count }: Rating): (one: Ending) => readonly Rated[] {
  const affordable = Math.floor(ALL_DRAWS / Math.max(1, count) / Math.max(1, causesOf(model).length))
  const trials = Math.min(TRIALS, Math.max(LEAST_TRIALS, affordable))
  const sampling = { years: HORIZON_YEARS, trials, seed }
  const before = asked.risk(model, sampling)
  return (one) => {
    const risk = asked.risk(one.done, sampling)
    const isWorth = one.ends.length > 0 ? risk <= before * BEARABLE : risk < before * WORTH
    return isWorth ? [{ ...one, risk }] : []
  }
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
