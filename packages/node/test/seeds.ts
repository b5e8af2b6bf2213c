/** Seeds count from 1. */
export function* seeds(count: number): Generator<number> {
  for (let seed = 1; seed <= count; seed++) yield seed
}
