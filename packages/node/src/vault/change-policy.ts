/**
 * Another policy for a vault that exists: a new set of shares of the same secret, or, rekeyed, of a new one. Nothing
 * that is sealed or signed is written again: only vault.json changes, and in this order:
 *  1. unlock with the newest description that any store shows, so that no change of another computer is undone
 *  2. make the new shares, and read the new file back as a stranger will
 *  3. keep the new key of this computer beside the old one, if it has one
 *  4. hand over the sheets: from here on a quorum of new factors is in the hands of people
 *  5. keep the new vault.json on this machine: now it counts. A crash before leaves the vault as it was, with sheets
 *     that open nothing; one after is made good by the next backup, which brings it to stores that have an older one
 *  6. send it to every store; each replaces its vault.json whole or not at all
 *  7. forget the old key of this computer
 * Until a store has the new file the old factors open it, and from then on the new ones: at no step none.
 */
import { fail } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import {
  authenticate,
  parseDescription,
  type VaultDescription,
  vaultFingerprint,
  writeDescription,
} from '@cairn/core/vault/description.js'
import { revised } from '@cairn/core/vault/devices.js'
import type { Strengths } from '@cairn/core/vault/exposure.js'
import {
  type Identity,
  identityWith,
  newIdentity,
  recipientOf,
  secretFromIdentity,
} from '@cairn/core/vault/identity.js'
import { openLock } from '@cairn/core/vault/lock.js'
import {
  type Factor,
  type FactorPlan,
  type Grouped,
  makePolicy,
  type Policy,
  type PolicyPlan,
  type SheetWords,
} from '@cairn/core/vault/policy.js'
import { planOf } from '@cairn/core/vault/policy-edit.js'
import { retire } from '@cairn/core/vault/retired.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { type Keep, writeKept } from '../machine/kept.js'
import type { Machine } from '../machine/open.js'
import { writeLocal } from '../machine/state.js'
import { type Rate, rateAll, writeStrengths } from '../machine/strengths.js'
import type { Ports } from '../ports.js'
import { type Accepted, refuseWeak } from './exposed.js'
import { type AskedFactor, asksForComputer, keyFile, keysOf, withComputerKey } from './own-keys.js'
import { knownDevices, type SentTo, saidBy, sendDescription } from './send-description.js'
import { type UnlockedHere, unlockHere } from './unlock-here.js'

export interface ChangePlan {
  readonly given: Given
  /** From the policy that is to the one that shall be. */
  readonly edit: (policy: Policy) => Grouped<Factor | AskedFactor>
  /** Gives the passphrase of a factor that stays and did not help to unlock; without it, such a one is an error. */
  readonly passphraseOf?: (name: string) => Promise<string>
  /** `new`: the vault is rekeyed. */
  readonly secret: 'same' | 'new'
  /** Hands over the words of the sheets, once. When it fails, nothing was changed. */
  readonly deliver: (sheets: readonly SheetWords[], description: VaultDescription) => Promise<void>
  /** Rates the passphrases; without it nothing is known of them later. */
  readonly rate?: Rate
  /** In what way one stolen thing may open the vault; in none when absent. */
  readonly accept?: readonly Accepted[]
  /** Where a new key of this computer is kept; where the old one is when absent. */
  readonly keep?: Keep
  /** scrypt cost, log2 of N; lowered in tests only. */
  readonly logN?: number
}

export interface ChangeReport {
  readonly before: VaultDescription
  readonly description: VaultDescription
  readonly fingerprint: string
  /** `behind`: still opened by the old factors; the next backup brings the new policy there. */
  readonly stores: readonly SentTo[]
}

/** @throws CairnError of `unlock`, `makePolicy`, `planOf`; the first failure when no store could be asked */
export function changePolicy(machine: Machine, plan: ChangePlan, ports: Ports): Promise<ChangeReport> {
  return ports.exclusively(machine.home.lock, () => changeLocked(machine, plan, ports))
}

async function changeLocked(machine: Machine, plan: ChangePlan, ports: Ports): Promise<ChangeReport> {
  const opened = await unlockHere(machine, plan.given, ports)
  const { claims, description: before } = opened
  if (claims.every(({ failure }) => failure !== undefined)) throw claims[0]?.failure
  const made = await makeNew(opened, { plan, machine, ports })
  const { description, file, keys } = made
  const { keep } = plan
  const old = await keysOf(machine.home, ports)
  if (made.fresh) await keepKeys(machine, { identities: [...keys, ...old], description, keep, ports })
  await plan.deliver(made.sheets, description)
  await writeLocal(ports.disk, machine.home.description, file)
  await writeStrengths(ports.disk, machine.home, made.strengths)
  const stores = await sendDescription(claims, file)
  if (made.fresh) await keepKeys(machine, { identities: keys, description, keep, ports })
  return { before, description, fingerprint: vaultFingerprint(description), stores }
}

interface Made {
  readonly description: VaultDescription
  readonly file: Uint8Array
  readonly sheets: readonly SheetWords[]
  readonly strengths: Strengths
  /** Identities of the computer factor of this machine. */
  readonly keys: readonly string[]
  /** They were drawn now. */
  readonly fresh: boolean
}

interface Making {
  readonly plan: ChangePlan
  readonly machine: Machine
  readonly ports: Ports
}

async function makeNew(opened: UnlockedHere, making: Making): Promise<Made> {
  const { description: before, identity, retired } = opened
  const { plan, machine, ports } = making
  const { asked, computer, strengths } = await planNew(opened, making)
  const secret = plan.secret === 'new' ? random(32) : secretFromIdentity(identity)
  const next = identityWith(secret)
  const cost = plan.logN === undefined ? undefined : { logN: plan.logN }
  const { policy, sheets } = await makeOther(before.policy, () => makePolicy(secret, asked, cost))
  const ended = ports.now().toISOString()
  const endings = plan.secret === 'new' ? [{ identity, ended }, ...retired] : retired
  const description = revised(opened, {
    ...(endings.length > 0 ? { retired: await retire(endings, next) } : {}),
    devices: knownDevices(opened, [...saidBy(opened.claims), machine]),
    recipient: next.recipient,
    policy,
  })
  const file = writeDescription(description, secret)
  // read back as a stranger will, from the text of the secret
  authenticate(parseDescription(file), secretFromIdentity(next.identity))
  secret.fill(0)
  const keys = computer ? [computer.identity] : []
  return { description, file, sheets, strengths, keys, fresh: computer !== undefined }
}

interface Planned {
  readonly asked: PolicyPlan
  /** The new key of this computer, when it gets one. */
  readonly computer: Identity | undefined
  readonly strengths: Strengths
}

async function planNew(
  { description: { policy }, passphrases }: UnlockedHere,
  { plan, machine, ports }: Making,
): Promise<Planned> {
  const own = new Set((await keysOf(machine.home, ports)).map(recipientOf))
  // whoever stole this computer holds its key: a vault that is rekeyed gets another one
  const draft = plan.secret === 'new' ? withoutKeysOf(plan.edit(policy), own) : plan.edit(policy)
  const computer = asksForComputer(draft) ? newIdentity() : undefined
  if (computer && holdsAny(draft, own))
    fail('policy-invalid', { reason: 'this computer is a factor of the vault already' })
  const complete = withComputerKey(draft, computer?.recipient ?? '')
  const asked = planOf(complete, await allPassphrases(complete, passphrases, plan.passphraseOf))
  const strengths = await rateAll(asked, plan.rate)
  refuseWeak(machine.config.stores, { shape: asked, strengths }, plan.accept)
  return { asked, computer, strengths }
}

/** Of the 32,768 identifiers of SLIP-39 one that the set of before does not have: the two must not be taken for one. */
async function makeOther<T extends { readonly policy: Policy }>(
  before: Policy,
  make: () => Promise<T>,
): Promise<T> {
  const made = await make()
  return made.policy.set === before.set ? makeOther(before, make) : made
}

function holdsAny(draft: Grouped<Factor | AskedFactor>, recipients: ReadonlySet<string>): boolean {
  return draft.groups.some(({ factors }) =>
    factors.some((factor) => 'recipient' in factor && recipients.has(factor.recipient)),
  )
}

/** With those that stay and were not needed to unlock; each must open its lock, so that no slip gets into a new one. */
async function allPassphrases(
  draft: Grouped<Factor | FactorPlan>,
  known: ReadonlyMap<string, string>,
  ask: ChangePlan['passphraseOf'],
): Promise<ReadonlyMap<string, string>> {
  const all = new Map(known)
  for (const factor of draft.groups.flatMap(({ factors }) => factors)) {
    if (factor.kind !== 'passphrase' || !('lock' in factor) || all.has(factor.name) || !ask) continue
    const passphrase = await ask(factor.name)
    if (typeof (await openLock(factor.lock, { passphrase })) === 'string') return fail('factor-passphrase')
    all.set(factor.name, passphrase)
  }
  return all
}

/** The draft in which the computer factor of this machine has no key yet. */
function withoutKeysOf(
  draft: Grouped<Factor | AskedFactor>,
  own: ReadonlySet<string>,
): Grouped<Factor | AskedFactor> {
  const forget = (factor: Factor | AskedFactor): Factor | AskedFactor =>
    factor.kind === 'computer' && 'recipient' in factor && own.has(factor.recipient)
      ? { kind: 'computer', name: factor.name }
      : factor
  return {
    need: draft.need,
    groups: draft.groups.map((group) => ({ ...group, factors: group.factors.map(forget) })),
  }
}

interface Keeping {
  readonly identities: readonly string[]
  readonly description: VaultDescription
  readonly keep: Keep | undefined
  readonly ports: Ports
}

async function keepKeys(machine: Machine, { identities, description, keep, ports }: Keeping): Promise<void> {
  await writeKept(ports, machine.home.computerKey, { bytes: keyFile(identities, description), keep })
}
