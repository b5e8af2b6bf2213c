/**
 * Monotone conditions over named items, "any k of these", nested: whether one holds, its dual, and every minimal set of
 * items that makes it hold. The minimal sets of the dual are the minimal sets whose loss makes it fail (the minimal cut
 * sets of fault-tree analysis). Pure.
 */
export type Condition =
  | { readonly item: string }
  | { readonly need: number; readonly of: readonly Condition[] }

/** All of them. */
export function allOf(of: readonly Condition[]): Condition {
  return { need: of.length, of }
}

/** One of them; of none it never holds. */
export function oneOf(of: readonly Condition[]): Condition {
  return { need: 1, of }
}

/** Whether it holds with the items that `has` tells. */
export function holds(condition: Condition, has: (item: string) => boolean): boolean {
  if ('item' in condition) return has(condition.item)
  let met = 0
  for (const one of condition.of) {
    if (met >= condition.need) return true
    if (holds(one, has)) met++
  }
  return met >= condition.need
}

/** The same question asked many times: of items by number, told by what is lost. @param indexOf number of each item */
export function afterLosses(
  condition: Condition,
  indexOf: ReadonlyMap<string, number>,
): (lost: Uint8Array) => boolean {
  if ('item' in condition) {
    const index = indexOf.get(condition.item) as number
    return (lost) => lost[index] === 0
  }
  const { need, of } = condition
  const parts = of.map((part) => afterLosses(part, indexOf))
  return (lost) => {
    let met = 0
    for (const part of parts) {
      if (met >= need) return true
      if (part(lost)) met++
    }
    return met >= need
  }
}

/** What is true of the lost items exactly when the condition no longer holds with the others. */
export function dual(condition: Condition): Condition {
  if ('item' in condition) return condition
  return { need: condition.of.length - condition.need + 1, of: condition.of.map(dual) }
}

export interface MinimalSets {
  /** The smallest first; one empty set where nothing is needed, none where nothing is enough. */
  readonly sets: readonly (readonly string[])[]
  /** Whether these are all; otherwise all of up to `size` items. */
  readonly complete: boolean
  readonly size: number
}

/** More than anybody reads: 2 of 90 are 4,005. */
const MOST_SETS = 4096

/** Every minimal set of items that makes the condition hold. @param items in the order in which they are listed */
export function minimalSets(condition: Condition, items: readonly string[]): MinimalSets {
  const bits = new Map(items.map((item, i) => [item, 1n << BigInt(i)]))
  let last: MinimalSets = { sets: [], complete: false, size: -1 }
  for (let size = 0; size <= items.length; size++) {
    const found = expand(condition, { bits, size, isCut: false })
    if (found === null) return last
    last = { sets: found.sets.map((set) => namesIn(set, items)), complete: !found.isCut, size }
    if (last.complete) return last
  }
  return last
}

interface Search {
  readonly bits: ReadonlyMap<string, bigint>
  /** Larger sets are left out. */
  readonly size: number
  readonly isCut: boolean
}

interface Found {
  readonly sets: readonly bigint[]
  /** Whether larger ones were left out. */
  readonly isCut: boolean
}

/** Null when there are too many. */
function expand(condition: Condition, search: Search): Found | null {
  if ('item' in condition) {
    const bit = search.bits.get(condition.item) as bigint
    return search.size >= 1 ? { sets: [bit], isCut: false } : { sets: [], isCut: true }
  }
  if (condition.need <= 0) return { sets: [0n], isCut: false }
  // by how many parts are met so far, 0 to `need`
  let met: Found[] = [{ sets: [0n], isCut: false }, ...emptyRows(condition.need)]
  for (const part of condition.of) {
    const ways = expand(part, search)
    if (ways === null) return null
    const next = met.map((row, count) =>
      count === 0 ? row : join(row, product(met[count - 1] as Found, ways, search.size)),
    )
    if (next.some((row) => row.sets.length > MOST_SETS)) return null
    met = next
  }
  return met[condition.need] as Found
}

function emptyRows(count: number): Found[] {
  return Array.from({ length: count }, () => ({ sets: [], isCut: false }))
}

function product(some: Found, ways: Found, size: number): Found {
  const all = some.sets.flatMap((one) => ways.sets.map((other) => one | other))
  const fit = all.filter((set) => sizeOf(set) <= size)
  // what was left out of one side leads to a set only where the other side has any
  const isLeftOut = (some.isCut && reaches(ways)) || (ways.isCut && reaches(some))
  return { sets: minimize(fit), isCut: isLeftOut || fit.length < all.length }
}

function reaches({ sets, isCut }: Found): boolean {
  return isCut || sets.length > 0
}

function join(one: Found, other: Found): Found {
  return { sets: minimize([...one.sets, ...other.sets]), isCut: one.isCut || other.isCut }
}

/** Without the sets that hold another one. Of the same size none holds another. */
function minimize(sets: readonly bigint[]): readonly bigint[] {
  const kept: bigint[] = []
  for (const [, same] of [...bySizes([...new Set(sets)])].sort(([a], [b]) => a - b)) {
    const smaller = [...kept]
    kept.push(...same.filter((set) => smaller.every((other) => (set & other) !== other)))
  }
  return kept
}

function bySizes(sets: readonly bigint[]): ReadonlyMap<number, bigint[]> {
  const rows = new Map<number, bigint[]>()
  for (const set of sets) {
    const size = sizeOf(set)
    const row = rows.get(size)
    if (row) row.push(set)
    else rows.set(size, [set])
  }
  return rows
}

function sizeOf(set: bigint): number {
  let size = 0
  for (let rest = set; rest > 0n; rest &= rest - 1n) size++
  return size
}

function namesIn(set: bigint, items: readonly string[]): readonly string[] {
  return items.filter((_, i) => (set >> BigInt(i)) & 1n)
}
