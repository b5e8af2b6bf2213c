/**
 * Two levels of secret sharing, as SLIP-0039 has them and SSKR after it: the secret is shared among groups, and the
 * share of each group among its members. Knows nothing of words, identifiers or passphrases.
 */
import { wipe } from '../../bytes.js'
import { fail } from '../../errors.js'
import { type Member, membersOf, type RecoveryState } from './recovery.js'
import { type Draw, type Point, recoverSecret, splitSecret } from './sharing.js'

export interface GroupPlan {
  /** How many groups must be complete: 1 to the number of groups. */
  readonly groupThreshold: number
  /** 1 to 16 groups of 1 to 16 members; a threshold of 1 goes with one member only. */
  readonly groups: readonly { readonly threshold: number; readonly count: number }[]
}

/** @throws CairnError `share-plan` */
export function checkGroups({ groupThreshold, groups }: GroupPlan): void {
  const refuse = (reason: string) => fail('share-plan', { reason })
  if (!within(groups.length, 1, 16)) refuse('there must be 1 to 16 groups')
  if (!within(groupThreshold, 1, groups.length)) refuse('the group threshold is not among the groups')
  groups.forEach(({ threshold, count }, i) => {
    if (!within(count, 1, 16)) refuse(`group ${i + 1} must have 1 to 16 members`)
    if (!within(threshold, 1, count)) refuse(`the threshold of group ${i + 1} is not among its members`)
    if (threshold === 1 && count > 1)
      refuse(`group ${i + 1} with threshold 1 must have one member; give its share to several people instead`)
  })
}

/**
 * The members of each group of a plan that was checked. Draws for the groups first, then for the members of each
 * group: T - 2 share values and the salt of the digest, where T > 1.
 */
export function splitGroups(secret: Uint8Array, plan: GroupPlan, draw: Draw): readonly (readonly Member[])[] {
  const { groupThreshold, groups } = plan
  const points = splitSecret(groupThreshold, groups.length, secret, draw)
  const members = groups.map(({ threshold, count }, groupIndex) => {
    const shares = splitSecret(threshold, count, (points[groupIndex] as Point).y, draw)
    const common = { groupIndex, groupThreshold, groupCount: groups.length, memberThreshold: threshold }
    return shares.map(({ x, y }): Member => ({ ...common, memberIndex: x, value: y }))
  })
  wipe(...points.map(({ y }) => y))
  return members
}

/**
 * The secret under shares whose state is known. Shares beyond the threshold must agree with the others; those of a
 * group that is not complete are left aside.
 * @throws CairnError `share-missing` naming what is missing by group, `share-digest`
 */
export function recoverGroups(shares: readonly Member[], state: RecoveryState): Uint8Array {
  if (!state.complete) fail('share-missing', { missing: state.missing })
  const complete = state.groups.filter((group) => group.complete)
  const groups = complete.map(({ group }): Point => {
    return { x: group - 1, y: recoverGroup(membersOf(shares, group - 1)) }
  })
  const secret = recoverSecret(state.need as number, groups) ?? fail('share-digest')
  wipe(...groups.map(({ y }) => y))
  return secret
}

function recoverGroup(members: readonly Member[]): Uint8Array {
  const points = members.map(({ memberIndex, value }): Point => ({ x: memberIndex, y: value }))
  return recoverSecret((members[0] as Member).memberThreshold, points) ?? fail('share-digest')
}

function within(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most
}
