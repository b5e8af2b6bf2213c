/** A folder on a disk or a removable drive as a store. */
import { dirname, join } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { type Disk, errno, realDisk, removeAbandoned, writeWhole } from '../disk.js'
import type { Store, StoredObject } from './store.js'
import { TOO_LARGE } from './too-large.js'
import { walk } from './walk.js'

export interface FolderOptions {
  readonly name: string
  readonly path: string
  readonly disk?: Disk
}

/**
 * @param options.path absolute path of a folder that exists; it is never made here, so that a drive that is
 *   not plugged in is not mistaken for an empty store, nor written to under its mount point
 */
export function folderStore({ name, path, disk = realDisk }: FolderOptions): Store {
  const madeFolders = new Set<string>()
  /** Parts that `list` came across; the next `put` removes them, since reading must not change anything. */
  const abandoned = new Set<string>()
  const asked = async <T>(key: string, work: () => Promise<T>, damage: Context['damage'] = 'of-all') => {
    try {
      return await work()
    } catch (error) {
      return storeError(error, { store: name, key, rootIsThere: await isThere(disk, path), damage })
    }
  }
  return {
    name,
    place: path,
    get: (key) => asked(key, () => disk.read(join(path, key)), 'of-one'),
    put: (key, bytes) => asked(key, () => put(disk, { root: path, key, bytes, madeFolders, abandoned })),
    list: (prefix) => asked(prefix, () => list(disk, { store: name, root: path, prefix, abandoned })),
    remove: (key) => asked(key, () => remove(disk, path, key)),
    tidy: (prefix) => asked(prefix, () => tidy(disk, join(path, prefix).replace(/[\\/]$/, ''), madeFolders)),
  }
}

interface Put {
  readonly root: string
  readonly key: string
  readonly bytes: Uint8Array
  readonly madeFolders: Set<string>
  readonly abandoned: Set<string>
}

async function put(disk: Disk, { root, key, bytes, madeFolders, abandoned }: Put): Promise<void> {
  if (madeFolders.size === 0) await disk.list(root)
  await removeAbandoned(disk, abandoned)
  abandoned.clear()
  const folder = dirname(join(root, key))
  if (!madeFolders.has(folder)) await disk.makeFolder(folder)
  madeFolders.add(folder)
  await writeWhole(disk, join(root, key), bytes)
}

async function remove(disk: Disk, root: string, key: string): Promise<void> {
  try {
    await disk.remove(join(root, key))
  } catch (error) {
    // gone is gone, but a drive that is not plugged in is not a drive without the file
    if (errno(error) !== 'ENOENT' || !(await isThere(disk, root))) throw error
  }
}

async function tidy(disk: Disk, folder: string, madeFolders: Set<string>): Promise<void> {
  if ((await entriesOf(disk, folder)).length > 0) return
  madeFolders.delete(folder)
  await disk.removeFolder(folder)
}

async function isThere(disk: Disk, root: string): Promise<boolean> {
  return disk.list(root).then(
    () => true,
    () => false,
  )
}

interface List extends Pick<Put, 'root' | 'abandoned'> {
  readonly store: string
  readonly prefix: string
}

async function list(disk: Disk, { store, root, prefix, abandoned }: List): Promise<StoredObject[]> {
  await disk.list(root)
  const entriesIn = (folder: string) => entriesOf(disk, join(root, folder))
  const walked = await walk(prefix, { store, width: 1, entriesOf: entriesIn })
  for (const key of walked.abandoned) abandoned.add(join(root, key))
  return walked.found
}

async function entriesOf(disk: Disk, folder: string) {
  try {
    return await disk.list(folder)
  } catch (error) {
    if (errno(error) === 'ENOENT') return []
    throw error
  }
}

interface Context {
  readonly store: string
  readonly key: string
  readonly rootIsThere: boolean
  /** `of-one`: when the medium fails, it says nothing of other keys. */
  readonly damage: 'of-one' | 'of-all'
}

/** The medium does not give back what lies there: bad sectors, checksums of a file system that do not agree. */
const MEDIUM: readonly string[] = ['EIO', 'EUCLEAN', 'EBADMSG', 'EFBIG']

function storeError(error: unknown, { store, key, rootIsThere, damage }: Context): never {
  const code = errno(error)
  if (code === undefined) throw error
  if (code === 'ENOENT' && rootIsThere && !key.endsWith('/')) return fail('object-missing', { object: key })
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('store-full', { store })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return fail('store-denied', { store })
  const reason = rootIsThere ? inTheWay(code, key) : (reasons[code] ?? code)
  if (MEDIUM.includes(code) && rootIsThere && damage === 'of-one')
    return fail('object-unreadable', { store, object: key, reason })
  return fail('store-unreachable', { store, reason })
}

/** Something of another kind lies where Cairn's own lies: whoever reads this can move it away. */
function inTheWay(code: string, key: string): string {
  if (code === 'ENOTDIR') return `${key} is not a folder, or lies below one that is none`
  if (code === 'EISDIR' || code === 'ENOTEMPTY') return `a folder is in the way of ${key}`
  return reasons[code] ?? code
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder is not there',
  ENOTDIR: 'its path is not a folder',
  EIO: 'the drive reports an error',
  EUCLEAN: 'the file system is damaged',
  EBADMSG: 'the drive reports an error',
  EFBIG: TOO_LARGE,
}
