/** From the stores and the factors at hand to an open vault: for `restore`, `drill` and `check`. */
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { deviceName, deviceNamed } from '@cairn/core/vault/devices.js'
import type { Policy } from '@cairn/core/vault/policy.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { type VaultHome, vaultHome } from '@cairn/node/machine/home.js'
import { isKeychainError } from '@cairn/node/machine/kept.js'
import type { Machine } from '@cairn/node/machine/open.js'
import type { StorePlace } from '@cairn/node/ports.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { isFolder, storeUrl } from '@cairn/node/stores/open.js'
import type { Store } from '@cairn/node/stores/store.js'
import { asked, type OpenVault, openVault, type Past, readClaims, readPast } from '@cairn/node/vault/open.js'
import { openHere as openKnown, type Secrets, secretsHere } from '@cairn/node/vault/open-here.js'
import { openPlace } from '@cairn/node/vault/open-stores.js'
import { keysOf, ownKeys } from '@cairn/node/vault/own-keys.js'
import { claimedPolicy } from '@cairn/node/vault/unlock-here.js'
import type { Context } from './context.js'
import { givenCredentials } from './credentials.js'
import { collectFactors, type FactorOptions } from './factors.js'

export interface Opened extends OpenVault {
  readonly past: Past
}

export interface Whose {
  readonly device?: string
  readonly own?: string
  readonly nameOf: (device: string) => string
}

/** Whose snapshots are meant: of the device that was named, or first of this one where it is a device of the vault. */
export function whose(
  { description }: Opened,
  named: string | undefined,
  machine?: Pick<Machine, 'device'>,
): Whose {
  return {
    nameOf: (id) => deviceName(description, id),
    ...(named === undefined ? {} : { device: deviceNamed(description, named).id }),
    ...(machine === undefined ? {} : { own: machine.device.id }),
  }
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
  const keys = await keysHere(context, machine.home, policy)
  return collectFactors(context, { policy, options, keys })
}

/** The keys of this computer; that its keychain does not give them is told, since other factors may do. */
export async function keysHere(
  context: Context,
  home: VaultHome,
  policy: Policy,
): Promise<readonly string[]> {
  try {
    await keysOf(home, ports)
  } catch (error) {
    if (!isKeychainError(error)) throw error
    if (!context.quiet) process.stderr.write(`Without the key of this computer: ${error.message}.\n`)
    return []
  }
  return ownKeys(home, policy, ports)
}

interface ElsewhereOptions extends FactorOptions {
  readonly credentialsFile?: readonly string[]
  /** Names of factors that the person is not asked for. */
  readonly unasked?: readonly string[]
}

/** Any vault, by its stores and factors alone. */
export async function unlockElsewhere(
  context: Context,
  from: readonly string[],
  options: ElsewhereOptions,
): Promise<Opened> {
  const places = await toPlaces(from, options.credentialsFile ?? [])
  const vault = await unlockStores(
    context,
    places.map((place) => openPlace(place, ports)),
    options,
  )
  const { stores, identity, retired = [] } = vault.reading
  const past = await readPast(stores, vault.description, { identities: [identity, ...retired] })
  return { ...vault, past: asked(past) }
}

/** What these stores, or what shows itself as one, say that they are, opened with the factors at hand. */
export async function unlockStores(
  context: Context,
  stores: readonly Store[],
  options: ElsewhereOptions,
): Promise<OpenVault> {
  const claims = await readClaims(stores)
  const claimed = claims.find(({ signed }) => signed !== undefined)?.signed?.description
  if (claimed === undefined) return fail('store-absent', { store: stores[0]?.place ?? '' })
  const own = await keysHere(context, vaultHome(context.home, claimed.id), claimed.policy)
  const given = await collectFactors(context, {
    ...{ policy: claimed.policy, options, keys: own },
    ...(options.unasked === undefined ? {} : { unasked: options.unasked }),
  })
  const identities = [...(given.identities ?? []), ...own]
  return openVault(claims, { ...given, identities }, ports.primitives)
}

/** Names of stores that have none yet; never what stands before the host of a URL, which may be a secret. */
function labelsOf(from: readonly string[]): readonly string[] {
  const labels = from.map((typed) => {
    const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]+):(.*)$/i.exec(typed) ?? []
    if (scheme === undefined) return typed
    const host = URL.canParse(typed) ? new URL(typed).hostname : ''
    if (host !== '') return `${scheme}://${host}`
    return scheme === 'file'
      ? rest.replace(/^\/\//, '')
      : (/^\w[\w.-]*:/.exec(rest)?.[0].slice(0, -1) ?? scheme)
  })
  return labels.map((label, i) => (labels.indexOf(label) === i ? label : `${label} (${i + 1})`))
}

/** The n-th store that is no folder takes the n-th file of credentials; the last one serves the rest. */
export async function toPlaces(
  from: readonly string[],
  files: readonly string[],
): Promise<readonly StorePlace[]> {
  for (const file of files) await givenCredentials(file)
  const paths = files.map((file) => resolve(file))
  const labels = labelsOf(from)
  let next = 0
  return from.map((typed, i) => {
    const place = { name: labels[i] as string, url: storeUrl(typed) }
    const credentials = isFolder(place) ? undefined : (paths[next++] ?? paths.at(-1))
    return credentials === undefined ? place : { ...place, credentials }
  })
}
