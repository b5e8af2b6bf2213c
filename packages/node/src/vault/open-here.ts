/**
 * Opening a vault on a machine that knows it: the pinned description is trusted instead of what a store shows,
 * and the key file of the computer factor is brought along by itself.
 */
import type { Given } from '@cairn/core/vault/unlock.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import type { Ports } from '../ports.js'
import { asked, type OpenVault, type Past, readPast } from './open.js'
import { ownHeads } from './survey.js'
import { type UnlockedHere, unlockHere } from './unlock-here.js'

/** @throws CairnError of `unlock`; `store-unreachable` and its like when no store could be asked */
export async function openHere(
  machine: Machine,
  given: Given,
  ports: Ports,
): Promise<OpenVault & { readonly past: Past }> {
  const { description, claims, ...keys } = await unlockHere(machine, given, ports)
  const stores = claims.map(({ store }) => store)
  const reading = { stores, ...secretsOf(keys), primitives: ports.primitives }
  const { stores: seen, from } = await recallSeen(machine, ports.disk)
  const { identity, retired } = secretsOf(keys)
  const identities = [identity, ...retired]
  const own = ownHeads(machine, ports.disk)
  const past = asked(await readPast(stores, description, { seen, own, identities }))
  return { description, reading, past: from === 'memory' ? past : { ...past, memory: 'lost' } }
}

/** What opens objects: the vault secret and those of before, as age identities. */
export interface Secrets {
  readonly identity: string
  readonly retired: readonly string[]
}

/** @throws CairnError of `unlock` */
export async function secretsHere(machine: Machine, given: Given, ports: Ports): Promise<Secrets> {
  return secretsOf(await unlockHere(machine, given, ports))
}

function secretsOf({ identity, retired }: Pick<UnlockedHere, 'identity' | 'retired'>): Secrets {
  return { identity, retired: retired.map((ending) => ending.identity) }
}
