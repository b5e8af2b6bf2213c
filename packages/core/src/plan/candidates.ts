/**
 * The changes that are tried on a model, so many at most for any list: a thing taken to another place, a copy more, two things
 * taken to two places, a recovery sheet more, shares of a phrase that is on paper. Pure.
 */
import { alikeOf, differingPlaces, firstAlike } from './alike.js'
import { type ItemKind, type Known, type Model, makeModel, THIS_COMPUTER } from './model.js'
import { OWNER, partOf, type Thing } from './places.js'
import type { Point } from './scenarios.js'
import { type Step, withSteps } from './steps.js'

/** Changes of one thing, of two things, and of each sort that makes something new. */
const MOST_SINGLES = 2000
const MOST_PAIRS = 500
const MOST_MADE = 100

export interface Tried {
  readonly steps: readonly Step[]
  /** The model once they are done. */
  readonly done: Model
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

/** What a person can take to another place. */
export function isCarried({ kind }: { readonly kind: ItemKind }): boolean {
  return CARRIED.has(kind)
}

/** One thing of those that are alike, to one place of those that are alike. */
export function singles(model: Model): readonly Tried[] {
  const kinds = new Map(model.places.map(({ name, kind }) => [name, kind]))
  const targets = targetsOf(model)
  const fresh = newPlaces(model, 1)
  const things = firstAlike(model.items, alikeOf(model), 1).filter(
    ({ kind, place }) => kinds.get(place) !== 'head' && (CARRIED.has(kind) || COPIED.has(kind)),
  )
  const each = Math.ceil(MOST_SINGLES / 2 / Math.max(1, things.length)) - fresh.length
  const all = things.flatMap((item): readonly Step[] => {
    const others = targets.filter((name) => name !== item.place)
    const some = [...differingPlaces(model, item, others).slice(0, each), ...fresh]
    return some.flatMap((to) => [
      ...(CARRIED.has(item.kind) ? [{ does: 'move', item: item.name, to } as const] : []),
      ...(COPIED.has(item.kind) ? [{ does: 'copy', item: item.name, to } as const] : []),
    ])
  })
  return all.map((step) => ({ steps: [step], done: withSteps(model, [step]) }))
}

/** Two things out of these places, to two others. */
export function pairs(model: Model, from: ReadonlySet<string>): readonly Tried[] {
  const carried = model.items.filter((item) => isCarried(item) && from.has(item.place))
  const items = firstAlike(carried, alikeOf(model), 2)
  const targets = [...targetsOf(model), ...newPlaces(model, 2)]
  const all = items.flatMap((one, i) => {
    const [to = '', second = ''] = targets.filter((name) => name !== one.place)
    const mates = items.slice(i + 1).filter(({ place }) => place === one.place)
    return mates.map((other): readonly Step[] => [
      { does: 'move', item: one.name, to },
      { does: 'move', item: other.name, to: second },
    ])
  })
  return all.slice(0, MOST_PAIRS).map((steps) => ({ steps, done: withSteps(model, steps) }))
}

const NEW_SHEET = 'another recovery sheet'

/** A recovery sheet more in each group, wherever it may lie but where one fire or one thief does harm already. */
export function addedSheets(
  model: Model,
  points: readonly Point[],
  { policy, ...known }: Known,
): readonly Tried[] {
  if (known.things.some(({ name }) => name === NEW_SHEET)) return []
  const unsafe = new Set(points.map(({ name }) => name))
  const each = Math.ceil(MOST_MADE / policy.groups.length)
  const places = [...newPlaces(model, 1), ...targetsOf(model)]
    .filter((name) => !unsafe.has(name))
    .slice(0, each)
  return policy.groups.slice(0, MOST_MADE).flatMap((group) => {
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
export function sharedPhrases(model: Model, known: Known): readonly Tried[] {
  const { things } = known
  const shared = new Set(things.flatMap((thing) => (partOf(thing) === null ? [] : [thing.of])))
  const whole = things.filter(({ is, of }) => is === 'phrase' && !shared.has(of))
  const alike = alikeOf(model)
  const items = model.items.filter(({ name }) => whole.some((thing) => thing.name === name))
  const first = new Set(firstAlike(items, alike, 1).map(({ name }) => name))
  const places = triples(fewTargets(model))
  const papers = whole.filter(({ name }) => first.has(name))
  return papers.slice(0, Math.ceil(MOST_MADE / places.length)).flatMap(({ name: item, of }) =>
    places.map((three) => {
      const rows = three.map((to, i): Thing => {
        const numbered = { share: i + 1, need: 2 }
        return {
          ...newRow(model, to),
          name: `new share ${i + 1} of ${of}`.slice(0, 40),
          is: 'share',
          of,
          ...numbered,
        }
      })
      const steps = three.map((to) => ({ does: 'share', item, to }) as const)
      return { steps, done: makeModel({ ...known, things: [...things, ...rows] }) }
    }),
  )
}

/** Some ten combinations are tried for a long list, and not thousands. */
function fewTargets(model: Model): readonly string[] {
  return [...targetsOf(model).slice(0, 3), ...newPlaces(model, 2)]
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
export function targetsOf({ places, items }: Model): readonly string[] {
  const named = new Set(items.filter(({ assumed }) => !assumed).map(({ place }) => place))
  const usable = places.filter(
    ({ name, kind }) => named.has(name) && name !== THIS_COMPUTER && kind !== 'head' && kind !== 'cloud',
  )
  return usable.map(({ name }) => name)
}

/** Places of which no row has the name: a list may call one `another place`, as the advice did. */
export function newPlaces({ places }: Model, count: number): readonly string[] {
  const taken = new Set(places.map(({ name }) => name))
  const names = Array.from({ length: taken.size + count }, (_, i) => NEW_PLACES[i] ?? `place number ${i + 2}`)
  return names.filter((name) => !taken.has(name)).slice(0, count)
}
