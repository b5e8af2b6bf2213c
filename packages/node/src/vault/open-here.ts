/**
 * Opening a vault on a machine that knows it: the pinned description is trusted instead of what a store shows,
 * and the key file of the computer factor is brought along by itself.
 */
import { text } from '@cairn/core/bytes.js'
import { identityFromSecret } from '@cairn/core/vault/identity.js'
import { type Given, unlock } from '@cairn/core/vault/unlock.js'
import type { VaultHome } from '../machine/home.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import { readIfThere } from '../machine/state.js'
import type { Ports } from '../ports.js'
import { asked, type OpenVault, type Past, readPast } from './open.js'
import { openStores } from './open-stores.js'

/** @throws CairnError of `unlock`; `store-unreachable` and its like when no store could be asked */
export async function openHere(
  machine: Machine,
  given: Given,
  ports: Ports,
): Promise<OpenVault & { readonly past: Past }> {
  const { description } = machine
  const identity = await identityHere(machine, given, ports)
  const stores = openStores(machine, ports)
  const reading = { stores, identity, primitives: ports.primitives }
  const { stores: seen, from } = await recallSeen(machine, ports.disk)
  const past = asked(await readPast(stores, description, seen))
  return { description, reading, past: from === 'memory' ? past : { ...past, memory: 'lost' } }
}

/** The vault secret as an age identity; no store is asked. @throws CairnError of `unlock` */
export async function identityHere(machine: Machine, given: Given, ports: Ports): Promise<string> {
  const { policy, recipient } = machine.description
  const identities = [...(given.identities ?? []), ...(await computerKey(machine.home, ports))]
  const secret = await unlock(policy, { ...given, identities }, recipient)
  const identity = identityFromSecret(secret)
  secret.fill(0)
  return identity
}

/** The identity of the computer factor: none when it was not chosen. */
async function computerKey(home: VaultHome, { disk }: Ports): Promise<readonly string[]> {
  const file = await readIfThere(disk, home.computerKey)
  return file ? identitiesOf(text(file)) : []
}

/** The identities in a key file of age: lines that are neither empty nor comments. */
export function identitiesOf(keyFile: string): readonly string[] {
  const lines = keyFile.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}
