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
import { type Reading, reading } from './reading.js'
import { decrypt, encrypt } from './slip39/cipher.js'
import { membersOf, recovery } from './slip39/recovery.js'
import { type Draw, type Point, recoverSecret, splitSecret } from './slip39/shamir.js'
import {
  checkShare,
  formatShare,
  MAX_SECRET_BYTES,
  MIN_SECRET_BYTES,
  parseShare,
  type Share,
} from './slip39/share.js'

export { type GroupState, type RecoveryState, recovery } from './slip39/recovery.js'
export type { Draw } from './slip39/shamir.js'
export { checkShare, formatShare, parseShare, type Share, type ShareCheck } from './slip39/share.js'

export interface SplitPlan {
  /** 16 to 64 bytes, an even number. */
  readonly secret: Uint8Array
  /** How many groups must be complete: 1 to the number of groups. */
  readonly groupThreshold: number
  /** 1 to 16 groups of 1 to 16 members; a threshold of 1 goes with one member only. */
  readonly groups: readonly { readonly threshold: number; readonly count: number }[]
  /** Printable ASCII; empty without one. */
  readonly passphrase?: string
  /** 10,000 * 2^exponent iterations protect the passphrase: 0 to 8, 1 when absent as in the reference. */
  readonly iterationExponent?: number
  /** True when absent, as the standard asks for new shares. */
  readonly extendable?: boolean
}

/** The standard allows 15, 327 million iterations. 8 takes seconds, and no wallet is known to use more than 1. */
export const MAX_ITERATION_EXPONENT = 8

/** @throws CairnError `phrase-too-long` */
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
 * `split` with the random bytes of `draw`: two for the identifier (the highest bit is not used), then for the
 * groups and for the members of each group T - 2 share values and the salt of the digest, where T > 1.
 */
export function splitWith(plan: SplitPlan, draw: Draw): readonly (readonly string[])[] {
  checkPlan(plan)
  const { passphrase = '', iterationExponent = 1, extendable = true, groupThreshold } = plan
  const set = { identifier: identifierFrom(draw(2)), extendable, iterationExponent }
  const encrypted = encrypt(plan.secret, { ...set, passphrase })
  const groupCount = plan.groups.length
  const groups = splitSecret(groupThreshold, groupCount, encrypted, draw)
  const shares = plan.groups.map(({ threshold, count }, groupIndex) => {
    const members = splitSecret(threshold, count, (groups[groupIndex] as Point).y, draw)
    const common = { ...set, groupIndex, groupThreshold, groupCount, memberThreshold: threshold }
    return members.map(({ x, y }) => formatShare({ ...common, memberIndex: x, value: y }))
  })
  wipe(encrypted, ...groups.map((group) => group.y))
  return shares
}

/**
 * The secret under these shares, in any order. More shares than needed are welcome and must agree with the
 * others; shares of a group that is not complete are left aside.
 * @throws CairnError as `parseShare` for a damaged share; `share-missing` naming what is missing by group;
 * `share-foreign`, `share-conflict`, `share-digest` when they do not fit together; `share-passphrase`;
 * `share-cost`
 */
export function combine(mnemonics: readonly string[], passphrase = ''): Uint8Array {
  return combineShares(
    mnemonics.map((mnemonic, i) => parseShare(mnemonic, i + 1)),
    passphrase,
  )
}

/** `combine` for shares that were parsed already. */
export function combineShares(shares: readonly Share[], passphrase = ''): Uint8Array {
  checkPassphrase(passphrase)
  const encrypted = recoverEncrypted(shares)
  const { iterationExponent, identifier, extendable } = shares[0] as Share
  if (iterationExponent > MAX_ITERATION_EXPONENT)
    fail('share-cost', { iterations: 10_000 * 2 ** iterationExponent })
  const secret = decrypt(encrypted, { passphrase, iterationExponent, identifier, extendable })
  wipe(encrypted)
  return secret
}

/** The encrypted master secret: what the shares give before the passphrase is applied. */
export function recoverEncrypted(shares: readonly Share[]): Uint8Array {
  const state = recovery(shares)
  if (!state.complete) fail('share-missing', { missing: state.missing })
  const complete = state.groups.filter((group) => group.complete)
  const groups = complete.map(({ group }): Point => {
    const members = membersOf(shares, group - 1)
    return { x: group - 1, y: recoverGroup(members) }
  })
  const encrypted = recoverSecret(state.need as number, groups) ?? fail('share-digest')
  wipe(...groups.map((group) => group.y))
  return encrypted
}

/** 15 of the 16 bits. */
function identifierFrom(bytes: Uint8Array): number {
  return (((bytes[0] as number) & 0x7f) << 8) | (bytes[1] as number)
}

function recoverGroup(members: readonly Share[]): Uint8Array {
  const points = members.map(({ memberIndex, value }): Point => ({ x: memberIndex, y: value }))
  return recoverSecret((members[0] as Share).memberThreshold, points) ?? fail('share-digest')
}

function checkPlan(plan: SplitPlan): void {
  const { secret, groupThreshold, groups, passphrase = '', iterationExponent = 1 } = plan
  const refuse = (reason: string) => fail('share-plan', { reason })
  if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES || secret.length % 2 !== 0)
    fail('entropy-length', { bytes: secret.length, expected: 'an even number from 16 to 64' })
  if (!within(groups.length, 1, 16)) refuse('there must be 1 to 16 groups')
  if (!within(groupThreshold, 1, groups.length)) refuse('the group threshold is not among the groups')
  groups.forEach(({ threshold, count }, i) => {
    if (!within(count, 1, 16)) refuse(`group ${i + 1} must have 1 to 16 members`)
    if (!within(threshold, 1, count)) refuse(`the threshold of group ${i + 1} is not among its members`)
    if (threshold === 1 && count > 1)
      refuse(`group ${i + 1} with threshold 1 must have one member; give its share to several people instead`)
  })
  if (!within(iterationExponent, 0, MAX_ITERATION_EXPONENT))
    refuse(`the iteration exponent must be 0 to ${MAX_ITERATION_EXPONENT}`)
  checkPassphrase(passphrase)
}

/** "the passphrase MUST be a string containing only printable ASCII characters (code points 32-126)" */
function checkPassphrase(passphrase: string): void {
  if (!/^[ -~]*$/.test(passphrase)) fail('share-passphrase')
}

function within(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most
}
