/**
 * Every file below a folder, for stores that have folders. Whoever answers may invent folders within folders and names
 * without end, so that a listing has bounds of its own.
 */
import { fail } from '@cairn/core/errors.js'
import { type Entry, isAbandoned, PART } from '../disk.js'
import { isLitter } from './litter.js'
import type { StoredObject } from './store.js'

/** Steps of a key: those of a vault have three, and a later format may have more. */
const MOST_STEPS = 16
/** Names of files and folders: 2 TiB of full packs, as many as S3 may list. */
export const MOST_NAMES = 1_000_000

export interface Walk {
  readonly store: string
  /** Folders that are asked for at once. */
  readonly width: number
  /** What is in a folder, of which the root is `''`; nothing when it is not there. */
  readonly entriesOf: (folder: string) => Promise<readonly Entry[]>
}

export interface Walked {
  readonly found: StoredObject[]
  /** Keys of parts that nobody writes any more. */
  readonly abandoned: string[]
}

/** @throws CairnError `store-unreachable` for a listing that goes on beyond what a vault can have */
export async function walk(prefix: string, { store, width, entriesOf }: Walk): Promise<Walked> {
  const walked: Walked = { found: [], abandoned: [] }
  let names = 0
  let folders = [prefix.replace(/\/$/, '')]
  while (folders.length > 0) {
    const deeper: string[] = []
    const look = async (folder: string) => {
      const entries = await entriesOf(folder)
      names += entries.length
      if (names > MOST_NAMES) endless(store)
      // not spread into a call: they may be more than it takes
      for (const below of sort(folder, entries, walked)) deeper.push(below)
    }
    for (let i = 0; i < folders.length; i += width) await Promise.all(folders.slice(i, i + width).map(look))
    if (deeper.some((folder) => folder.split('/').length >= MOST_STEPS)) endless(store)
    folders = deeper
  }
  return walked
}

/** @returns the folders among the entries */
function sort(folder: string, entries: readonly Entry[], { found, abandoned }: Walked): string[] {
  const folders: string[] = []
  for (const entry of entries) {
    if (isLitter(entry.name)) continue
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.kind === 'folder') folders.push(key)
    else if (isAbandoned(entry)) abandoned.push(key)
    else if (entry.kind === 'file' && !entry.name.endsWith(PART)) found.push({ key, size: entry.size })
  }
  return folders
}

export function endless(store: string): never {
  return fail('store-unreachable', { store, reason: 'its listing does not come to an end' })
}
