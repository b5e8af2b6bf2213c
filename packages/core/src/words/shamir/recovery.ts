/**
 * The state of a recovery from shares in groups (SLIP-0039, SSKR): which are there, whether they belong together,
 * what is missing. Plain data that any face can ask after every share; it holds no share value. Groups and members
 * are numbered from 1 here, as people count; the fields of a share have them from 0.
 */
import { equal } from '../../bytes.js'
import { fail } from '../../errors.js'

/** What a share of two levels says of its place, whatever the scheme. */
export interface Member {
  /** 0 to 15, the x of the group's share. */
  readonly groupIndex: number
  /** 1 to 16, at most `groupCount`. */
  readonly groupThreshold: number
  /** 1 to 16. */
  readonly groupCount: number
  /** 0 to 15, the x of this share. */
  readonly memberIndex: number
  /** 1 to 16. How many members the group has is not written in a share. */
  readonly memberThreshold: number
  readonly value: Uint8Array
}

export interface GroupState {
  /** 1 to the number of groups. */
  readonly group: number
  /** Numbers of the members whose share is there, ascending. */
  readonly have: readonly number[]
  /** How many shares the group needs; null until a first share of it tells. */
  readonly need: number | null
  readonly complete: boolean
}

export interface RecoveryState {
  /** One entry a group of the set, in order; empty while no share is there. */
  readonly groups: readonly GroupState[]
  /** How many groups must be complete; null while no share is there. */
  readonly need: number | null
  /** The secret can be recovered. */
  readonly complete: boolean
  /** What is missing in words, empty when complete; for example "group 1 needs 2 shares and has 1 (number 3)". */
  readonly missing: string
}

/** What of two shares differs that must be the same in a set, in words; null when they can be of one set. */
export type Differs<S> = (first: S, share: S) => string | null

/**
 * The state that these shares make; the same share may be there twice, and more than are needed may be there.
 * @throws CairnError `share-foreign` for shares of different sets, naming them by their place in the list;
 * `share-conflict` for two different shares with one number
 */
export function recoveryOf<S extends Member>(shares: readonly S[], differs: Differs<S>): RecoveryState {
  const first = shares[0]
  if (!first) return { groups: [], need: null, complete: false, missing: 'no share was given' }
  shares.forEach((share, i) => {
    const what = differs(first, share) ?? differsInPlan(first, share)
    if (what) fail('share-foreign', { reason: `share ${i + 1} has another ${what} than share 1` })
  })
  const groups = Array.from({ length: first.groupCount }, (_, index) => groupState(shares, index))
  const complete = groups.filter((group) => group.complete).length >= first.groupThreshold
  const missing = complete ? '' : describeMissing(groups, first.groupThreshold)
  return { groups, need: first.groupThreshold, complete, missing }
}

/** The shares of one group without repetitions, ascending by member. */
export function membersOf<S extends Member>(shares: readonly S[], groupIndex: number): readonly S[] {
  const members = new Map<number, S>()
  for (const share of shares) if (share.groupIndex === groupIndex) members.set(share.memberIndex, share)
  return [...members.values()].sort((a, b) => a.memberIndex - b.memberIndex)
}

/** "All shares MUST have the same […] group threshold, group count and length" */
function differsInPlan(first: Member, share: Member): string | null {
  if (share.groupThreshold !== first.groupThreshold) return 'group threshold'
  if (share.groupCount !== first.groupCount) return 'number of groups'
  return share.value.length === first.value.length ? null : 'length'
}

function groupState(shares: readonly Member[], groupIndex: number): GroupState {
  const members = shares.filter((share) => share.groupIndex === groupIndex)
  for (const share of members) agrees(members[0] as Member, share)
  for (const share of members)
    agreesOnValue(members.find((other) => other.memberIndex === share.memberIndex) as Member, share)
  const have = membersOf(shares, groupIndex).map((share) => share.memberIndex + 1)
  const need = members[0]?.memberThreshold ?? null
  return { group: groupIndex + 1, have, need, complete: need !== null && have.length >= need }
}

/** "All shares with a given group index MUST have the same member threshold" */
function agrees(first: Member, share: Member): void {
  if (share.memberThreshold === first.memberThreshold) return
  fail('share-foreign', { reason: `the shares of group ${share.groupIndex + 1} have different thresholds` })
}

function agreesOnValue(first: Member, share: Member): void {
  if (equal(first.value, share.value)) return
  fail('share-conflict', { member: share.memberIndex + 1, group: share.groupIndex + 1 })
}

function describeMissing(groups: readonly GroupState[], threshold: number): string {
  const parts = groups.filter((group) => !group.complete).map(describeGroup)
  if (groups.length === 1) return parts.join('')
  const done = groups.filter((group) => group.complete).length
  return `${threshold} of ${groups.length} groups are needed and ${done} complete; ${parts.join('; ')}`
}

function describeGroup({ group, have, need }: GroupState): string {
  if (need === null) return `group ${group} has no share yet`
  return `group ${group} needs ${need} shares and has ${have.length} (number ${have.join(', ')})`
}
