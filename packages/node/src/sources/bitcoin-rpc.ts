/**
 * A wallet of a running Bitcoin node. The node itself writes a copy with `backupwallet`, consistent at whatever it is
 * doing, and tells what the file does not hold. What comes back is a `wallet.dat`, that the node takes again with
 * `bitcoin-cli restorewallet NAME /path/to/wallet.dat`.
 */
import { constants } from 'node:fs'
import { access, type FileHandle, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { reach, readStart, realAccess } from './access.js'
import { type Call, rpcClient, urlOf } from './bitcoin-rpc/client.js'
import { parseRpcSpec, type RpcSpec } from './bitcoin-rpc/spec.js'
import { askNode } from './bitcoin-rpc/told.js'
import type { FileEntry, Source, View } from './source.js'

const PIECE_BYTES = 1024 * 1024
/** Writing a copy of 256 MiB to a slow disk takes a minute. */
const BACKUP = { timeoutMs: 600_000 }
const MAX_CREDENTIALS_BYTES = 4096
const FOLDER_PREFIX = 'cairn-copy-'
const ABANDONED_MS = 3_600_000

/** @throws CairnError `usage`, `secret-argument` for a spec that is none. */
export function bitcoinRpcSource(spec: string): Source {
  const parsed = parseRpcSpec(spec)
  return { spec, open: () => openView(parsed) }
}

async function openView(spec: RpcSpec): Promise<View> {
  const call = rpcClient({ ...spec, credentials: await readCredentials(spec) })
  const copy = await takeCopy(call, await chooseFolder(spec))
  try {
    return toView(copy, await askNode(call))
  } catch (error) {
    await copy.close()
    throw error
  }
}

/** @throws CairnError `node-unreachable` without the cookie of a running node, `password-file-open`, `usage`. */
async function readCredentials({ credentials: path, isCookie, ...spec }: RpcSpec): Promise<string> {
  try {
    const file = await reach(path, () => realAccess.resolve(path))
    if (!isCookie) await refuseOpenToOthers(file)
    const content = new TextDecoder().decode(await readStart(file, MAX_CREDENTIALS_BYTES, realAccess)).trim()
    return /^[^:\n]+:[^\n]*$/.test(content)
      ? content
      : fail('usage', { reason: `${path} must hold user:password and nothing else` })
  } catch (error) {
    if (isCookie && isCairnError(error, 'file-absent')) return fail('node-unreachable', { url: urlOf(spec) })
    throw error
  }
}

async function refuseOpenToOthers(path: string): Promise<void> {
  const { mode } = await reach(path, () => realAccess.stat(path))
  // Windows has no such bits
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) fail('password-file-open', { path })
}

/**
 * Beside the cookie, so in the node's own data folder: there the node may write, and its wallet lies on that disk
 * already.
 */
async function chooseFolder({ folder, credentials, isCookie }: RpcSpec): Promise<string> {
  if (folder !== null) return folder
  const own = dirname(credentials)
  const mayWrite =
    isCookie &&
    (await access(own, constants.W_OK).then(
      () => true,
      () => false,
    ))
  return mayWrite ? own : tmpdir()
}

interface Copy {
  readonly file: FileHandle
  readonly entry: FileEntry
  close(): Promise<void>
}

/**
 * The copy may hold private keys in clear. So its folder is for this user alone, and it is opened and deleted at once:
 * from then on only this process can read it, and nothing is left when it dies.
 */
async function takeCopy(call: Call, base: string): Promise<Copy> {
  await removeAbandoned(base)
  const folder = await reach(base, () => mkdtemp(join(base, FOLDER_PREFIX)))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await call('backupwallet', [join(folder, 'wallet.dat')], BACKUP)
    const copy = await openCopy(join(folder, 'wallet.dat'))
    await remove().catch(() => {}) // Windows keeps the folder of an open file; then it goes at the end
    return { ...copy, close: () => copy.file.close().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

async function openCopy(path: string): Promise<Omit<Copy, 'close'>> {
  try {
    const file = await reach(path, () => open(path, 'r'))
    const { size, mtimeMs, ino } = await file.stat()
    return {
      file,
      entry: { path: 'wallet.dat', size, mode: 0o600, mtimeMs, mark: `${ino} ${mtimeMs}`, settled: false },
    }
  } catch (error) {
    if (!isCairnError(error, 'file-absent')) throw error
    throw new CairnError('node-refused', {
      reason: 'it wrote its copy where this computer does not see it: add folder=',
    })
  }
}

/** Copies of runs that were killed while the node wrote. */
async function removeAbandoned(base: string): Promise<void> {
  const names = await reach(base, () => readdir(base))
  for (const path of names.filter((name) => name.startsWith(FOLDER_PREFIX)).map((name) => join(base, name))) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < Date.now() - ABANDONED_MS) await rm(path, { recursive: true, force: true })
  }
}

function toView({ file, entry, close }: Copy, told: View['told']): View {
  return {
    groups: [[entry]],
    leftOut: [],
    ...(told && { told }),
    read: () => readPieces(file, entry.size),
    again: async (group) => group,
    close,
  }
}

async function* readPieces(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < size; offset += PIECE_BYTES) {
    const piece = new Uint8Array(Math.min(PIECE_BYTES, size - offset))
    for (let filled = 0; filled < piece.length; ) {
      const { bytesRead } = await reach('wallet.dat', () =>
        file.read(piece, { offset: filled, position: offset + filled }),
      )
      if (bytesRead === 0) fail('file-changing', { path: 'wallet.dat' })
      filled += bytesRead
    }
    yield piece
  }
}
