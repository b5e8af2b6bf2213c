/**
 * Work on many things of one store, several at once, so that it takes what the line carries and not an answer's time
 * for each; and so few that what is under way fits into memory, and that large ones have the line for themselves.
 */
import { WIDTH } from '../stores/wrap/width.js'

/** Of the objects that are under way to or from one store. */
export const AT_ONCE_BYTES = 32 * 1024 * 1024

/**
 * Begun in order, ended in any. After a failure nothing more is begun, and it is thrown when what was under way has
 * ended.
 * @param bytesOf how much memory one thing takes; nothing to speak of without
 * @returns what `work` made of each, in order
 */
export async function atOnce<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
  bytesOf: (thing: T) => number = () => 0,
): Promise<R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  const running = new Set<Promise<void>>()
  let bytes = 0
  for (const [place, thing] of things.entries()) {
    const size = bytesOf(thing)
    while (running.size >= WIDTH || (running.size > 0 && bytes + size > AT_ONCE_BYTES))
      await Promise.race(running)
    if (failures.length > 0) break
    bytes += size
    const run = work(thing)
      .then((result) => {
        results[place] = result
      })
      .catch((error) => {
        failures.push(error)
      })
      .finally(() => {
        bytes -= size
        running.delete(run)
      })
    running.add(run)
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
  return results
}

/** How many things are under way before they are needed. */
const AHEAD = 4

/** Each thing with what `work` made of it, in order; those that follow are begun meanwhile. */
export async function* aheadOf<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  const next = fetchAhead([...things.keys()], (place) => work(things[place] as T))
  for (const [place, thing] of things.entries()) yield [thing, await next(place)]
}

/**
 * Fetches things that will be asked for in this order, some ahead. One that is passed over is forgotten, and fetched
 * when it is asked for after all.
 */
export function fetchAhead<T, R>(
  order: readonly T[],
  fetch: (thing: T) => Promise<R>,
): (thing: T) => Promise<R> {
  const places = new Map(order.map((thing, place) => [thing, place]))
  const begun = new Map<number, Promise<R>>()
  let next = 0
  return (thing) => {
    const place = places.get(thing)
    if (place === undefined) return fetch(thing)
    for (const before of begun.keys()) if (before < place) begun.delete(before)
    for (next = Math.max(next, place); next < Math.min(place + AHEAD, order.length); next++) {
      const fetching = fetch(order[next] as T)
      fetching.catch(() => {}) // whoever asks for it learns of it
      begun.set(next, fetching)
    }
    const mine = begun.get(place) ?? fetch(thing)
    begun.delete(place)
    return mine
  }
}
