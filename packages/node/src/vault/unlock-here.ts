/**
 * Unlocking on a machine that knows the vault. Another computer may have changed the policy, or rekeyed the vault: a
 * store then shows a description with a higher revision. It is believed when the factors open it, its code is right,
 * and, if the secret is another one, when it holds the secret that this machine knows among those of before: nobody
 * else could have made it. This machine keeps it from then on.
 */
import { CairnError, fail } from '@cairn/core/errors.js'
import {
  authenticate,
  parseDescription,
  type SignedDescription,
  type VaultDescription,
} from '@cairn/core/vault/description.js'
import { byRank, fateIn, standing } from '@cairn/core/vault/devices.js'
import { identityFromSecret } from '@cairn/core/vault/identity.js'
import { type Ending, openRetired } from '@cairn/core/vault/retired.js'
import { type Given, unlockNamed } from '@cairn/core/vault/unlock.js'
import type { Machine } from '../machine/open.js'
import { writeLocal } from '../machine/state.js'
import type { Ports } from '../ports.js'
import { type Claim, readClaim } from './open.js'
import { openStores } from './open-stores.js'
import { ownKeys } from './own-keys.js'

export interface UnlockedHere {
  readonly description: VaultDescription
  /** Its authentication code. */
  readonly mac: string
  /** What this machine held for genuine is not among the ancestors: another computer changed the vault at the same time. */
  readonly overtaken?: true
  /** The vault secret as an age identity. */
  readonly identity: string
  /** Secrets of before, newest first. */
  readonly retired: readonly Ending[]
  readonly passphrases: ReadonlyMap<string, string>
  readonly claims: readonly Claim[]
}

/** @throws CairnError of `unlock`, of the newest description that was tried */
export async function unlockHere(machine: Machine, given: Given, ports: Ports): Promise<UnlockedHere> {
  const claims = await Promise.all(openStores(machine, ports).map(readClaim))
  let failure: unknown
  for (const signed of candidates(machine, claims)) {
    try {
      const opened = await tryOne(signed, { machine, given, ports })
      await adopt(machine, signed, { claims, ports })
      const isLost = signed.mac !== machine.mac && fateIn(opened.description, machine) === 'lost'
      return { ...opened, claims, ...(isLost ? { overtaken: true } : {}) }
    } catch (error) {
      if (!(error instanceof CairnError)) throw error
      failure ??= error
    }
  }
  throw failure
}

/** The policy to ask a person about: of the newest description that any store shows; nothing is proven yet. */
export async function claimedPolicy(machine: Machine, ports: Ports): Promise<VaultDescription['policy']> {
  const claims = await Promise.all(openStores(machine, ports).map(readClaim))
  return (candidates(machine, claims)[0] as SignedDescription).description.policy
}

/** What this machine holds for genuine, and what claims to be newer: newest first. */
function candidates(machine: Machine, claims: readonly Claim[]): readonly SignedDescription[] {
  const { id } = machine.description
  const newer = claims.flatMap(({ signed }) =>
    signed?.description.id === id && standing(signed, machine) === 'newer' ? [signed] : [],
  )
  const different = new Map(newer.map((signed) => [signed.mac, signed]))
  const sorted = [...different.values()].sort(byRank)
  return [...sorted, parseDescription(machine.descriptionBytes)]
}

interface Trying {
  readonly machine: Machine
  readonly given: Given
  readonly ports: Ports
}

async function tryOne(
  signed: SignedDescription,
  { machine, given, ports }: Trying,
): Promise<Omit<UnlockedHere, 'claims'>> {
  const { policy, recipient } = signed.description
  const keys = await ownKeys(machine.home, policy, ports)
  const identities = [...(given.identities ?? []), ...keys]
  const { secret, passphrases } = await unlockNamed(policy, { ...given, identities }, recipient)
  const description = authenticate(signed, secret)
  const identity = identityFromSecret(secret)
  secret.fill(0)
  const retired = await openRetired(description.retired, identity)
  const known = machine.description.recipient
  const isOurs = recipient === known || description.retired?.some((each) => each.recipient === known)
  return isOurs ? { description, mac: signed.mac, identity, retired, passphrases } : fail('vault-forged')
}

interface Adopting {
  readonly claims: readonly Claim[]
  readonly ports: Ports
}

async function adopt(
  machine: Machine,
  { description, mac }: SignedDescription,
  { claims, ports }: Adopting,
): Promise<void> {
  if (mac === machine.mac) return
  const from = claims.find(({ signed }) => signed?.description === description)
  if (from?.bytes) await writeLocal(ports.disk, machine.home.description, from.bytes)
}
