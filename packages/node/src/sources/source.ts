/**
 * Where a wallet's bytes come from, and how they are copied while its program may be writing them.
 * A source is opened once a backup and gives a view: groups of files that only make sense together.
 * It is not a place where backups go (`stores/`), and it never writes to the wallet.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { concat } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import type { Told } from '@cairn/core/records/told.js'
import type { WalletFile } from '@cairn/core/types.js'
import type { Slabs } from '../slabs.js'

/** One file of a wallet, as it was listed. */
export interface FileEntry {
  /** Relative to the wallet, forward slashes, no `..`, no leading slash; of a single file, its name. */
  readonly path: string
  readonly size: number
  /** Permission bits, 0 to 0o777. */
  readonly mode: number
  readonly mtimeMs: number
  /** Opaque; another one means that the file was replaced or written to. */
  readonly mark: string
  /**
   * The mark may be trusted later: the file had been left alone long enough that a further change gets
   * another time, however coarse the clock of the file system. Then an equal mark means equal bytes.
   */
  readonly settled: boolean
}

/** Files that belong together, such as a SQLite database and its journal. Almost always one file. */
export type FileGroup = readonly FileEntry[]

/** What lies in the folder and is not saved. The target of a `link-inside` is saved under its own name. */
export interface LeftOut {
  readonly path: string
  readonly why: 'link-inside' | 'link-outside' | 'special'
}

export interface View {
  /** Sorted by the path of their first file. */
  readonly groups: readonly FileGroup[]
  readonly leftOut: readonly LeftOut[]
  /** What the wallet's program tells beyond the bytes of its files. */
  readonly told?: Told
  /**
   * The bytes of one listed file in pieces of 1 MiB, the last one shorter: each begins at a multiple of
   * 64 KiB. Each is taken from the slabs of `open`, for the reader to release. Nothing is opened before the first
   * piece is asked for.
   * @throws CairnError `file-changing` at the start or at the end when it is not, or not any more, the file
   * that was listed: the pieces so far are then worthless. `file-absent`, `file-denied`.
   */
  read(entry: FileEntry): AsyncIterable<Uint8Array>
  /** The same group as it is now: other marks, more files or fewer; empty when all are gone. */
  again(group: FileGroup): Promise<FileGroup>
  close(): Promise<void>
}

export interface Source {
  /** How it is named on the command line and remembered: a path, or `bitcoin-rpc:…`. Never a secret. */
  readonly spec: string
  /**
   * @param slabs what pieces are read into; without it every piece is a buffer of its own
   * @throws CairnError `file-absent`, `file-denied`, `file-special`, `node-unreachable`, `node-refused`.
   */
  open(slabs?: Slabs): Promise<View>
  /**
   * What `open` would find looks like, for whoever looks often: nothing of it is kept. Absent where it is not cheaper.
   * @throws CairnError as `open`
   */
  look?(): Promise<Appearance>
}

/** Files as they are seen from outside. */
export interface Appearance {
  /** Another hash when any file is another. */
  readonly mark: string
  /** When the newest file was written to, in milliseconds; 0 without any. */
  readonly newestMs: number
}

/** What the taker made of a file, beside the entry as it was when its bytes were right. */
export interface Taken<T> {
  readonly entry: FileEntry
  readonly value: T
}

const TRIES = 3
const PAUSE_MS = 100

/**
 * Hands each file of a group to `take` until all of them stood still from the first byte to the last.
 * `take` may be called again for the same path; only what it returned last counts. It may leave `pieces`
 * alone when it knows the bytes by their mark.
 * @throws CairnError `file-changing` when the third copy changed too, and whatever `read` and `take` throw.
 */
export async function copyGroup<T>(
  view: View,
  group: FileGroup,
  take: (entry: FileEntry, pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<readonly Taken<T>[]> {
  for (let attempt = 1, now = group; ; attempt++) {
    try {
      return await copyOnce(view, now, take)
    } catch (error) {
      if (!isCairnError(error, 'file-changing', 'file-absent') || attempt === TRIES) throw error
    }
    await wait(PAUSE_MS)
    now = await view.again(group)
  }
}

async function copyOnce<T>(
  view: View,
  group: FileGroup,
  take: (entry: FileEntry, pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<readonly Taken<T>[]> {
  const taken: Taken<T>[] = []
  for (const entry of group) taken.push({ entry, value: await take(entry, view.read(entry)) })
  // `read` vouches for one file; several must have stood still together
  if (group.length > 1 && marks(await view.again(group)) !== marks(group)) {
    fail('file-changing', { path: group[0]?.path ?? '' })
  }
  return taken
}

function marks(group: FileGroup): string {
  return group.map(({ path, mark }) => `${path} ${mark}`).join('\n')
}

/**
 * All files at once, for wallets small enough to be read in memory; null when they have more bytes than `limit`.
 * @throws CairnError as `copyGroup`.
 */
export async function collect(view: View, limit: number): Promise<readonly WalletFile[] | null> {
  const files: WalletFile[] = []
  let room = limit
  for (const group of view.groups) {
    if (group.reduce((sum, { size }) => sum + size, 0) > room) return null
    for (const { entry, value } of await copyGroup(view, group, (_, pieces) => join(pieces))) {
      files.push({ path: entry.path, bytes: value })
      room -= value.length
    }
  }
  return files
}

async function join(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return all.length === 1 ? (all[0] as Uint8Array) : concat(...all)
}
