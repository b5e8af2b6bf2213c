/**
 * That the system was given a job for this vault, and when that last ran. Two files, since two write them: whoever
 * installs and removes the job, and the job itself. A note of the installation that is damaged counts as one of long
 * ago, so that a job which is silent is still missed; `cairn schedule install` and `remove` write it anew.
 */
import { join } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import type { Scheduled } from '@cairn/core/plan/silence.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { localError, readIfThere, readState, writeState } from './state.js'

const schema = z.strictObject({ time: instant })
const LONG_AGO = '1970-01-01T00:00:00.000Z'

const installedFile = (home: VaultHome) => join(home.folder, 'schedule-installed.json')
const ranFile = (home: VaultHome) => join(home.folder, 'schedule-ran.json')

/** Null when no job was installed, or it was removed on purpose. @throws CairnError `file-denied` */
export async function readScheduled(disk: Disk, home: VaultHome): Promise<Scheduled | null> {
  const installed = await timeIn(disk, installedFile(home), LONG_AGO)
  return installed === null ? null : { installed, ran: await timeIn(disk, ranFile(home), null) }
}

/** @throws CairnError `disk-full`, `file-denied` */
export async function noteInstalled(disk: Disk, home: VaultHome, now: Date): Promise<void> {
  await writeState(disk, installedFile(home), { time: now.toISOString() })
}

/** From now on nobody misses the job. @throws CairnError `file-denied` */
export async function noteRemoved(disk: Disk, home: VaultHome): Promise<void> {
  const path = installedFile(home)
  if ((await readIfThere(disk, path)) === undefined) return
  await disk.remove(path).catch((error) => localError(error, path))
}

/** Never rejects for a disk that is full or denied: the run itself is what matters. */
export async function noteRan(disk: Disk, home: VaultHome, now: Date): Promise<void> {
  try {
    await writeState(disk, ranFile(home), { time: now.toISOString() })
  } catch (error) {
    if (!isCairnError(error)) throw error
  }
}

async function timeIn<T>(disk: Disk, path: string, damaged: T): Promise<string | T | null> {
  try {
    return (await readState(disk, path, schema))?.time ?? null
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return damaged
    throw error
  }
}
