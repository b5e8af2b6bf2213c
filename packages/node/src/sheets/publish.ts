/**
 * A proven sheet becomes a file: its bytes go into a new file that only its owner can read, are read back, and only then
 * get their name, which no other file has. Nothing is left when anything fails, or the process is told to end meanwhile.
 */
import { rmSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { equal, hex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'

/** @throws CairnError `sheet-unproven`, and the errors of the file system, `EEXIST` for a file that is there */
export async function publish(path: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${hex(random(6))}`)
  const drop = () => rmSync(draft, { force: true })
  process.on('exit', drop)
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!equal(await readFile(draft), bytes))
      fail('sheet-unproven', { what: 'the disk gives back other bytes' })
    // the name is taken before: a rename would put the sheet in the place of another file
    await (await open(path, 'wx', 0o600)).close()
    await rename(draft, path).catch(async (error: unknown) => {
      await rm(path, { force: true })
      throw error
    })
  } finally {
    process.off('exit', drop)
    await rm(draft, { force: true })
  }
}
