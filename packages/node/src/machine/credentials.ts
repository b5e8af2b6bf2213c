/**
 * What opens the stores of this machine, kept in its state folder: one file a store, mode 0600, as it was given. Not
 * in the configuration, which lies beside the vault and may be shared. A key file that it names stays where it is.
 */
import { join } from 'node:path'
import type { Disk } from '../disk.js'
import type { StorePlace } from '../ports.js'
import { parseCredentials } from '../stores/credentials.js'
import type { VaultHome } from './home.js'
import { localError, writeLocal } from './state.js'

/** @param store name of the store */
export function credentialsFile(home: VaultHome, store: string): string {
  return join(home.credentials, `${encodeURIComponent(store)}.toml`)
}

/** The place with where its credentials are kept here, whether there are any or not. */
export function withCredentials(home: VaultHome, place: StorePlace): StorePlace {
  return { ...place, credentials: credentialsFile(home, place.name) }
}

/** @throws CairnError `credentials-invalid`, named by where they came from */
export async function keepCredentials(
  disk: Disk,
  home: VaultHome,
  { store, bytes, from }: { readonly store: string; readonly bytes: Uint8Array; readonly from: string },
): Promise<void> {
  await parseCredentials(bytes, from)
  await disk.makeFolder(home.credentials).catch((error) => localError(error, home.credentials))
  await writeLocal(disk, credentialsFile(home, store), bytes)
}

export async function forgetCredentials(disk: Disk, home: VaultHome, store: string): Promise<void> {
  await disk.remove(credentialsFile(home, store)).catch(() => {})
}
