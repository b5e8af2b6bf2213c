/**
 * Files over SFTP (draft-ietf-secsh-filexfer-02, version 3 of the protocol, which servers speak) with the extensions
 * of OpenSSH's PROTOCOL file, section 4, where the server has them: `posix-rename@openssh.com`, `fsync@openssh.com`,
 * `statvfs@openssh.com`.
 */
import { posix } from 'node:path'
import { CairnError } from '@cairn/core/errors.js'
import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { type Done, type Session, statusOf } from './session.js'

/** Section 7 of the draft, and the two of later versions that say more than a failure. */
export const STATUS = {
  end: 1,
  noSuchFile: 2,
  denied: 3,
  failure: 4,
  unsupported: 8,
  writeProtected: 12,
  noSpace: 14,
  quota: 15,
} as const

type Handle = Buffer

/** Of one request to read or write. Servers take at least 32 KiB; what is more than a server takes is divided. */
const PIECE_BYTES = 128 * 1024
/** Requests under way for one file: as much as the window of the channel holds. */
const LANES = 16

/**
 * The bytes of a file, or undefined for one that is larger than the limit.
 * @throws a status of the server
 */
export async function readFile(
  session: Session,
  path: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  return withHandle(session, { path, flags: 'r' }, async (handle) => {
    const { size } = await session.ask<Stats>((sftp, done) => sftp.fstat(handle, done))
    if (size > limit) return undefined
    const bytes = Buffer.alloc(size)
    await inLanes(size, (from, to) => readPiece({ session, handle, bytes }, from, to))
    return bytes
  })
}

/** Writes a file that must not exist, mode 0600, down to the medium. @throws a status of the server */
export async function writeNewFile(session: Session, path: string, bytes: Uint8Array): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  await withHandle(session, { path, flags: 'wx' }, async (handle) => {
    await inLanes(bytes.length, (from, to) =>
      session.ask((sftp, done) => sftp.write(handle, buffer, from, to - from, from, done)),
    )
    await sync(session, handle)
  })
}

/** Gives a file its name, in one step where the server can. @throws a status of the server */
export async function rename(session: Session, from: string, to: string): Promise<void> {
  if (await extension(session, (sftp, done) => sftp.ext_openssh_rename(from, to, done))) return
  // section 6.5: "It is an error if there already exists a file with the name specified by newpath." Of several
  // writers that make place one is first, and the others do it again.
  const plain = () => session.ask<void>((sftp, done) => sftp.rename(from, to, done))
  for (let tries = 1; tries < RENAME_TRIES; tries++) {
    if (await plain().then(yes, (error) => ignore(error, STATUS.failure))) return
    await removeFile(session, to).catch((error) => ignore(error, STATUS.noSuchFile))
  }
  await plain()
}

const RENAME_TRIES = 8
const yes = () => true

function ignore(error: unknown, status: number): false {
  if (statusOf(error) === status) return false
  throw error
}

export async function removeFile(session: Session, path: string): Promise<void> {
  await session.ask((sftp, done) => sftp.unlink(path, done))
}

/** @throws a status of the server, also when something lies in it */
export async function removeFolder(session: Session, path: string): Promise<void> {
  await session.ask((sftp, done) => sftp.rmdir(path, done))
}

/**
 * Without `.` and `..`, and without names that are no names. A server may go on without end.
 * @param came is told of how many names came with each answer, and throws when they are too many
 */
export async function entriesOf(
  session: Session,
  folder: string,
  came: (count: number) => void,
): Promise<FileEntryWithStats[]> {
  const open = () => session.ask<Handle>((sftp, done) => sftp.opendir(folder, done))
  return useHandle(session, open, async (handle) => {
    const entries: FileEntryWithStats[] = []
    for (;;) {
      const piece = await pieceOf(session, handle)
      if (piece === undefined) return entries
      came(Math.max(1, piece.length))
      entries.push(...piece.filter(({ filename }) => filename !== '' && !/[/\0]/.test(filename)))
    }
  })
}

/** Undefined after the last one. */
async function pieceOf(session: Session, handle: Handle): Promise<FileEntryWithStats[] | undefined> {
  try {
    return await session.ask<FileEntryWithStats[]>((sftp, done) => sftp.readdir(handle, done))
  } catch (error) {
    if (statusOf(error) === STATUS.end) return undefined
    throw error
  }
}

export async function isFolder(session: Session, path: string): Promise<boolean> {
  try {
    return (await session.ask<Stats>((sftp, done) => sftp.stat(path, done))).isDirectory()
  } catch (error) {
    if (statusOf(error) === STATUS.noSuchFile) return false
    throw error
  }
}

/** Makes a folder and its parents below the root, which is never made. @throws a status of the server */
export async function makeFolders(session: Session, root: string, folder: string): Promise<void> {
  if (folder === '' || folder === '.') return
  const make = () =>
    session.ask<void>((sftp, done) => sftp.mkdir(posix.join(root, folder), { mode: 0o700 }, done))
  const parent = posix.dirname(folder)
  try {
    await make()
  } catch (error) {
    const status = statusOf(error)
    // a failure is all that version 3 says of a name that is taken; what is then put there tells
    if (status === STATUS.failure) return
    if (status !== STATUS.noSuchFile || parent === '.') throw error
    await makeFolders(session, root, parent)
    await makeFolders(session, root, folder)
    return
  }
  await syncFolder(session, posix.join(root, parent))
}

/** Names in a folder reach the medium, on servers that let a folder be synced as OpenSSH on Unix does. */
export async function syncFolder(session: Session, path: string): Promise<void> {
  try {
    await withHandle(session, { path, flags: 'r' }, (handle) => sync(session, handle))
  } catch (error) {
    if (statusOf(error) === undefined) throw error
  }
}

/** Bytes that can still be written at a path, where the server tells. */
export async function freeBytes(session: Session, path: string): Promise<number | undefined> {
  try {
    const { f_bavail, f_frsize } = await session.ask<Record<string, number>>((sftp, done) =>
      sftp.ext_openssh_statvfs(path, (error, info) => done(error, info)),
    )
    return Number(f_bavail) * Number(f_frsize)
  } catch (error) {
    if (error instanceof CairnError) throw error
    return undefined
  }
}

interface Opening {
  readonly path: string
  readonly flags: 'r' | 'wx'
}

async function withHandle<T>(
  session: Session,
  { path, flags }: Opening,
  use: (handle: Handle) => Promise<T>,
): Promise<T> {
  const open = () => session.ask<Handle>((sftp, done) => sftp.open(path, flags, { mode: 0o600 }, done))
  return useHandle(session, open, use)
}

async function useHandle<T>(
  session: Session,
  open: () => Promise<Handle>,
  use: (handle: Handle) => Promise<T>,
): Promise<T> {
  const handle = await open()
  const close = session.ask<void>
  try {
    const result = await use(handle)
    await close((sftp, done) => sftp.close(handle, done))
    return result
  } catch (error) {
    close((sftp, done) => sftp.close(handle, done)).catch(() => {})
    throw error
  }
}

async function sync(session: Session, handle: Handle): Promise<void> {
  await extension(session, (sftp, done) => sftp.ext_openssh_fsync(handle, (error) => done(error)))
}

/** False when the server lacks it. The library throws for one that the server did not name. */
async function extension(
  session: Session,
  request: (sftp: SFTPWrapper, done: (error?: Error | null) => void) => void,
): Promise<boolean> {
  try {
    await session.ask<void>((sftp, done) => request(sftp, done as Done<void>))
    return true
  } catch (error) {
    const status = statusOf(error)
    if (error instanceof CairnError || (status !== undefined && status !== STATUS.unsupported)) throw error
    return false
  }
}

interface Reading {
  readonly session: Session
  readonly handle: Handle
  readonly bytes: Buffer
}

async function readPiece({ session, handle, bytes }: Reading, from: number, to: number): Promise<void> {
  for (let at = from; at < to; ) {
    const read = await session.ask<number>((sftp, done) =>
      sftp.read(handle, bytes, at, to - at, at, (error, count) => done(error, count)),
    )
    // a file that was cut shorter while it was read
    if (read === 0) throw Object.assign(new Error('end of file'), { code: STATUS.failure })
    at += read
  }
}

/** Does the pieces of so many bytes, several at a time; after a failure no further piece is begun. */
async function inLanes(size: number, work: (from: number, to: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < size) {
      const from = next
      next = Math.min(size, from + PIECE_BYTES)
      await work(from, next).catch((error) => {
        next = size
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}
