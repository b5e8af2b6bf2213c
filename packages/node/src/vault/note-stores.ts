/** What is noted of the stores after work with all of them: which were reached, and why others were not. */
import type { CairnError } from '@cairn/core/errors.js'
import type { VaultHome } from '../machine/home.js'
import { type Change, changeTrail, failedAt, reachedAt } from '../machine/trail.js'
import type { Ports } from '../ports.js'

export interface Tried {
  readonly name: string
  /** Why it could not be used; absent when it could. */
  readonly failure?: CairnError | undefined
}

export interface Noting {
  readonly tried: readonly Tried[]
  /** What else is to be noted, by name of the store. */
  readonly changes?: ReadonlyMap<string, Change>
}

/** @throws CairnError `disk-full`, `file-denied` */
export async function noteStores(
  { home }: { readonly home: VaultHome },
  { tried, changes = new Map() }: Noting,
  { disk, now }: Pick<Ports, 'disk' | 'now'>,
): Promise<void> {
  if (tried.length === 0) return
  const time = now().toISOString()
  const all = tried.map(({ name, failure }): [string, Change] => {
    const first = failure === undefined ? reachedAt(time) : failedAt(time, failure)
    const then = changes.get(name) ?? ((trail) => trail)
    return [name, (before) => then(first(before))]
  })
  await changeTrail(disk, home, new Map(all))
}
