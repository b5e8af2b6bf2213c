/**
 * Bounded reading of secrets from files and standard input. Standard input is read once: two secrets
 * cannot both come from it.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { text } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'

/** More than any phrase, passphrase or set of shares; a wallet file is read elsewhere. */
export const MAX_SECRET_BYTES = 65_536

let taken = false

/** All of standard input. @throws CairnError `usage`, `input-too-long`. */
export async function readStdin(limit: number): Promise<Uint8Array> {
  if (taken) return fail('usage', { reason: 'only one secret can come from standard input' })
  taken = true
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limit) return fail('input-too-long', { limit })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A whole file of at most `limit` bytes. @throws CairnError `file-absent`, `file-denied`, `file-folder`, `input-too-long`. */
export async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const buffer = Buffer.alloc(limit + 1)
      const length = await fill(file, buffer)
      if (length > limit) return fail('input-too-long', { limit })
      return buffer.subarray(0, length)
    } finally {
      await file.close()
    }
  } catch (error) {
    return failFile(error, path)
  }
}

async function fill(file: FileHandle, buffer: Buffer): Promise<number> {
  let at = 0
  while (at < buffer.length) {
    const { bytesRead } = await file.read(buffer, at, buffer.length - at, null)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return at
}

/** The catalogued error for an error of the file system; anything else passes. */
export function failFile(error: unknown, path: string): never {
  if (isCairnError(error)) throw error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return fail('file-absent', { path })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return fail('file-denied', { path })
  if (code === 'EISDIR') return fail('file-folder', { path })
  if (code === 'EEXIST') return fail('file-exists', { path })
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full')
  throw error
}

/** A new file that only its owner can read. @throws CairnError `file-exists` and the errors of `failFile`. */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    failFile(error, path)
  }
}

/** The text of a file that holds a secret, or of standard input when it is named `-`. */
export async function readSecret(file: string): Promise<string> {
  return secretText(
    file === '-' ? await readStdin(MAX_SECRET_BYTES) : await readBounded(file, MAX_SECRET_BYTES),
  )
}

/** Strict UTF-8 without the one line end that an editor or `echo` puts at the end. */
export function secretText(bytes: Uint8Array): string {
  let decoded: string
  try {
    decoded = text(bytes)
  } catch {
    return fail('input-not-text')
  }
  return decoded.replace(/\r?\n$/, '')
}
