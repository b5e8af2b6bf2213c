/**
 * The disk of a drive that may not answer: a share of a server that is gone, a drive that is failing. Every call waits
 * in the thread pool and none in the kernel with the whole process, as the quick ones of `realDisk` do, so that a
 * deadline can pass and everybody else goes on. A thread that hangs is never given back: whoever uses this makes one
 * call at a time, and a process with a thread that hangs cannot end by itself (`drives-at-work.ts`).
 */
import { close, constants, fstat, open as openFile, read } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import { type Disk, noFile, realDisk } from './disk.js'
import { counted } from './drives-at-work.js'

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL

export const driveDisk: Disk = {
  create: (path) =>
    counted(async () => {
      const file = await open(path, NEW, 0o600)
      return {
        write: (bytes, offset) =>
          counted(async () => {
            for (let done = 0; done < bytes.length; ) {
              const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done)
              done += bytesWritten
            }
          }),
        mark: ({ mode, mtimeMs }) =>
          counted(async () => {
            if (mode !== undefined) await file.chmod(mode)
            if (mtimeMs !== undefined) await file.utimes(new Date(mtimeMs), new Date(mtimeMs))
          }),
        sync: () => counted(() => file.sync()),
        close: () => counted(() => file.close()),
      }
    }),
  read: (path) => counted(() => readWhole(path)),
  pieces: realDisk.pieces,
  rename: (from, to) => counted(() => realDisk.rename(from, to)),
  makeFolder: (path) => counted(() => realDisk.makeFolder(path)),
  syncFolder: (path) => counted(() => realDisk.syncFolder(path)),
  list: (path) => counted(() => realDisk.list(path)),
  realPath: (path) => counted(() => realDisk.realPath(path)),
  remove: (path) => counted(() => realDisk.remove(path)),
  removeFolder: (path) => counted(() => realDisk.removeFolder(path)),
}

const [openInPool, readInPool, statInPool, closeInPool] = [
  promisify(openFile),
  promisify(read),
  promisify(fstat),
  promisify(close),
]

/**
 * In as few calls as can be: each goes to a thread and back, which takes longer than the call. Without O_NONBLOCK a pipe
 * that somebody put there would hold a thread, and its store, for as long as nobody writes to it.
 */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await openInPool(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = await statInPool(file)
    if (!stats.isFile() && !stats.isDirectory()) throw noFile()
    // nothing of a vault is larger, and whoever writes to the drive decides how large this is
    if (stats.size > OBJECT_LIMIT_BYTES) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    const bytes = new Uint8Array(stats.size)
    let done = 0
    for (let count = -1; count !== 0 && done < bytes.length; done += count)
      count = (await readInPool(file, bytes, done, bytes.length - done, done)).bytesRead
    return bytes.subarray(0, done)
  } finally {
    counted(() => closeInPool(file)).catch(() => {})
  }
}
