/** Small JSON files of this machine: written whole or not at all, mode 0600, parsed before they are trusted. */
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { ZodType } from 'zod'
import { type Disk, errno, writeWhole } from '../disk.js'

/** The parsed file, or undefined when there is none. @throws CairnError `state-damaged` */
export async function readState<T>(disk: Disk, path: string, schema: ZodType<T>): Promise<T | undefined> {
  const bytes = await readIfThere(disk, path)
  if (bytes === undefined) return undefined
  const parsed = schema.safeParse(parseJson(bytes))
  return parsed.success ? parsed.data : fail('state-damaged', { path })
}

export async function writeState(disk: Disk, path: string, value: unknown): Promise<void> {
  await writeLocal(disk, path, utf8(`${JSON.stringify(value, null, 2)}\n`))
}

/** Writes a local file whole or not at all. @throws CairnError `disk-full`, `file-denied` */
export async function writeLocal(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(disk, path, bytes)
  } catch (error) {
    return localError(error, path)
  }
}

/** The bytes of a local file, or undefined when there is none. @throws CairnError `file-denied` */
export async function readIfThere(disk: Disk, path: string): Promise<Uint8Array | undefined> {
  try {
    return await disk.read(path)
  } catch (error) {
    if (errno(error) === 'ENOENT') return undefined
    return localError(error, path)
  }
}

/** From a system error on a local path to a catalogued one; anything else is passed on. */
export function localError(error: unknown, path: string): never {
  const code = errno(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full')
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return fail('file-denied', { path })
  if (code === 'ENOENT' || code === 'ENOTDIR') return fail('file-absent', { path })
  if (code !== undefined) return fail('file-unreadable', { path })
  throw error
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}
