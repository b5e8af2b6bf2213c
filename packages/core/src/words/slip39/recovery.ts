/** The state of a SLIP-0039 recovery: what the shares of one set have in common besides their groups. */
import { type RecoveryState, recoveryOf } from '../shamir/recovery.js'
import type { Share } from './share.js'

/**
 * The state that these shares make; the same share may be there twice, and more than are needed may be there.
 * @throws CairnError `share-foreign` for shares of different sets, naming them by their place in the list;
 * `share-conflict` for two different shares with one number
 */
export function recovery(shares: readonly Share[]): RecoveryState {
  return recoveryOf(shares, differs)
}

/** "All shares MUST have the same identifier, extendable flag, iteration exponent" */
function differs(first: Share, share: Share): string | null {
  if (share.identifier !== first.identifier || share.extendable !== first.extendable) return 'identifier'
  return share.iterationExponent === first.iterationExponent ? null : 'iteration exponent'
}
