/** Makes a vault: its secret, the policy that unlocks it, this machine as its first device, its first stores. */
import { hostname } from 'node:os'
import { dirname, resolve } from 'node:path'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import {
  type VaultDescription,
  vaultFingerprint,
  versionFor,
  writeDescription,
} from '@cairn/core/vault/description.js'
import type { Strengths } from '@cairn/core/vault/exposure.js'
import { type DeviceKey, newDeviceKey } from '@cairn/core/vault/head.js'
import { type Identity, newIdentity, secretFromIdentity } from '@cairn/core/vault/identity.js'
import { README_FILE, VAULT_FILE } from '@cairn/core/vault/object.js'
import { type Grouped, makePolicy, type SheetWords } from '@cairn/core/vault/policy.js'
import { planOf } from '@cairn/core/vault/policy-edit.js'
import { storeReadme } from '@cairn/core/vault/readme.js'
import { type Disk, errno } from '../disk.js'
import { forgetCredentials, keepCredentials, withCredentials } from '../machine/credentials.js'
import { type Config, configFile, makeUsual, writeDeviceKey } from '../machine/device.js'
import { type VaultHome, vaultHome } from '../machine/home.js'
import { forgetKept, type Keep, writeKept } from '../machine/kept.js'
import { localError, writeLocal, writeState } from '../machine/state.js'
import { type Rate, rateAll, writeStrengths } from '../machine/strengths.js'
import type { Ports, StorePlace } from '../ports.js'
import { newDrive } from '../stores/drive.js'
import { folderOf, isFolder } from '../stores/open.js'
import { requireAllApart } from './apart.js'
import { type Accepted, refuseWeak } from './exposed.js'
import { openPlace } from './open-stores.js'
import { type AskedFactor, asksForComputer, keyFile, withComputerKey } from './own-keys.js'
import { keepProbe } from './probes.js'
import { putPlain } from './stored.js'
import { type GivenCredentials, proven, requireEmptyStore } from './stores.js'

export interface InitPlan {
  /** The state folder of this machine. */
  readonly home: string
  /** The folder of the vault: new or empty. */
  readonly folder: string
  readonly stores: readonly StorePlace[]
  /** By name of the store. */
  readonly credentials?: Readonly<Record<string, GivenCredentials>>
  readonly policy: Grouped<AskedFactor>
  /**
   * Hands over the words of the sheets, once: they are kept nowhere. Called before anything of the vault is
   * in a store; when it fails, nothing was made.
   */
  readonly deliver: (sheets: readonly SheetWords[], description: VaultDescription) => Promise<void>
  /** Rates the passphrases; without it nothing is known of them, and nothing refused, for a store abroad. */
  readonly rate?: Rate
  /** In what way one stolen thing may open the vault; in none when absent. */
  readonly accept?: readonly Accepted[]
  /** Where the key of this computer and the credentials are kept; in files when absent. */
  readonly keep?: Keep
  /** scrypt cost, log2 of N; lowered in tests only. */
  readonly logN?: number
}

export interface InitReport {
  readonly description: VaultDescription
  readonly fingerprint: string
  readonly config: Config
}

/** @throws CairnError `vault-exists`, `store-known`, `store-nested`, `policy-invalid`, `passphrase-weak` and those of disks and stores */
export async function init(plan: InitPlan, ports: Ports): Promise<InitReport> {
  const { disk } = ports
  const folder = resolve(plan.folder)
  await requireEmpty(disk, folder)
  for (const store of plan.stores) if (isFolder(store)) await requireEmpty(disk, folderOf(store))
  await requireAllApart(plan.stores, ports)
  const made = await makeVault(plan, ports)
  const home = vaultHome(plan.home, made.description.id)
  try {
    await keepOnMachine({ home, made, keep: plan.keep, ports })
    for (const [store, given] of Object.entries(plan.credentials ?? {}))
      await keepCredentials(ports, home, { store, ...given, keep: plan.keep })
    for (const place of plan.stores) if (!isFolder(place)) await requireProven(place, home, ports)
    await plan.deliver(made.sheets, made.description)
    const config: Config = {
      format: 'cairn-config',
      version: 1,
      vault: made.description.id,
      stores: plan.stores.map((place) => {
        const { name, url } = place
        return isFolder(place) ? { name, url, drive: newDrive() } : { name, url }
      }),
    }
    await makeFolderOf(disk, folder)
    await fillStores(config.stores, { folder, home, made, ports })
    await writeState(disk, configFile(folder), config)
    await makeUsual(plan.home, folder, disk)
    return { description: made.description, fingerprint: vaultFingerprint(made.description), config }
  } catch (error) {
    // what went wrong first is what the person can mend
    await forgetKept(ports, home.computerKey).catch(() => {})
    for (const store of Object.keys(plan.credentials ?? {}))
      await forgetCredentials(ports, home, store).catch(() => {})
    await disk.removeFolder(home.folder).catch(() => {})
    throw error
  }
}

interface Made {
  readonly description: VaultDescription
  readonly file: Uint8Array
  readonly sheets: readonly SheetWords[]
  readonly strengths: Strengths
  readonly device: DeviceKey
  readonly computer?: Identity
}

async function makeVault(plan: InitPlan, ports: Ports): Promise<Made> {
  const { identity, recipient } = newIdentity()
  const secret = secretFromIdentity(identity)
  const computer = asksForComputer(plan.policy) ? newIdentity() : undefined
  const asked = planOf(withComputerKey(plan.policy, computer?.recipient ?? ''), new Map())
  const cost = plan.logN === undefined ? undefined : { logN: plan.logN }
  const { policy, sheets } = await makePolicy(secret, asked, cost)
  const device = newDeviceKey()
  const now = ports.now().toISOString()
  const description: VaultDescription = {
    format: 'cairn-vault',
    version: versionFor(policy),
    id: hex(random(16)),
    created: now,
    revision: 1,
    recipient,
    policy,
    devices: [
      { id: device.id, name: hostname().slice(0, 128) || 'computer', key: device.publicKey, added: now },
    ],
  }
  const file = writeDescription(description, secret)
  secret.fill(0)
  const strengths = await rateAll(asked, plan.rate)
  if (plan.rate) refuseWeak(plan.stores, { shape: asked, strengths }, plan.accept)
  return { description, file, sheets, strengths, device, ...(computer ? { computer } : {}) }
}

async function keepOnMachine({
  home,
  made,
  keep,
  ports,
}: {
  home: VaultHome
  made: Made
  keep: Keep | undefined
  ports: Ports
}): Promise<void> {
  const { disk } = ports
  await makeFolderOf(disk, home.folder)
  await makeFolderOf(disk, home.drills)
  const name = made.description.devices[0]?.name ?? ''
  await writeDeviceKey(disk, home, { name, key: made.device })
  if (made.computer)
    await writeKept(ports, home.computerKey, {
      bytes: keyFile([made.computer.identity], made.description),
      keep,
    })
  await writeStrengths(disk, home, made.strengths)
  await writeLocal(disk, home.description, made.file)
}

interface Filling {
  readonly folder: string
  readonly home: VaultHome
  readonly made: Made
  readonly ports: Ports
}

/** Before the sheets are handed over: a place that cannot be used is no reason to print any. */
async function requireProven(place: StorePlace, home: VaultHome, ports: Ports): Promise<void> {
  const store = openPlace(withCredentials(home, place), ports)
  const report = await proven(store, ports)
  await requireEmptyStore(store)
  await keepProbe({ home }, { report, result: 'probed' }, ports)
}

async function fillStores(
  places: readonly StorePlace[],
  { folder, home, made, ports }: Filling,
): Promise<void> {
  for (const place of places) {
    if (isFolder(place)) await makeStoreFolder(folderOf(place), folder, ports)
    const target = [{ store: openPlace(withCredentials(home, place), ports) }]
    await putPlain(target, README_FILE, utf8(storeReadme(made.description)))
    await putPlain(target, VAULT_FILE, made.file)
  }
}
async function makeStoreFolder(path: string, vault: string, { disk }: Ports): Promise<void> {
  // below the vault's own folder it is made; elsewhere only in a folder that exists: a drive may be away
  if (!path.startsWith(vault)) await requireParent(disk, path)
  await makeFolderOf(disk, path)
}

async function requireEmpty(disk: Disk, path: string): Promise<void> {
  try {
    if ((await disk.list(path)).length > 0) fail('vault-exists', { path })
  } catch (error) {
    if (errno(error) === 'ENOTDIR') fail('vault-exists', { path })
    if (errno(error) !== 'ENOENT') localError(error, path)
  }
}

async function requireParent(disk: Disk, path: string): Promise<void> {
  await disk.list(dirname(path)).catch((error) => localError(error, dirname(path)))
}

async function makeFolderOf(disk: Disk, path: string): Promise<void> {
  await disk.makeFolder(path).catch((error) => localError(error, path))
}
