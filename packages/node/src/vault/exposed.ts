/** Refuses a policy that one stolen thing opens, once a store of the vault is not a folder: see `exposure.ts` of the core. */
import { fail } from '@cairn/core/errors.js'
import { guessable, opensAlone, type Strengths } from '@cairn/core/vault/exposure.js'
import type { Shape } from '@cairn/core/vault/quorum.js'
import type { StorePlace } from '../ports.js'
import { isFolder } from '../stores/open.js'

export interface Exposed {
  readonly shape: Shape
  readonly strengths: Strengths
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
