/**
 * Places of dots that are neither clearly punched nor clearly not, filled in by the check row and column, where these leave one
 * way and would still notice a slip elsewhere. docs/steel.md, section "The check row".
 */
import type { Found } from './cells.js'
import { holds, oddOnes } from './check.js'

/** More are not settled: the picture is a bad one. */
const MOST_SETTLED = 6

/** The one way in which unsure places fulfil the check, or null. @param width columns, with the check */
export function settle(
  found: readonly Found[],
  width: number,
  mayBe: typeof areApart = areApart,
): readonly boolean[] | null {
  const open = found.flatMap((one, i) => (one === null ? [i] : []))
  if (open.length > MOST_SETTLED || !mayBe(open, width)) return null
  const ways = Array.from({ length: 2 ** open.length }, (_, way) =>
    found.map((one, i) => one ?? ((way >> open.indexOf(i)) & 1) === 1),
  )
  const right = ways.filter((way) => holds(oddOnes(rowsOf(way, width))))
  return right.length === 1 ? (right[0] as readonly boolean[]) : null
}

/**
 * No unsure place has others both in its row and in its column. Two plates that are right differ in a ring of places, each
 * with another in its row and in its column; with one more than such places there is no ring: a slip elsewhere is noticed.
 */
export function areApart(open: readonly number[], width: number): boolean {
  return open.every((place) => {
    const others = open.filter((other) => other !== place)
    const isInRow = others.some((other) => Math.floor(other / width) === Math.floor(place / width))
    return !(isInRow && others.some((other) => other % width === place % width))
  })
}

/** Of a grid that is written row after row. */
export function rowsOf<T>(values: readonly T[], width: number): readonly (readonly T[])[] {
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  )
}
