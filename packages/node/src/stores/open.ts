/**
 * From the URL of a store to the store: one row a kind. A kind other than the folder is a file that exports a
 * function from `Opening` to a store; it is loaded, with its client library, when such a store is first used.
 */
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { readKept } from '../machine/kept.js'
import type { StorePlace } from '../ports.js'
import { type Credentials, parseCredentials } from './credentials.js'
import { folderStore } from './folder.js'
import { lazyStore } from './lazy.js'
import type { Kind, Opening, StorePorts } from './opening.js'
import type { Store } from './store.js'
import { withRetry } from './wrap/retry.js'
import { withWidth } from './wrap/width.js'

/** By the scheme of the URL; all but folders are reached over a network. */
const KINDS: Readonly<Record<string, Kind>> = {
  s3: async (opening) => (await import('./s3.js')).s3Store(opening),
  https: async (opening) => (await import('./webdav.js')).webdavStore(opening),
  http: async (opening) => (await import('./webdav.js')).webdavStore(opening),
  sftp: async (opening) => (await import('./sftp.js')).sftpStore(opening),
  rclone: async (opening) => (await import('./rclone.js')).openRclone(opening),
}

/** The store at a place; nothing is loaded or asked yet. @throws CairnError `usage` for a kind that is not known */
export function openStore(place: StorePlace, ports: StorePorts): Store {
  if (isFolder(place)) return openFolder(place, ports)
  const kind = KINDS[schemeOf(place.url)]
  if (kind === undefined) return fail('store-kind', { known: ['file', ...Object.keys(KINDS)].join(', ') })
  const opening: Opening = {
    name: place.name,
    url: place.url,
    credentials: () => credentialsOf(place, ports),
    ports,
  }
  const store = lazyStore({ name: place.name, place: place.url }, () => kind(opening))
  return withWidth(withRetry(store, ports.wait))
}

function openFolder(place: StorePlace, { disk, drives }: StorePorts): Store {
  const at = { name: place.name, path: folderOf(place) }
  // one call at a time, so that a drive that hangs takes one thread of the four
  return drives === undefined
    ? folderStore({ ...at, disk })
    : withWidth(folderStore({ ...at, disk: drives }), 1)
}

async function credentialsOf({ credentials: path }: StorePlace, ports: StorePorts): Promise<Credentials> {
  if (path === undefined) return {}
  try {
    const kept = await readKept(ports, path)
    return kept === undefined ? {} : await parseCredentials(kept, path)
  } catch (error) {
    if (!isCairnError(error, 'file-denied') && !isCairnError(error, 'file-unreadable')) throw error
    return fail('credentials-invalid', { path, reason: 'it cannot be read' })
  }
}

export function isFolder({ url }: StorePlace): boolean {
  return schemeOf(url) === 'file'
}

/** The path of a folder store. @throws CairnError `usage` for another kind, and for a host in the URL */
export function folderOf(place: StorePlace): string {
  if (!isFolder(place)) return fail('usage', { reason: 'this store is no folder' })
  try {
    return fileURLToPath(place.url)
  } catch {
    return fail('usage', { reason: 'the URL of a folder is file:///path' })
  }
}

/** What the configuration keeps of a path or URL that a person typed. */
export function storeUrl(typed: string): string {
  // one letter and a colon is a drive of Windows
  return schemeOf(typed) === '' ? pathToFileURL(resolve(typed)).href : typed
}

function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase() ?? ''
}
