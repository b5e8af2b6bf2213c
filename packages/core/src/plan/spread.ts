/**
 * What lies together in one place, taken apart until neither its loss nor a thief there is enough: for any number of shares, where
 * one or two moves are too few. One thing after another goes to the first place that bears it (first fit), then every step is left
 * out without which it still holds, so that none is told for nothing. Not the fewest steps there are: a set of which none can
 * be left out. Pure.
 */
import { alikeOf } from './alike.js'
import { isCarried, newPlaces, type Tried, targetsOf } from './candidates.js'
import { endedOf, keyOf, type Now } from './ended.js'
import type { Item, Model } from './model.js'
import type { Point } from './scenarios.js'
import { type Step, withSteps } from './steps.js'

/** Nobody keeps a backup in a dozen places for the advice of a program. */
const MOST_NEW_PLACES = 9
const MOST_KNOWN_PLACES = 5

/** Questions for all dangers of a list together; what is not found with so many is not told. */
const MOST_ASKED = 4000

export type PointsAfter = (now: Now, done: Model) => readonly Point[]

/** For each place of these dangers: all of them ended, or else each one. @param left dangers that fewer steps do not end */
export function spreads(now: Now, left: readonly Point[], pointsAfter: PointsAfter): readonly Tried[] {
  const places = [...new Set(left.map(({ name }) => name))]
  const endedAfter = endedWithin(MOST_ASKED, now, pointsAfter)
  const all = places.flatMap((from) => {
    const here = now.points.filter(({ what, name }) => what === 'place' && name === from)
    const asked = { now, from, endedAfter }
    const whole = spread({ ...asked, goal: here })
    if (whole.length > 0 || here.length < 2) return whole
    return left.filter(({ name }) => name === from).flatMap((point) => spread({ ...asked, goal: [point] }))
  })
  return all.map((steps) => ({ steps, done: withSteps(now.model, steps) }))
}

interface Asked {
  readonly now: Now
  readonly from: string
  /** Points that are to end. */
  readonly goal: readonly Point[]
  /** Null where a new danger arises, and once enough was asked. */
  readonly endedAfter: (done: Model) => readonly Point[] | null
}

function endedWithin(most: number, now: Now, pointsAfter: PointsAfter): Asked['endedAfter'] {
  let asked = 0
  return (done) => (asked++ < most ? endedOf(now.points, pointsAfter(now, done)) : null)
}

/** The steps as found, and as evenly over their places as it goes; none where moves do not end it. */
function spread(asked: Asked): readonly (readonly Step[])[] {
  const { model } = asked.now
  const fresh = newPlaces(model, MOST_NEW_PLACES)
  const known = targetsOf(model).filter((name) => name !== asked.from)
  const found = firstFit(asked, [...known.slice(0, MOST_KNOWN_PLACES), ...fresh])
  const steps = renamed(withoutNeedless(asked, found), fresh)
  const used = [...new Set(steps.map(({ to }) => to))]
  const even = steps.map((step, i) => ({
    ...step,
    to: used[Math.floor((i * used.length) / steps.length)] as string,
  }))
  return steps.length === 0 ? [] : [steps, even]
}

function firstFit(asked: Asked, targets: readonly string[]): readonly Step[] {
  const { now, endedAfter } = asked
  const alike = alikeOf(now.model)
  // what bears no more of a thing bears none later either: places only fill
  const full = new Set<string>()
  const steps: Step[] = []
  let done = now.model
  for (const { name: item } of carriedFrom(asked)) {
    for (const to of targets) {
      const key = `${alike.get(item)} ${to}`
      if (full.has(key)) continue
      const step = { does: 'move', item, to } as const
      const next = withSteps(done, [step])
      const ended = endedAfter(next)
      if (ended === null) {
        full.add(key)
        continue
      }
      steps.push(step)
      done = next
      if (hasAll(ended, asked.goal)) return steps
      break
    }
  }
  return []
}

/** What does harm by itself last: it takes the danger along. */
function carriedFrom({ now, from }: Asked): readonly Item[] {
  const alone = new Set(now.points.filter(({ what }) => what === 'item').map(({ name }) => name))
  const items = now.model.items.filter((item) => item.place === from && isCarried(item))
  return [...items.filter(({ name }) => !alone.has(name)), ...items.filter(({ name }) => alone.has(name))]
}

function withoutNeedless({ now, goal, endedAfter }: Asked, steps: readonly Step[]): readonly Step[] {
  return steps.reduceRight((kept, step) => {
    const fewer = kept.filter((one) => one !== step)
    const ended = endedAfter(withSteps(now.model, fewer))
    return ended !== null && hasAll(ended, goal) ? fewer : kept
  }, steps)
}

/** New places by the first names, though a step to one of them was left out. */
function renamed(steps: readonly Step[], fresh: readonly string[]): readonly Step[] {
  const used = [...new Set(steps.map(({ to }) => to))].filter((to) => fresh.includes(to))
  return steps.map((step) => ({ ...step, to: fresh[used.indexOf(step.to)] ?? step.to }))
}

function hasAll(ended: readonly Point[], goal: readonly Point[]): boolean {
  const keys = new Set(ended.map(keyOf))
  return goal.every((point) => keys.has(keyOf(point)))
}
