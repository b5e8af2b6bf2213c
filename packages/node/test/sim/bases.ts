/** Worlds that scenes start from: each is made once, by the number of its stores, and every scene gets a copy. */
import { withSeedOfBase } from './generator.js'
import { copyWorld, type World } from './world.js'

export function copiesOf(make: (stores: number) => Promise<World>): (stores: number) => Promise<World> {
  const made = new Map<number, Promise<World>>()
  return async (stores) => {
    const base = made.get(stores) ?? withSeedOfBase(stores, () => make(stores))
    made.set(stores, base)
    return copyWorld(await base)
  }
}
