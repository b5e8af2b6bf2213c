/**
 * Refuses a policy that one stolen thing opens: a computer with both of its keys always, another thing once a store of
 * the vault is not a folder. See `exposure.ts` of the core.
 */
import { fail } from '@cairn/core/errors.js'
import { guessable, opensAlone, opensWithOneComputer, type Strengths } from '@cairn/core/vault/exposure.js'
import type { Shape } from '@cairn/core/vault/quorum.js'
import type { StorePlace } from '../ports.js'
import { isFolder } from '../stores/open.js'

export interface Exposed {
  readonly shape: Shape
  readonly strengths: Strengths
}

/** What a person may accept. */
export type Accepted = 'guessable' | 'one-computer'

/** @throws CairnError `policy-one-computer`, `policy-exposed` */
export function refuseWeak(
  places: readonly StorePlace[],
  exposed: Exposed,
  accepted: readonly Accepted[] = [],
): void {
  const [both] = opensWithOneComputer(exposed.shape)
  if (both !== undefined && !accepted.includes('one-computer')) fail('policy-one-computer', { both })
  if (!accepted.includes('guessable')) refuseExposed(places, exposed)
}

/** @throws CairnError `policy-exposed` */
export function refuseExposed(places: readonly StorePlace[], { shape, strengths }: Exposed): void {
  if (places.every(isFolder)) return
  const alone = opensAlone(shape, strengths)
  if (alone.length === 0) return
  const known = guessable(shape, strengths).join(', ')
  const opens = `${alone.join(', ')} alone opens the vault`
  fail('policy-exposed', { reason: known === '' ? opens : `${known} can be guessed, and then ${opens}` })
}
