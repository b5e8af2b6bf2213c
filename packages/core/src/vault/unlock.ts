/**
 * Opening a vault: the factors at hand give shares, and enough shares give the vault secret.
 * Every factor given must fit: a wrong passphrase is told as such even when the others would do.
 */
import { CairnError, fail } from '../errors.js'
import { combineShares, parseShare, type Share } from '../words/slip39.js'
import { recipientOf, verifySecret } from './identity.js'
import { openLock } from './lock.js'
import { type Factor, memberOf, type Policy } from './policy.js'
import { fewestMore, stillPossible } from './quorum.js'

/** What a person brings; all of it secret. */
export interface Given {
  readonly passphrases?: readonly string[]
  /** age identities: of the key file of this computer, or of a person. */
  readonly identities?: readonly string[]
  /** SLIP-39 mnemonics: from sheets, or of a person who opened their lock elsewhere. */
  readonly sheets?: readonly string[]
}

/** One factor of the policy and its place. */
interface Place {
  readonly group: number
  readonly index: number
  readonly factor: Factor
}

/**
 * The vault secret, 32 bytes, verified against the recipient of the vault. Wipe it after use.
 * @throws CairnError `factor-passphrase`, `factor-key`, `factor-sheet` for one that fits no factor; `share-…` for a
 * sheet that is miswritten; `factors-missing` with what would still do; `vault-damaged`; `vault-forged` when the
 * shares fit together and give another secret than this vault's.
 */
export async function unlock(policy: Policy, given: Given, recipient: string): Promise<Uint8Array> {
  return (await unlockNamed(policy, given, recipient)).secret
}

export interface Unlocked {
  readonly secret: Uint8Array
  /** The passphrases by the name of the factor that each opened: a new set of shares is locked with them again. */
  readonly passphrases: ReadonlyMap<string, string>
}

/** The same, for changing the policy. @throws CairnError as `unlock` */
export async function unlockNamed(policy: Policy, given: Given, recipient: string): Promise<Unlocked> {
  const sheets = (given.sheets ?? []).map((words, i) => fromSheet(policy, words, i + 1))
  const keys = await fromIdentities(policy, given.identities ?? [])
  const typed = await fromPassphrases(policy, given.passphrases ?? [])
  const shares = [...sheets, ...keys, ...typed.map(({ share }) => share)]
  requireEnough(policy, shares)
  const secret = combineShares(shares)
  if (!verifySecret(secret, recipient)) return fail('vault-forged')
  return { secret, passphrases: new Map(typed.map(({ name, passphrase }) => [name, passphrase])) }
}

/**
 * Whether a passphrase opens the lock of one factor, or words are the share of one sheet: a rehearsal, which needs no
 * other factor and puts no secret together. False for a factor of another kind.
 * @throws CairnError `share-…` for words that are miswritten, `vault-damaged`
 */
export async function opensFactor(
  policy: Policy,
  name: string,
  key: { readonly passphrase: string } | { readonly sheet: string },
): Promise<boolean> {
  const place = placesOf(policy).find(({ factor }) => factor.name === name)
  if (place === undefined) return false
  if ('passphrase' in key)
    return place.factor.kind === 'passphrase' && (await fromLock(policy, place, key)) !== null
  const share = parseShare(key.sheet)
  const member = memberOf(policy.groups[place.group] as Policy['groups'][number], place.index)
  const isInPlace = share.groupIndex === place.group && share.memberIndex === member
  return place.factor.kind === 'sheet' && belongs(policy, share) && isInPlace
}

/**
 * The name of the factor that a passphrase opens or whose share words are; null when it is none of this policy.
 * @throws CairnError as `opensFactor`
 */
export async function factorOf(
  policy: Policy,
  key: { readonly passphrase: string } | { readonly sheet: string },
): Promise<string | null> {
  for (const { factor } of placesOf(policy))
    if (await opensFactor(policy, factor.name, key)) return factor.name
  return null
}

function fromSheet(policy: Policy, words: string, position: number): Share {
  const share = parseShare(words, position)
  return belongs(policy, share) ? share : fail('factor-sheet')
}

async function fromIdentities(policy: Policy, identities: readonly string[]): Promise<readonly Share[]> {
  const places = placesOf(policy)
  const shares = identities.map((identity) => {
    const recipient = recipientOf(identity)
    const place = places.find(({ factor }) => 'recipient' in factor && factor.recipient === recipient)
    return place ? fromLock(policy, place, { identity }) : fail('factor-key', { factor: keyNames(places) })
  })
  return (await Promise.all(shares)).map((share) => share ?? fail('vault-damaged', { reason: NOT_ITS_KEY }))
}

const NOT_ITS_KEY = 'a lock does not open with the key that it names'

interface Typed {
  readonly name: string
  readonly passphrase: string
  readonly share: Share
}

/** Each passphrase is tried on each lock that is still closed; a derivation costs about a second. */
async function fromPassphrases(policy: Policy, passphrases: readonly string[]): Promise<readonly Typed[]> {
  let closed = placesOf(policy).filter(({ factor }) => factor.kind === 'passphrase')
  const typed: Typed[] = []
  for (const passphrase of passphrases) {
    const opened = await firstOpened(policy, closed, passphrase)
    if (opened === null) return fail('factor-passphrase')
    typed.push({ name: opened.place.factor.name, passphrase, share: opened.share })
    closed = closed.filter((place) => place !== opened.place)
  }
  return typed
}

async function firstOpened(policy: Policy, closed: readonly Place[], passphrase: string) {
  for (const place of closed) {
    const share = await fromLock(policy, place, { passphrase })
    if (share !== null) return { place, share }
  }
  return null
}

/** The share in the lock of a factor; null when the key is another. */
async function fromLock(
  policy: Policy,
  { group, index, factor }: Place,
  key: { readonly identity: string } | { readonly passphrase: string },
): Promise<Share | null> {
  const opened = 'lock' in factor ? await openLock(factor.lock, key) : 'damaged'
  if (opened === 'foreign') return null
  const share = opened === 'damaged' ? null : shareOrNull(opened.content)
  const isInPlace =
    share !== null &&
    belongs(policy, share) &&
    share.groupIndex === group &&
    share.memberIndex === memberOf(policy.groups[group] as Policy['groups'][number], index)
  return isInPlace ? share : fail('vault-damaged', { reason: `the lock of ${factor.name} does not verify` })
}

function shareOrNull(words: string): Share | null {
  try {
    return parseShare(words)
  } catch (error) {
    if (error instanceof CairnError) return null
    throw error
  }
}

/** The share is of the set of this policy, and at a place that the policy has. */
function belongs(policy: Policy, share: Share): boolean {
  const group = policy.groups[share.groupIndex]
  const isOfSet =
    share.identifier === policy.set &&
    share.extendable &&
    share.iterationExponent === 0 &&
    share.groupThreshold === policy.need &&
    share.groupCount === policy.groups.length
  if (!isOfSet || group === undefined || share.memberThreshold !== group.need) return false
  return group.factors.some((_, index) => memberOf(group, index) === share.memberIndex)
}

function requireEnough(policy: Policy, shares: readonly Share[]): void {
  const has = (group: number, index: number) =>
    shares.some(
      (share) =>
        share.groupIndex === group &&
        share.memberIndex === memberOf(policy.groups[group] as Policy['groups'][number], index),
    )
  const held = policy.groups.map(({ need, factors }, group) => {
    const count = factors.filter((_, index) => has(group, index)).length
    return Math.min(count, need)
  })
  const have = held.reduce((sum, count) => sum + count, 0)
  const more = fewestMore(policy, held)
  if (more === 0) return
  fail('factors-missing', { have, need: have + more, possible: stillPossible(policy, has) })
}

function placesOf(policy: Policy): readonly Place[] {
  return policy.groups.flatMap(({ factors }, group) =>
    factors.map((factor, index) => ({ group, index, factor })),
  )
}

function keyNames(places: readonly Place[]): string {
  const names = places.flatMap(({ factor }) => ('recipient' in factor ? [factor.name] : []))
  return names.length === 0 ? '(none has a key)' : names.join(', ')
}
