/**
 * When what was rehearsed on this machine, and whether it went well: that and nothing else. It only paces reminders, and
 * counts as empty when it is damaged; what is proven is in the signed certificates.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Material } from '@cairn/core/plan/rehearse.js'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readState, writeState } from './state.js'

/** More than the interval needs to reach its end. */
const KEPT_OF_EACH = 20

const rowSchema = z.strictObject({
  what: z.enum(['restore', 'words', 'sheet', 'holder', 'passphrase', 'place', 'heir']),
  /** Of the wallet, the factor, or the person. */
  name: z.string().max(64),
  /** What it was then: another one now means that it changed since. */
  version: z.string().max(64),
  time: instant,
  ok: z.boolean(),
  /** How long it took. */
  seconds: z.int().min(0).optional(),
})
const schema = z.strictObject({ rehearsals: z.array(rowSchema) })

export type RehearsalRow = z.infer<typeof rowSchema>

/** In the order in which they were. */
export async function readRehearsals(disk: Disk, home: VaultHome): Promise<readonly RehearsalRow[]> {
  try {
    return (await readState(disk, home.rehearsals, schema))?.rehearsals ?? []
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return []
    throw error
  }
}

export async function addRehearsals(
  disk: Disk,
  home: VaultHome,
  rows: readonly RehearsalRow[],
): Promise<void> {
  if (rows.length === 0) return
  const all = [...(await readRehearsals(disk, home)), ...rows]
  const kept = all.filter(({ what, name }, i) => {
    const later = all.slice(i + 1).filter((row) => row.what === what && row.name === name)
    return later.length < KEPT_OF_EACH
  })
  await writeState(disk, home.rehearsals, { rehearsals: kept })
}

/** The rows of one thing. */
export function rowsOf(
  rows: readonly RehearsalRow[],
  thing: { readonly what: Material; readonly name: string },
): readonly RehearsalRow[] {
  return rows.filter(({ what, name }) => what === thing.what && name === thing.name)
}
