/**
 * The disk as the vault sees it: few operations, so that a simulated disk (un-synced writes lost, torn or
 * reordered, the n-th call failing) can take its place. Nothing is durable before `sync`; a new or renamed
 * name is not durable before `syncFolder`.
 */
import {
  closeSync,
  constants,
  type Dirent,
  fchmodSync,
  fstatSync,
  fsync,
  futimesSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { hex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'

export interface DiskFile {
  write(bytes: Uint8Array, offset: number): Promise<void>
  /** Permission bits and modification time, in milliseconds since 1970. */
  mark(as: { readonly mode?: number; readonly mtimeMs?: number }): Promise<void>
  /** Contents reach the medium (fsync). */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface Disk {
  /** Creates a file that must not exist, mode 0600. */
  create(path: string): Promise<DiskFile>
  read(path: string): Promise<Uint8Array>
  /** The bytes of a file of any size; each piece holds until the next one is asked for. */
  pieces(path: string): AsyncIterable<Uint8Array>
  /** Atomic; replaces what was there. */
  rename(from: string, to: string): Promise<void>
  /** Makes a folder and its parents, mode 0700, and makes their names durable. */
  makeFolder(path: string): Promise<void>
  /** Names in the folder reach the medium. */
  syncFolder(path: string): Promise<void>
  /** Names in a folder with their kind and size; a folder that does not exist is an ENOENT error. */
  list(path: string): Promise<readonly Entry[]>
  /** The path without links, as the disk spells it; of what does not exist an ENOENT error. */
  realPath(path: string): Promise<string>
  remove(path: string): Promise<void>
  /** Removes a folder with all that is in it; nothing when it is not there. */
  removeFolder(path: string): Promise<void>
}

export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly size: number
  /** Of a file: milliseconds since its contents last changed. */
  readonly ageMs: number
}

/**
 * Calls that return at once are made synchronously: handing one to the thread pool and back takes ten times as long as
 * the call itself (2,000 small files written: 2.5 s, and 0.2 s this way). What may wait for the medium does not block.
 */
export const realDisk: Disk = {
  create: async (path) => {
    const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    return {
      write: async (bytes, offset) => writeAll(file, bytes, offset),
      mark: async ({ mode, mtimeMs }) => {
        if (mode !== undefined) fchmodSync(file, mode)
        if (mtimeMs !== undefined) futimesSync(file, new Date(mtimeMs), new Date(mtimeMs))
      },
      sync: () => syncInPool(file),
      close: async () => closeSync(file),
    }
  },
  read: async (path) => readRegular(path),
  pieces: readPieces,
  rename,
  makeFolder: async (path) => {
    const made = await makeWithParents(path)
    if (made === undefined) return
    for (let folder = path; folder.length >= made.length; folder = dirname(folder))
      await syncFolder(dirname(folder))
  },
  syncFolder,
  list: async (path) => {
    const entries = await readdir(path, { withFileTypes: true })
    const found = await Promise.all(entries.map((entry) => entryOf(path, entry)))
    return found.filter((entry) => entry !== undefined)
  },
  realPath: (path) => realpath(path),
  remove: (path) => rm(path),
  // work that was stopped may write its last file while its folder is removed
  removeFolder: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),
}

/** How the names of files end that are not written to their end yet. */
export const PART = '.part'

/** No single file takes an hour to write: an older part was left by a process that was killed. */
export const ABANDONED_MS = 3_600_000

/** True for a part that nobody writes any more; a younger one may be the work of another machine. */
export function isAbandoned({ name, kind, ageMs }: Entry): boolean {
  return kind === 'file' && name.endsWith(PART) && ageMs > ABANDONED_MS
}

/** Removes files that nobody needs; one that stays is no reason to stop the work that follows. */
export async function removeAbandoned(disk: Disk, paths: Iterable<string>): Promise<void> {
  for (const path of paths) await disk.remove(path).catch(() => {})
}

/** Writes a file whole or not at all: a temporary name beside it, synced, renamed, and the folder synced. */
export async function writeWhole(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${hex(random(6))}${PART}`
  const file = await disk.create(temporary)
  try {
    try {
      await file.write(bytes, 0)
      // before the rename: a rename may reach the medium before the contents do
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(temporary, path)
  } catch (error) {
    await disk.remove(temporary).catch(() => {})
    throw error
  }
  await disk.syncFolder(dirname(path))
}

/** The errno code of a system error, or undefined. */
export function errno(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' && !isCairnError(error) ? error.code : undefined
}

function writeAll(file: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, offset + done)
  }
}

/**
 * A pipe or device is no file, as in `list`: opening one without O_NONBLOCK would wait for a writer and hold up the whole
 * process, so that no deadline comes to its turn.
 */
function readRegular(path: string): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile() && !stats.isDirectory()) throw noFile()
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** A pipe or device counts as not there. */
export function noFile(): Error {
  return Object.assign(new Error('not a regular file'), { code: 'ENOENT' })
}

/**
 * The first folder that was made, undefined for none. Not `recursive` of Node, which tries for ever where a folder that
 * exists says ENOENT: /proc, and mount points of an automounter whose drive is away.
 */
async function makeWithParents(path: string): Promise<string | undefined> {
  const make = () => mkdir(path, { mode: 0o700 })
  try {
    await make()
    return path
  } catch (error) {
    if (errno(error) !== 'ENOENT') return existing(path, error)
  }
  const parent = dirname(path)
  const first = parent === path ? undefined : await makeWithParents(parent)
  try {
    await make()
    return first ?? path
  } catch (error) {
    await existing(path, error)
    return first
  }
}

async function existing(path: string, error: unknown): Promise<undefined> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats?.isDirectory()) throw error
}

const PIECE_BYTES = 1024 * 1024

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = openSync(path, constants.O_RDONLY)
  try {
    const buffer = new Uint8Array(Math.min(PIECE_BYTES, fstatSync(file).size))
    for (let count = -1; count !== 0 && buffer.length > 0; ) {
      count = readSync(file, buffer)
      if (count > 0) yield buffer.subarray(0, count)
    }
  } finally {
    closeSync(file)
  }
}

const syncInPool = promisify(fsync)

async function syncFolder(path: string): Promise<void> {
  // Windows has no folder handles; NTFS journals names by itself
  if (process.platform === 'win32') return
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Undefined for a file that went away since its name was read: another machine renamed it, or removed it. */
async function entryOf(folder: string, entry: Dirent): Promise<Entry | undefined> {
  const { name } = entry
  if (entry.isDirectory()) return { name, kind: 'folder', size: 0, ageMs: 0 }
  if (!entry.isFile()) return { name, kind: 'other', size: 0, ageMs: 0 }
  try {
    const { size, mtimeMs } = await stat(join(folder, name))
    return { name, kind: 'file', size, ageMs: Date.now() - mtimeMs }
  } catch (error) {
    if (errno(error) === 'ENOENT') return undefined
    throw error
  }
}
