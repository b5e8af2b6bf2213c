/**
 * What opens the stores of this machine, kept in its state folder, one file a store, mode 0600, as it was given, or in
 * the keychain. Not in the configuration, which lies beside the vault and may be shared. A key file that it names stays
 * where it is.
 */
import { join } from 'node:path'
import type { Disk } from '../disk.js'
import type { StorePlace } from '../ports.js'
import { parseCredentials } from '../stores/credentials.js'
import type { Device } from './device.js'
import type { VaultHome } from './home.js'
import { forgetKept, type Keeping, type KeepPorts, type Kept, whereKept, writeKept } from './kept.js'
import { localError } from './state.js'

/** @param store name of the store */
export function credentialsFile(home: VaultHome, store: string): string {
  return join(home.credentials, `${encodeURIComponent(store)}.toml`)
}

/** The place with where its credentials are kept here, whether there are any or not. */
export function withCredentials(home: VaultHome, place: StorePlace): StorePlace {
  return { ...place, credentials: credentialsFile(home, place.name) }
}

/** Where the secrets of this machine lie; the keychain is not asked. */
export interface KeptHere {
  /** The key of the computer factor; null when there is none. */
  readonly key: Kept | null
  /** By name of the store, of those that have some. */
  readonly credentials: Readonly<Record<string, Kept>>
}

export async function keptHere(
  { home, config }: Pick<Device, 'home' | 'config'>,
  disk: Disk,
): Promise<KeptHere> {
  const credentials: Record<string, Kept> = {}
  for (const { name } of config.stores) {
    const where = await whereKept(disk, credentialsFile(home, name))
    if (where !== null) credentials[name] = where
  }
  return { key: await whereKept(disk, home.computerKey), credentials }
}

/** @throws CairnError `credentials-invalid`, named by where they came from */
export async function keepCredentials(
  ports: KeepPorts,
  home: VaultHome,
  { store, from, ...keeping }: Keeping & { readonly store: string; readonly from: string },
): Promise<void> {
  await parseCredentials(keeping.bytes, from)
  await ports.disk.makeFolder(home.credentials).catch((error) => localError(error, home.credentials))
  await writeKept(ports, credentialsFile(home, store), keeping)
}

export async function forgetCredentials(ports: KeepPorts, home: VaultHome, store: string): Promise<void> {
  await forgetKept(ports, credentialsFile(home, store))
}
