/** From the stores and the factors at hand to an open vault: for `restore`, `drill` and `check`. */
import { text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { vaultHome } from '@cairn/node/machine/home.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readIfThere } from '@cairn/node/machine/state.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { storeUrl } from '@cairn/node/stores/open.js'
import { asked, type OpenVault, openVault, type Past, readClaims, readPast } from '@cairn/node/vault/open.js'
import { identitiesOf, identityHere, openHere as openKnown } from '@cairn/node/vault/open-here.js'
import type { Context } from './context.js'
import { collectFactors, type FactorOptions } from './factors.js'

export interface Opened extends OpenVault {
  readonly past: Past
}

/** The vault of this machine; the key of its computer factor comes along by itself. */
export async function unlockHere(
  context: Context,
  machine: Machine,
  options: FactorOptions,
): Promise<Opened> {
  return openKnown(machine, await collectHere(context, machine, options), ports)
}

/** The key of every object, as an age identity; no store is asked. */
export async function identityOf(
  context: Context,
  machine: Machine,
  options: FactorOptions,
): Promise<string> {
  return identityHere(machine, await collectHere(context, machine, options), ports)
}

async function collectHere(context: Context, machine: Machine, options: FactorOptions) {
  const { policy } = machine.description
  const key = await readIfThere(ports.disk, machine.home.computerKey)
  return collectFactors(context, { policy, options, keys: key === undefined ? 0 : 1 })
}

/** Any vault, by its stores and factors alone. */
export async function unlockElsewhere(
  context: Context,
  from: readonly string[],
  options: FactorOptions,
): Promise<Opened> {
  const claims = await readClaims(from.map((typed, i) => ports.openStore(toPlace(typed, i))))
  const claimed = claims.find(({ signed }) => signed !== undefined)?.signed?.description
  if (claimed === undefined) return fail('store-absent', { store: from[0] ?? '' })
  const key = await readIfThere(ports.disk, vaultHome(context.home, claimed.id).computerKey)
  const own = key === undefined ? [] : identitiesOf(text(key))
  const given = await collectFactors(context, { policy: claimed.policy, options, keys: own.length })
  const identities = [...(given.identities ?? []), ...own]
  const vault = await openVault(claims, { ...given, identities }, ports.primitives)
  return { ...vault, past: asked(await readPast(vault.reading.stores, vault.description)) }
}

function toPlace(typed: string, i: number) {
  return { name: `store ${i + 1}`, url: storeUrl(typed) }
}
