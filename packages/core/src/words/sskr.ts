/**
 * SSKR (BCR-2020-011): a secret split into shares in two levels, as SLIP-0039 does, without its encryption and with
 * metadata of its own; shares are Bytewords or URs.
 * https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-011-sskr.md
 *
 * Not here: what the secret means (it is entropy, as behind BIP-39 words), a passphrase (there is none), and any
 * repair of a damaged share. SSKR and SLIP-39 shares never mix.
 */
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import { type Reading, reading } from './reading.js'
import { checkGroups, type GroupPlan, recoverGroups, splitGroups } from './shamir/groups.js'
import { type RecoveryState, recoveryOf } from './shamir/recovery.js'
import type { Draw } from './shamir/sharing.js'
import {
  checkShare,
  couldBeShare,
  formatShare,
  isSecretLength,
  parseShare,
  type Share,
  type ShareForm,
} from './sskr/share.js'

export {
  checkShare,
  couldBeShare,
  formatShare,
  parseShare,
  type Share,
  type ShareForm,
} from './sskr/share.js'

export interface SplitPlan extends GroupPlan {
  /** 16 to 32 bytes, an even number. */
  readonly secret: Uint8Array
  /** Bytewords with spaces unless given. */
  readonly form?: ShareForm
}

/** The text as one SSKR share. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return couldBeShare(text) ? [reading('sskr', { ...checkShare(text), language: 'english' })] : []
}

/**
 * Makes the shares of a secret: one list a group, in the order of the plan.
 * @throws CairnError `share-plan`, `entropy-length`, `random-broken`
 */
export function split(plan: SplitPlan): readonly (readonly string[])[] {
  return splitWith(plan, random)
}

/** `split` with the random bytes of `draw`: two for the identifier, then those of `splitGroups`. */
export function splitWith(plan: SplitPlan, draw: Draw): readonly (readonly string[])[] {
  const { secret, form } = plan
  if (!isSecretLength(secret.length))
    fail('entropy-length', { bytes: secret.length, expected: 'an even number from 16 to 32' })
  checkGroups(plan)
  const identifier = identifierFrom(draw(2))
  const groups = splitGroups(secret, plan, draw)
  return groups.map((members) => members.map((member) => formatShare({ ...member, identifier }, form)))
}

/**
 * The secret under these shares, in any order and form. More shares than needed are welcome and must agree with the
 * others; shares of a group that is not complete are left aside.
 * @throws CairnError as `parseShare` for a damaged share; `share-missing` naming what is missing by group;
 * `share-foreign`, `share-conflict`, `share-digest` when they do not fit together
 */
export function combine(texts: readonly string[]): Uint8Array {
  return combineShares(texts.map((text, i) => parseShare(text, i + 1)))
}

/** `combine` for shares that were parsed already. */
export function combineShares(shares: readonly Share[]): Uint8Array {
  return recoverGroups(shares, recovery(shares))
}

/**
 * A new set of the secret under these shares, with another identifier, so that old and new ones cannot be mixed.
 * @throws CairnError as `combineShares`; `share-plan`, `random-broken`
 */
export function refresh(
  shares: readonly Share[],
  plan: Omit<SplitPlan, 'secret'>,
): readonly (readonly string[])[] {
  return refreshWith(shares, plan, random)
}

/** `refresh` with the random bytes of `draw`, taken as in `splitWith`. */
export function refreshWith(
  shares: readonly Share[],
  plan: Omit<SplitPlan, 'secret'>,
  draw: Draw,
): readonly (readonly string[])[] {
  const secret = combineShares(shares)
  const used = (shares[0] as Share).identifier
  const made = splitWith({ ...plan, secret }, unlike(used, draw))
  wipe(secret)
  return made
}

/**
 * The state that these shares make; the same share may be there twice, and more than are needed may be there.
 * @throws CairnError `share-foreign`, `share-conflict`
 */
export function recovery(shares: readonly Share[]): RecoveryState {
  return recoveryOf(shares, (first, share) => (share.identifier === first.identifier ? null : 'identifier'))
}

function identifierFrom(bytes: Uint8Array): number {
  return ((bytes[0] as number) << 8) | (bytes[1] as number)
}

/** Draws as given, but a first draw that would give the identifier `used` again gives its neighbour. */
function unlike(used: number, draw: Draw): Draw {
  let isFirst = true
  return (length) => {
    const bytes = draw(length)
    if (isFirst && identifierFrom(bytes) === used) bytes[1] = (bytes[1] as number) ^ 1
    isFirst = false
    return bytes
  }
}
