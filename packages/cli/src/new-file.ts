/** New files that hold a secret: all of them or none, and none in the place of another. */
import { lstat, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { publish } from '@cairn/node/sheets/publish.js'
import { failFile } from './input.js'

export interface NewFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** All of them, or none. @throws CairnError `file-exists`, `sheet-unproven` and the errors of `failFile` */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const written: string[] = []
  try {
    for (const { path, bytes } of files) {
      await publish(path, bytes).catch((error: unknown) => failFile(error, path))
      written.push(path)
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true })
    throw error
  }
}

/** Before anything is asked or made. @throws CairnError `file-exists`, `file-absent` for a folder that is not there */
export async function refuseExisting(path: string): Promise<void> {
  const folder = dirname(path)
  await lstat(folder).catch((error: unknown) => failFile(error, folder))
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  if (isThere) fail('file-exists', { path })
}
