/**
 * What the last look for alarms found that `status` does not look for itself, since it takes long or looks outside of
 * this vault: wallets that nobody saves, rehearsals that are late. It only reminds: damaged or gone, it counts as nothing.
 */
import { join } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import { ALARMS, type Alarm, type AlarmKind } from '@cairn/core/plan/alarms.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readState, writeState } from './state.js'

const schema = z.strictObject({
  time: instant,
  alarms: z.array(
    z.strictObject({
      kind: z.enum(Object.keys(ALARMS) as [AlarmKind, ...AlarmKind[]]),
      about: z.string().optional(),
      since: instant.optional(),
    }),
  ),
})

const fileOf = (home: VaultHome) => join(home.folder, 'looked.json')

export async function readLooked(disk: Disk, home: VaultHome): Promise<readonly Alarm[]> {
  try {
    return ((await readState(disk, fileOf(home), schema))?.alarms ?? []) as readonly Alarm[]
  } catch (error) {
    if (isCairnError(error)) return []
    throw error
  }
}

/** Never rejects for a disk that is full or denied: it only reminds, and the alarms themselves are to be told. */
export async function writeLooked(
  disk: Disk,
  home: VaultHome,
  { alarms, now }: { readonly alarms: readonly Alarm[]; readonly now: Date },
): Promise<void> {
  try {
    await writeState(disk, fileOf(home), { time: now.toISOString(), alarms })
  } catch (error) {
    if (!isCairnError(error)) throw error
  }
}
