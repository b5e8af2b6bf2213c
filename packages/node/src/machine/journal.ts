/**
 * What ran on this machine and how it went, failures included: a file a month. It serves the calendar of `status
 * --history` and nothing else, so that whatever is wrong with it costs no backup: damaged or gone, it counts as empty.
 */
import { join } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { localError, readState, writeState } from './state.js'

/** Of one month; `cairn watch` may save a busy wallet every few minutes. */
const RUNS_LIMIT = 5_000
const MONTHS_LIMIT = 60

const part = z.strictObject({ name: z.string().max(300), state: z.string().max(40) })
const runSchema = z.strictObject({
  time: instant,
  what: z.enum(['backup', 'check']),
  /** Code of the error that ended it; absent when it came to its end. */
  error: z.string().max(60).optional(),
  wallets: z.array(part),
  stores: z.array(part),
  /** Bytes sent to all stores together. */
  sent: z.int().min(0).optional(),
})
const monthSchema = z.strictObject({ runs: z.array(runSchema).max(RUNS_LIMIT) })

export type RunNote = z.infer<typeof runSchema>

const fileOf = (home: VaultHome, month: string) => join(home.journal, `${month}.json`)

/** Adds a run. Never rejects for a disk that is full or denied: the run itself is what matters. */
export async function noteRun(disk: Disk, home: VaultHome, run: RunNote): Promise<void> {
  const month = run.time.slice(0, 7)
  try {
    const before = await readMonth(disk, home, month)
    await disk.makeFolder(home.journal).catch((error) => localError(error, home.journal))
    await writeState(disk, fileOf(home, month), { runs: [...before, run].slice(-RUNS_LIMIT) })
  } catch (error) {
    if (!isCairnError(error)) throw error
  }
}

/** Oldest first, of the months from this one on. @param since an instant */
export async function readJournal(disk: Disk, home: VaultHome, since: string): Promise<readonly RunNote[]> {
  const names = await disk.list(home.journal).catch(() => [])
  const months = names.flatMap(({ name }) => /^(\d{4}-\d\d)\.json$/.exec(name)?.[1] ?? [])
  const wanted = months.filter((month) => month >= since.slice(0, 7)).sort()
  const runs = await Promise.all(wanted.slice(-MONTHS_LIMIT).map((month) => readMonth(disk, home, month)))
  return runs.flat().filter(({ time }) => time >= since)
}

async function readMonth(disk: Disk, home: VaultHome, month: string): Promise<readonly RunNote[]> {
  try {
    return (await readState(disk, fileOf(home, month), monthSchema))?.runs ?? []
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return []
    throw error
  }
}
