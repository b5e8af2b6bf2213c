/** Files that are to be new: looked at before a secret is asked for, so that nobody types it in vain. */
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { failFile } from './input.js'

/** @throws CairnError `file-exists`, `file-absent` for a folder that is not there */
export async function refuseExisting(path: string): Promise<void> {
  const folder = dirname(path)
  await lstat(folder).catch((error: unknown) => failFile(error, folder))
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  if (isThere) fail('file-exists', { path })
}
