/** From the URL of a store to the store: one row a kind. */
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fail } from '@cairn/core/errors.js'
import type { Disk } from '../disk.js'
import type { StorePlace } from '../ports.js'
import { folderStore } from './folder.js'
import type { Store } from './store.js'

export function openStore(place: StorePlace, disk: Disk): Store {
  return folderStore({ name: place.name, path: folderOf(place), disk })
}

/** The path of a folder store. @throws CairnError `usage` for a kind that is not known */
export function folderOf({ url }: StorePlace): string {
  if (url.startsWith('file:')) return fileURLToPath(url)
  return fail('usage', { reason: 'only folders can be stores: give a path or a file: URL' })
}

/** What the configuration keeps of a path or URL that a person typed. */
export function storeUrl(typed: string): string {
  return /^[a-z][a-z0-9+.-]+:/.test(typed) ? typed : pathToFileURL(resolve(typed)).href
}
