/** Single points of failure before and after a change: which are left, and which have ended. Pure. */
import type { Item, Model } from './model.js'
import { type Point, pointsOf } from './scenarios.js'

export interface Now {
  readonly model: Model
  readonly points: readonly Point[]
}

/**
 * Those of the model once something is done, asking only the places, people and things of what was moved, copied or is new. For any
 * other group nothing changes: what it takes along is what it took before, and each thing in it counts as it did.
 */
export function pointsAfter({ model, points }: Now, done: Model): readonly Point[] {
  const changed = [...changedIn(done, model), ...changedIn(model, done)]
  const were = new Set(model.places.map(({ name }) => name))
  const fresh = done.places.filter(({ name }) => !were.has(name)).map(({ name }) => `place ${name}`)
  const asked = new Set([...changed.flatMap(groupNames), ...fresh])
  return [
    ...points.filter(({ what, name }) => !asked.has(`${what} ${name}`)),
    ...pointsOf(done, (what, name) => asked.has(`${what} ${name}`)),
  ]
}

function changedIn({ items }: Model, other: Model): readonly Item[] {
  return items.filter((item, i) => item !== other.items[i])
}

function groupNames({ name, place, holder }: Item): readonly string[] {
  return [`item ${name}`, `place ${place}`, `holder ${holder}`]
}

/**
 * The points that are gone, or null where a new one arose. One that only went to another place or person with the thing that
 * makes it has not ended.
 */
export function endedOf(points: readonly Point[], left: readonly Point[]): readonly Point[] | null {
  const old = new Set(points.map(keyOf))
  const fresh = left.filter((point) => !old.has(keyOf(point)))
  if (fresh.some((point) => !isOld(point, points))) return null
  const still = new Set([...left.map(keyOf), ...fresh.map(sortOf)])
  return points.filter((point) => !still.has(keyOf(point)) && !still.has(sortOf(point)))
}

/** A place where a thing lies now that did the same by itself before. */
function isOld({ does, items }: Point, points: readonly Point[]): boolean {
  return points.some((point) => point.what === 'item' && point.does === does && items.includes(point.name))
}

function sortOf({ what, does }: Point): string {
  return `${does} ${what}`
}

/** One text for each point. */
export function keyOf({ what, name, does }: Point): string {
  return `${does} ${what} ${name}`
}
