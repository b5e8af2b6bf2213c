/** The list of who holds what where, as this machine keeps it; `plan/places.ts` of the core says what it holds. */
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { formatPlaces, type PlacesList, parsePlaces, type Thing } from '@cairn/core/plan/places.js'
import type { Disk } from '../disk.js'
import type { Ports } from '../ports.js'
import type { VaultHome } from './home.js'
import { readIfThere, writeLocal } from './state.js'

/** @throws CairnError `places-damaged` */
export async function readPlaces(disk: Disk, home: VaultHome): Promise<readonly Thing[]> {
  return (await readPlacesList(disk, home))?.things ?? []
}

/** Undefined when this machine has none. @throws CairnError `places-damaged` */
export async function readPlacesList(disk: Disk, { places }: VaultHome): Promise<PlacesList | undefined> {
  const bytes = await readIfThere(disk, places)
  return bytes === undefined ? undefined : decodePlaces(bytes)
}

/** The list as its owner changed it now. */
export async function writePlaces(
  { disk, now }: Pick<Ports, 'disk' | 'now'>,
  home: VaultHome,
  things: readonly Thing[],
): Promise<void> {
  await writePlacesList(disk, home, { things, changed: now().toISOString() })
}

/** A list that was changed elsewhere. */
export async function writePlacesList(disk: Disk, home: VaultHome, list: PlacesList): Promise<void> {
  await writeLocal(disk, home.places, utf8(formatPlaces(list)))
}

/** @throws CairnError `places-damaged` */
export function decodePlaces(bytes: Uint8Array): PlacesList {
  return parsePlaces(decoded(bytes))
}

function decoded(bytes: Uint8Array): string {
  try {
    return text(bytes)
  } catch {
    return fail('places-damaged')
  }
}
