/**
 * The disk as a source sees it: names, times and bytes, never a write. Another one takes its place in tests,
 * to make files change, vanish or fail at a chosen moment.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  read,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { promisify } from 'node:util'
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'

export interface Stat {
  readonly kind: 'file' | 'folder' | 'link' | 'special'
  readonly size: number
  readonly mode: number
  readonly mtimeMs: number
  /** When bytes, mode, owner or link count last changed, with its fraction; no program can set it back. */
  readonly ctimeMs: number
  /** Inode, size and both times to the nanosecond. The device is left out: its number changes on a reboot. */
  readonly mark: string
}

export interface OpenFile {
  stat(): Promise<Stat>
  /** Fills the buffer from the given offset as far as the file goes; returns how many bytes. */
  read(into: Uint8Array, offset: number): Promise<number>
  close(): Promise<void>
}

export interface Access {
  now(): number
  /** Does not follow a symbolic link. */
  stat(path: string): Promise<Stat>
  /** Names in a folder, as bytes: a name need not be text. */
  list(path: string): Promise<readonly Buffer[]>
  /** The same as text, in a tenth of the memory; a name that is none is another one. */
  names(path: string): Promise<readonly string[]>
  /** The path without symbolic links. */
  resolve(path: string): Promise<string>
  /** For reading; never follows a link in the last part of the path, never waits for a pipe to be written. */
  open(path: string): Promise<OpenFile>
}

/**
 * Calls that return at once are made synchronously: handing one to the thread pool and back took ten times as
 * long as the call itself (2,000 files: 1.1 s, and 0.1 s this way). Long reads go to the pool, so that sealing goes on meanwhile.
 */
export const realAccess: Access = {
  now: Date.now,
  stat: async (path) => toStat(lstatSync(path, { bigint: true })),
  list: async (path) => readdirSync(path, { encoding: 'buffer' }),
  names: async (path) => readdirSync(path),
  resolve: async (path) => realpathSync(path),
  open: async (path) => {
    // both flags are absent on Windows, which has neither such links nor such pipes among files
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
    const file = openSync(path, flags)
    return {
      stat: async () => toStat(fstatSync(file, { bigint: true })),
      read: (into, offset) => fill(file, into, offset),
      close: async () => closeSync(file),
    }
  },
}

const LONG_BYTES = 256 * 1024
const readInPool = promisify(read)

async function fill(file: number, into: Uint8Array, offset: number): Promise<number> {
  let filled = 0
  while (filled < into.length) {
    const rest = into.subarray(filled)
    const count =
      rest.length < LONG_BYTES
        ? readSync(file, rest, { position: offset + filled })
        : (await readInPool(file, rest, 0, rest.length, offset + filled)).bytesRead
    if (count === 0) break
    filled += count
  }
  return filled
}

/** The first bytes of a file, at most `limit`. @throws CairnError `file-absent`, `file-denied`, `file-unreadable`. */
export async function readStart(path: string, limit: number, access: Access): Promise<Uint8Array> {
  const file = await reach(path, () => access.open(path))
  try {
    const { size, kind } = await reach(path, () => file.stat())
    if (kind !== 'file') return fail('file-special', { path })
    const bytes = new Uint8Array(Math.min(size, limit))
    return bytes.subarray(0, await reach(path, () => file.read(bytes, 0)))
  } finally {
    await file.close()
  }
}

/** Runs a disk operation and names its failure after the path the user knows. */
export async function reach<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw isCairnError(error) ? error : new CairnError(codeOf(error), { path })
  }
}

function codeOf(error: unknown): 'file-absent' | 'file-denied' | 'file-unreadable' {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'file-absent'
  // ELOOP is what O_NOFOLLOW answers when a file was replaced by a link
  if (code === 'ELOOP') return 'file-absent'
  return code === 'EACCES' || code === 'EPERM' ? 'file-denied' : 'file-unreadable'
}

function toStat(stats: BigIntStats): Stat {
  const { ino, size, mtimeNs, ctimeNs } = stats
  return {
    kind: kindOf(stats),
    size: Number(size),
    mode: Number(stats.mode & 0o777n),
    mtimeMs: Number(stats.mtimeMs),
    ctimeMs: Number(ctimeNs) / 1e6,
    mark: [ino, size, mtimeNs, ctimeNs].join(' '),
  }
}

function kindOf(stats: BigIntStats): Stat['kind'] {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  return stats.isSymbolicLink() ? 'link' : 'special'
}
