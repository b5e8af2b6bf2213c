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
  const { description, mac, overtaken, claims, ...keys } = await unlockHere(machine, given, ports)
  const stores = claims.map(({ store }) => store)
  const { stores: seen, from } = await recallSeen(machine, ports.disk)
  const { identity, retired } = secretsOf(keys)
  const reading = { stores, identity, retired, primitives: ports.primitives }
  const identities = [identity, ...retired]
  const own = ownHeads(machine, ports.disk)
  const past = asked(await readPast(stores, description, { seen, own, identities }))
  const lost = from === 'memory' ? {} : ({ memory: 'lost' } as const)
  return { description, mac, reading, past: { ...past, ...lost, ...(overtaken ? { overtaken } : {}) } }
}

/** What opens objects: the vault secret and those of before, as age identities. */
export interface Secrets {
  readonly identity: string
  readonly retired: readonly string[]
  /** As in `UnlockedHere`. */
  readonly overtaken?: true
}

/** @throws CairnError of `unlock` */
export async function secretsHere(machine: Machine, given: Given, ports: Ports): Promise<Secrets> {
  return secretsOf(await unlockHere(machine, given, ports))
}

function secretsOf({
  identity,
  retired,
  overtaken,
}: Pick<UnlockedHere, 'identity' | 'retired' | 'overtaken'>): Secrets {
  const lost = overtaken ? { overtaken } : {}
  return { identity, retired: retired.map((ending) => ending.identity), ...lost }
}
