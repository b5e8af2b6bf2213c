/** The list of who holds what where, as this machine keeps it; `plan/places.ts` of the core says what it holds. */
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { formatPlaces, parsePlaces, type Thing } from '@cairn/core/plan/places.js'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readIfThere, writeLocal } from './state.js'

/** @throws CairnError `places-damaged` */
export async function readPlaces(disk: Disk, { places }: VaultHome): Promise<readonly Thing[]> {
  const bytes = await readIfThere(disk, places)
  return bytes === undefined ? [] : parsePlaces(decoded(bytes))
}

export async function writePlaces(disk: Disk, home: VaultHome, things: readonly Thing[]): Promise<void> {
  await writeLocal(disk, home.places, utf8(formatPlaces(things)))
}

function decoded(bytes: Uint8Array): string {
  try {
    return text(bytes)
  } catch {
    return fail('places-damaged')
  }
}
