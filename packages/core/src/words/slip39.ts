/**
 * SLIP-0039: a secret split into shares of English words in two levels. Enough members complete a group, and
 * enough groups give the secret. Final standard of 2017-12-18, with the extendable flag of its later revision.
 * https://github.com/satoshilabs/slips/blob/master/slip-0039.md
 *
 * Not here: what the secret means (for wallets it is the BIP-32 seed, not BIP-39 entropy), and any repair of
 * a damaged share. A passphrase cannot be verified: a wrong one gives another secret and no error.
 */
import { wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import type { Pbkdf2 } from './pbkdf2.js'
import { type Reading, reading } from './reading.js'
import { checkGroups, type GroupPlan, recoverGroups, splitGroups } from './shamir/groups.js'
import type { Member } from './shamir/recovery.js'
import type { Draw } from './shamir/sharing.js'
import { decrypt, encrypt } from './slip39/cipher.js'
import { recovery } from './slip39/recovery.js'
import {
  checkShare,
  formatShare,
  MAX_SECRET_BYTES,
  MIN_SECRET_BYTES,
  parseShare,
  type Share,
} from './slip39/share.js'

export type { GroupState, RecoveryState } from './shamir/recovery.js'
export type { Draw } from './shamir/sharing.js'
export { recovery } from './slip39/recovery.js'
export { checkShare, formatShare, parseShare, type Share, type ShareCheck } from './slip39/share.js'

export interface SplitPlan extends GroupPlan {
  /** 16 to 64 bytes, an even number. */
  readonly secret: Uint8Array
  /** Printable ASCII; empty without one. */
  readonly passphrase?: string
  /** 10,000 * 2^exponent iterations protect the passphrase: 0 to 8, 1 when absent as in the reference. */
  readonly iterationExponent?: number
  /** True when absent, as the standard asks for new shares. */
  readonly extendable?: boolean
  /** Of the machine, where it has one. */
  readonly pbkdf2?: Pbkdf2 | undefined
}

/** The standard allows 15, 327 million iterations. 8 takes seconds, and no wallet is known to use more than 1. */
export const MAX_ITERATION_EXPONENT = 8

/** The text as one SLIP-39 share. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return [reading('slip39', { ...checkShare(text), language: 'english' })]
}

/**
 * Makes the shares of a secret: one list of mnemonics a group, in the order of the plan.
 * @throws CairnError `share-plan`, `share-passphrase`, `entropy-length`, `random-broken`
 */
export function split(plan: SplitPlan): readonly (readonly string[])[] {
  return splitWith(plan, random)
}

/**
 * `split` with the random bytes of `draw`: two for the identifier (the highest bit is not used), then those of
 * `splitGroups`.
 */
export function splitWith(plan: SplitPlan, draw: Draw): readonly (readonly string[])[] {
  checkPlan(plan)
  const { passphrase = '', iterationExponent = 1, extendable = true } = plan
  const set = { identifier: identifierFrom(draw(2)), extendable, iterationExponent }
  const encrypted = encrypt(plan.secret, { ...set, passphrase, pbkdf2: plan.pbkdf2 })
  const shares = formatAll(set, splitGroups(encrypted, plan, draw))
  wipe(encrypted)
  return shares
}

/**
 * The secret under these shares, in any order. More shares than needed are welcome and must agree with the
 * others; shares of a group that is not complete are left aside.
 * @throws CairnError as `parseShare` for a damaged share; `share-missing` naming what is missing by group;
 * `share-foreign`, `share-conflict`, `share-digest` when they do not fit together; `share-passphrase`;
 * `share-cost`
 */
export function combine(mnemonics: readonly string[], passphrase = '', pbkdf2?: Pbkdf2): Uint8Array {
  return combineShares(
    mnemonics.map((mnemonic, i) => parseShare(mnemonic, i + 1)),
    passphrase,
    pbkdf2,
  )
}

/** `combine` for shares that were parsed already. */
export function combineShares(shares: readonly Share[], passphrase = '', pbkdf2?: Pbkdf2): Uint8Array {
  checkPassphrase(passphrase)
  const encrypted = recoverEncrypted(shares)
  const { iterationExponent, identifier, extendable } = shares[0] as Share
  if (iterationExponent > MAX_ITERATION_EXPONENT)
    fail('share-cost', { iterations: 10_000 * 2 ** iterationExponent })
  const secret = decrypt(encrypted, { passphrase, iterationExponent, identifier, extendable, pbkdf2 })
  wipe(encrypted)
  return secret
}

/** The encrypted master secret: what the shares give before the passphrase is applied. */
export function recoverEncrypted(shares: readonly Share[]): Uint8Array {
  return recoverGroups(shares, recovery(shares))
}

/**
 * A new set of the secret under these shares. Its identifier is another one, so that old and new shares cannot be
 * mixed; the old set opens the same secret for as long as enough of its shares exist.
 * @throws CairnError as `combineShares`; `share-plan`, `share-passphrase-needed`, `random-broken`
 */
export function refresh(shares: readonly Share[], plan: RefreshPlan): readonly (readonly string[])[] {
  return refreshWith(shares, plan, random)
}

export interface RefreshPlan extends GroupPlan {
  /**
   * The passphrase of the old shares, which stays that of the new ones. Extendable shares do without it: their
   * encrypted secret is shared anew as it is, whatever the passphrase. Of others the identifier is part of the
   * encryption, and a passphrase that is wrong or left out would give new shares of nothing.
   */
  readonly passphrase?: string
  /** Of the machine, where it has one. */
  readonly pbkdf2?: Pbkdf2 | undefined
}

/** `refresh` with the random bytes of `draw`, taken as in `splitWith`. */
export function refreshWith(
  shares: readonly Share[],
  plan: RefreshPlan,
  draw: Draw,
): readonly (readonly string[])[] {
  checkGroups(plan)
  const { passphrase, pbkdf2 } = plan
  const encrypted = recoverEncrypted(shares)
  const { identifier, extendable, iterationExponent } = shares[0] as Share
  const drawn = identifierFrom(draw(2))
  const set = { identifier: drawn === identifier ? drawn ^ 1 : drawn, extendable, iterationExponent }
  if (extendable) return formatAll(set, splitGroups(encrypted, plan, draw))
  if (passphrase === undefined) return fail('share-passphrase-needed')
  const secret = combineShares(shares, passphrase, pbkdf2)
  const again = encrypt(secret, { ...set, passphrase, pbkdf2 })
  const made = formatAll(set, splitGroups(again, plan, draw))
  wipe(encrypted, secret, again)
  return made
}

type SetFields = Pick<Share, 'identifier' | 'extendable' | 'iterationExponent'>

function formatAll(set: SetFields, groups: readonly (readonly Member[])[]): readonly (readonly string[])[] {
  return groups.map((members) => members.map((member) => formatShare({ ...member, ...set })))
}

/** 15 of the 16 bits. */
function identifierFrom(bytes: Uint8Array): number {
  return (((bytes[0] as number) & 0x7f) << 8) | (bytes[1] as number)
}

function checkPlan(plan: SplitPlan): void {
  const { secret, passphrase = '', iterationExponent = 1 } = plan
  if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES || secret.length % 2 !== 0)
    fail('entropy-length', { bytes: secret.length, expected: 'an even number from 16 to 64' })
  checkGroups(plan)
  const exponent = Number.isInteger(iterationExponent) && iterationExponent >= 0
  if (!exponent || iterationExponent > MAX_ITERATION_EXPONENT)
    fail('share-plan', { reason: `the iteration exponent must be 0 to ${MAX_ITERATION_EXPONENT}` })
  checkPassphrase(passphrase)
}

/** "the passphrase MUST be a string containing only printable ASCII characters (code points 32-126)" */
function checkPassphrase(passphrase: string): void {
  if (!/^[ -~]*$/.test(passphrase)) fail('share-passphrase')
}
