/**
 * The disk as the vault sees it: few operations, so that a simulated disk (un-synced writes lost, torn or
 * reordered, the n-th call failing) can take its place. Nothing is durable before `sync`; a new or renamed
 * name is not durable before `syncFolder`.
 */
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  /** Atomic; replaces what was there. */
  rename(from: string, to: string): Promise<void>
  /** Makes a folder and its parents, mode 0700, and makes their names durable. */
  makeFolder(path: string): Promise<void>
  /** Names in the folder reach the medium. */
  syncFolder(path: string): Promise<void>
  /** Names in a folder with their kind and size; a folder that does not exist is an ENOENT error. */
  list(path: string): Promise<readonly Entry[]>
  remove(path: string): Promise<void>
  /** Removes a folder with all that is in it; nothing when it is not there. */
  removeFolder(path: string): Promise<void>
}

export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly size: number
}

export const realDisk: Disk = {
  create: async (path) => {
    const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    return {
      write: (bytes, offset) => writeAll(handle, bytes, offset),
      mark: async ({ mode, mtimeMs }) => {
        if (mode !== undefined) await handle.chmod(mode)
        if (mtimeMs !== undefined) await handle.utimes(new Date(mtimeMs), new Date(mtimeMs))
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  },
  read: readFile,
  rename,
  makeFolder: async (path) => {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made === undefined) return
    for (let folder = path; folder.length >= made.length; folder = dirname(folder))
      await syncFolder(dirname(folder))
  },
  syncFolder,
  list: async (path) => {
    const entries = await readdir(path, { withFileTypes: true })
    return Promise.all(
      entries.map(async (entry) => ({ name: entry.name, ...(await kindAndSize(path, entry)) })),
    )
  },
  remove: (path) => rm(path),
  removeFolder: (path) => rm(path, { recursive: true, force: true }),
}

/** Writes a file whole or not at all: a temporary name beside it, synced, renamed, and the folder synced. */
export async function writeWhole(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${hex(random(6))}.part`
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

async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done)
    done += bytesWritten
  }
}

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

async function kindAndSize(
  folder: string,
  entry: { readonly name: string; isFile(): boolean; isDirectory(): boolean },
): Promise<Pick<Entry, 'kind' | 'size'>> {
  if (entry.isDirectory()) return { kind: 'folder', size: 0 }
  if (!entry.isFile()) return { kind: 'other', size: 0 }
  return { kind: 'file', size: (await stat(join(folder, entry.name))).size }
}
