/**
 * A computer more for a vault that exists. Whoever opens the vault may add it: its signing key goes into vault.json, which
 * is authenticated with the vault secret. In this order, so that a cut leaves nothing half-made that matters:
 *  1. unlock, and make the key of this computer, or take the one of a join that was cut off or overtaken
 *  2. keep the key, the new vault.json and what the stores show now on this machine
 *  3. send vault.json to every store
 *  4. write the configuration: now commands find the vault
 * Nothing that is sealed or signed changes, and no other computer needs to be there.
 */
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import {
  authenticate,
  parseDescription,
  type VaultDescription,
  vaultFingerprint,
  writeDescription,
} from '@cairn/core/vault/description.js'
import { freeName, revised, withDevice } from '@cairn/core/vault/devices.js'
import { type DeviceKey, newDeviceKey } from '@cairn/core/vault/head.js'
import { lastSeen } from '@cairn/core/vault/history.js'
import { secretFromIdentity } from '@cairn/core/vault/identity.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { errno } from '../disk.js'
import { keepCredentials } from '../machine/credentials.js'
import {
  type Config,
  configFile,
  makeUsual,
  readConfig,
  readDeviceKey,
  writeDeviceKey,
} from '../machine/device.js'
import { type VaultHome, vaultHome } from '../machine/home.js'
import type { Keep } from '../machine/kept.js'
import { readSeen, writeSeen } from '../machine/memory.js'
import { localError, writeLocal, writeState } from '../machine/state.js'
import type { Ports, StorePlace } from '../ports.js'
import { requireAllApart } from './apart.js'
import { type Claim, type OpenVault, openVault, readPast } from './open.js'
import { findPlaces, takePlaces } from './saved-places.js'
import { knownDevices, type SentTo, saidBy, sendDescription } from './send-description.js'
import type { GivenCredentials } from './stores.js'

export interface JoinPlan {
  /** The state folder of this machine. */
  readonly home: string
  /** The folder for the configuration: new or empty. */
  readonly folder: string
  /** The stores of the vault that this machine will save to. */
  readonly stores: readonly Pick<StorePlace, 'name' | 'url'>[]
  /** By name of the store. */
  readonly credentials?: Readonly<Record<string, GivenCredentials>>
  /** What these stores say, opened under those names. */
  readonly claims: readonly Claim[]
  readonly given: Given
  /** Where the credentials are kept; in files when absent. */
  readonly keep?: Keep | undefined
  /** What the computer is called in the vault; its host name when absent. */
  readonly name?: string
}

export interface JoinReport {
  readonly description: VaultDescription
  readonly fingerprint: string
  readonly device: { readonly id: string; readonly name: string }
  readonly stores: readonly SentTo[]
}

/** @throws CairnError of `openVault`; `vault-exists`, `store-known`, `store-nested`, `device-known`, `device-removed`, `vault-overtaken` */
export async function join(plan: JoinPlan, ports: Ports): Promise<JoinReport> {
  const opened = await openVault(plan.claims, plan.given, ports.primitives)
  const { description: before } = opened
  const folder = resolve(plan.folder)
  await requireFree(folder, before.id, ports)
  await requireAllApart(plan.stores, ports)
  const home = vaultHome(plan.home, before.id)
  const key = (await readDeviceKey(ports.disk, home)) ?? newDeviceKey()
  const made = makeNew(opened, { plan, key, ports })
  await keepHere(home, { key, made, opened, plan, ports })
  const stores = await sendDescription(plan.claims, made.file)
  const config: Config = {
    format: 'cairn-config',
    version: 1,
    vault: before.id,
    stores: plan.stores.map(({ name, url }) => ({ name, url })),
  }
  await ports.disk.makeFolder(folder).catch((error) => localError(error, folder))
  await writeState(ports.disk, configFile(folder), config)
  await makeUsual(plan.home, folder, ports.disk)
  const { description } = made
  return {
    description,
    fingerprint: vaultFingerprint(description),
    device: { id: key.id, name: made.name },
    stores,
  }
}

/** A folder with the configuration of the same vault is that of a join that is done again. */
async function requireFree(folder: string, vault: string, { disk }: Ports): Promise<void> {
  try {
    if ((await disk.list(folder)).length === 0) return
  } catch (error) {
    if (errno(error) === 'ENOTDIR') return fail('vault-exists', { path: folder })
    if (errno(error) === 'ENOENT') return
    return localError(error, folder)
  }
  const there = await readConfig(disk, folder)
  if (there?.vault !== vault) fail('vault-exists', { path: folder })
}

interface Making {
  readonly plan: JoinPlan
  readonly key: DeviceKey
  readonly ports: Ports
}

interface Made {
  readonly description: VaultDescription
  readonly file: Uint8Array
  readonly name: string
}

function makeNew(opened: OpenVault, { plan, key, ports }: Making): Made {
  const { description: before, mac, reading } = opened
  const devices = knownDevices({ description: before, identity: reading.identity }, saidBy(plan.claims))
  const there = devices.find(({ id }) => id === key.id)
  if (there?.removed)
    fail('device-removed', {
      date: there.removed.time.slice(0, 10),
      path: vaultHome(plan.home, before.id).folder,
    })
  const name = plan.name ?? there?.name ?? freeName({ devices }, hostname())
  const device = { id: key.id, name, key: key.publicKey, added: there?.added ?? ports.now().toISOString() }
  const description = revised({ description: before, mac }, { devices: withDevice(devices, device) })
  const secret = secretFromIdentity(reading.identity)
  const file = writeDescription(description, secret)
  // read back as a stranger will
  authenticate(parseDescription(file), secret)
  secret.fill(0)
  return { description, file, name }
}

interface Keeping extends Making {
  readonly made: Made
  readonly opened: OpenVault
}

/** What the stores show now is remembered: from now on a store that shows less is known to lie. The list of places comes along. */
async function keepHere(home: VaultHome, { key, made, opened, plan, ports }: Keeping): Promise<void> {
  const { disk } = ports
  for (const folder of [home.folder, home.drills])
    await disk.makeFolder(folder).catch((error) => localError(error, folder))
  await writeDeviceKey(disk, home, { name: made.name, key })
  const { reading, description } = opened
  const identities = [reading.identity, ...(reading.retired ?? [])]
  const past = await readPast(reading.stores, description, { identities })
  const shown = past.stores.map(({ store, heads }) => [store.name, lastSeen(heads)] as const)
  const list = await findPlaces(reading, past.heads).catch(() => undefined) // of no use to the join itself
  if (list !== undefined) await takePlaces({ home }, list, ports)
  const seen = await readSeen(disk, home)
  await writeSeen(disk, home, { ...seen, stores: { ...Object.fromEntries(shown), ...seen.stores } })
  await writeLocal(disk, home.description, made.file)
  for (const [store, given] of Object.entries(plan.credentials ?? {}))
    await keepCredentials(ports, home, { store, ...given, keep: plan.keep })
}
