/** From the stores and the factors at hand to an open vault: for `restore`, `drill` and `check`. */
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { vaultHome } from '@cairn/node/machine/home.js'
import type { Machine } from '@cairn/node/machine/open.js'
import type { StorePlace } from '@cairn/node/ports.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { isFolder, storeUrl } from '@cairn/node/stores/open.js'
import { asked, type OpenVault, openVault, type Past, readClaims, readPast } from '@cairn/node/vault/open.js'
import { openHere as openKnown, type Secrets, secretsHere } from '@cairn/node/vault/open-here.js'
import { openPlace } from '@cairn/node/vault/open-stores.js'
import { ownKeys } from '@cairn/node/vault/own-keys.js'
import { claimedPolicy } from '@cairn/node/vault/unlock-here.js'
import type { Context } from './context.js'
import { givenCredentials } from './credentials.js'
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

/** The keys of every object. */
export async function secretsOf(
  context: Context,
  machine: Machine,
  options: FactorOptions,
): Promise<Secrets> {
  return secretsHere(machine, await collectHere(context, machine, options), ports)
}

/** The factors that a person brings, as the newest policy asks for them. */
export async function collectHere(
  context: Context,
  machine: Machine,
  options: FactorOptions,
): Promise<Given> {
  const policy = await claimedPolicy(machine, ports)
  const keys = await ownKeys(machine.home, policy, ports.disk)
  return collectFactors(context, { policy, options, keys })
}

/** Any vault, by its stores and factors alone. */
export async function unlockElsewhere(
  context: Context,
  from: readonly string[],
  options: FactorOptions & { readonly credentialsFile?: readonly string[] },
): Promise<Opened> {
  const places = await toPlaces(from, options.credentialsFile ?? [])
  const claims = await readClaims(places.map((place) => openPlace(place, ports)))
  const claimed = claims.find(({ signed }) => signed !== undefined)?.signed?.description
  if (claimed === undefined) return fail('store-absent', { store: from[0] ?? '' })
  const own = await ownKeys(vaultHome(context.home, claimed.id), claimed.policy, ports.disk)
  const given = await collectFactors(context, { policy: claimed.policy, options, keys: own })
  const identities = [...(given.identities ?? []), ...own]
  const vault = await openVault(claims, { ...given, identities }, ports.primitives)
  const { stores, identity, retired = [] } = vault.reading
  const past = await readPast(stores, vault.description, { identities: [identity, ...retired] })
  return { ...vault, past: asked(past) }
}

/** The n-th store that is no folder takes the n-th file of credentials; the last one serves the rest. */
async function toPlaces(from: readonly string[], files: readonly string[]): Promise<readonly StorePlace[]> {
  for (const file of files) await givenCredentials(file)
  const paths = files.map((file) => resolve(file))
  let next = 0
  return from.map((typed, i) => {
    const place = { name: `store ${i + 1}`, url: storeUrl(typed) }
    const credentials = isFolder(place) ? undefined : (paths[next++] ?? paths.at(-1))
    return credentials === undefined ? place : { ...place, credentials }
  })
}
