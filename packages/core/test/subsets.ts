/** All subsets of `size` elements, each in the order of the list. */
export function* subsets<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) yield []
  else
    for (let i = 0; i <= list.length - size; i++)
      for (const rest of subsets(list.slice(i + 1), size - 1)) yield [list[i] as T, ...rest]
}
