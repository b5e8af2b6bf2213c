/**
 * All combinations of the options of a layout up to a cost, and how many they are before any is made: the number
 * of combinations of each cost is a product of generating functions. That is what keeps a repair bounded.
 */
import type { Layout, Option } from './layouts.js'

/** Dearer combinations are not looked at. */
export const MAX_COST = 34

export interface Combination {
  readonly cost: number
  readonly indexes: readonly number[]
}

/** How many combinations of a layout have each cost from 0 to `MAX_COST`. */
export function countByCost({ cost, slots }: Layout): readonly number[] {
  const start = Array.from({ length: MAX_COST + 1 }, (_, i) => (i === cost ? 1 : 0))
  return slots.reduce(times, start)
}

function times(counts: readonly number[], options: readonly Option[]): readonly number[] {
  const only = options[0]
  if (options.length === 1 && only?.cost === 0) return counts
  const ways: number[] = new Array(MAX_COST + 1).fill(0)
  for (const { cost } of options) if (cost <= MAX_COST) ways[cost] = (ways[cost] as number) + 1
  const product: number[] = new Array(MAX_COST + 1).fill(0)
  for (const [a, n] of counts.entries())
    for (let b = 0; n > 0 && a + b <= MAX_COST; b++)
      product[a + b] = (product[a + b] as number) + n * (ways[b] as number)
  return product
}

/** Calls `use` with each combination that costs at most `most`, in no order. The array is used again. */
export function eachCombination(
  { cost, slots }: Layout,
  most: number,
  use: (combination: Combination) => void,
): void {
  const indexes = slots.map((options) => options[0]?.index ?? 0)
  const open = slots.flatMap((options, slot) => (options.length > 1 ? [{ options, slot }] : []))
  const least = slots.reduce((sum, options) => sum + (options[0]?.cost ?? 0), cost)
  const from = (at: number, spent: number): void => {
    const next = open[at]
    if (!next) {
      use({ cost: spent, indexes })
      return
    }
    const cheapest = (next.options[0] as Option).cost
    for (const option of next.options) {
      const now = spent + option.cost - cheapest
      if (now > most) break
      indexes[next.slot] = option.index
      from(at + 1, now)
    }
    indexes[next.slot] = (next.options[0] as Option).index
  }
  if (least <= most) from(0, least)
}
