/**
 * The list of who holds what where, on its way into every snapshot and back. It goes as a file under a name of its own, so
 * that a Cairn that does not know of it keeps, checks and restores it as one; it counts as no wallet of this machine.
 */
import { CairnError } from '@cairn/core/errors.js'
import { PLACES_FILE, PLACES_NAME, type PlacesList } from '@cairn/core/plan/places.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import { newestFirst } from '@cairn/core/vault/history.js'
import type { Artefact } from '@cairn/core/vault/manifest.js'
import { plainFiles } from '@cairn/core/wallets/file.js'
import type { Machine } from '../machine/open.js'
import { decodePlaces, readPlacesList, writePlacesList } from '../machine/places.js'
import { readIfThere } from '../machine/state.js'
import type { WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import type { View } from '../sources/source.js'
import { extract, memorySink } from './extract.js'
import type { PackWriter } from './pack-writer.js'
import { type Reading, readManifest } from './reader.js'
import { type SavedWallet, saveWallet } from './wallet-saver.js'

export interface PlacesOutcome {
  /** One, or none when this machine has no list. */
  readonly saved: readonly SavedWallet[]
  /** Why the list is not in the snapshot. */
  readonly failed?: CairnError
}

/** The list as it is, also when nobody can read it any more. */
export async function savePlaces(
  { home }: Pick<Machine, 'home'>,
  packs: PackWriter,
  { disk }: Pick<Ports, 'disk'>,
): Promise<PlacesOutcome> {
  const found = await readIfThere(disk, home.places).catch(catalogued)
  if (found instanceof CairnError) return { saved: [], failed: found }
  if (found === undefined) return { saved: [] }
  const entry: WalletEntry = {
    name: PLACES_NAME,
    kind: 'file',
    source: home.places,
    added: '',
    known: plainFiles(1),
  }
  return {
    saved: [await saveWallet({ entry, view: viewOf(found), packs, known: new Map(), onBytes: () => {} })],
  }
}

function catalogued(error: unknown): CairnError {
  if (error instanceof CairnError) return error
  throw error
}

/** Dated as the list says: what was not changed makes no other entry of a manifest. */
function viewOf(bytes: Uint8Array): View {
  const mtimeMs = Date.parse(readable(bytes)?.changed ?? '1970-01-01')
  const file = { path: PLACES_FILE, size: bytes.length, mode: 0o600, mtimeMs, mark: '', settled: false }
  return {
    groups: [[file]],
    leftOut: [],
    read: async function* () {
      yield bytes
    },
    again: async (group) => group,
    close: async () => {},
  }
}

function readable(bytes: Uint8Array): PlacesList | undefined {
  try {
    return decodePlaces(bytes)
  } catch {
    return undefined
  }
}

/**
 * Of the newest snapshots of all devices the list that was changed last; undefined when none has one that can be read.
 * @throws CairnError when a manifest or a pack has no good copy
 */
export async function findPlaces(
  reading: Reading,
  heads: readonly SignedHead[],
): Promise<PlacesList | undefined> {
  const newest = new Map<string, SignedHead>()
  for (const signed of newestFirst(heads))
    if (!newest.has(signed.head.device)) newest.set(signed.head.device, signed)
  const found: PlacesList[] = []
  for (const signed of newest.values()) {
    const list = await listIn(reading, signed)
    if (list !== undefined) found.push(list)
  }
  return found.reduce<PlacesList | undefined>(
    (last, list) => (last === undefined || isLater(list, last) ? list : last),
    undefined,
  )
}

async function listIn(reading: Reading, signed: SignedHead): Promise<PlacesList | undefined> {
  const manifest = await readManifest(reading, signed)
  const own = manifest.wallets.find(({ name }) => name === PLACES_NAME)
  const artefact = own?.artefacts.find(({ path, role }) => role === 'file' && path === PLACES_FILE)
  if (artefact === undefined) return undefined
  return readable(await contentsOf(artefact, { reading, manifest }))
}

async function contentsOf(
  artefact: Artefact,
  from: Pick<Parameters<typeof extract>[0], 'reading' | 'manifest'>,
): Promise<Uint8Array> {
  const sink = memorySink(artefact.size)
  await extract({ ...from, wanted: [{ artefact, sink }] })
  return sink.bytes
}

/** `older`: what this machine has is newer, or the same. */
export type Taken = 'taken' | 'older'

/** Makes it the list of this machine unless its own one was changed later. */
export async function takePlaces(
  { home }: Pick<Machine, 'home'>,
  list: PlacesList,
  { disk }: Pick<Ports, 'disk'>,
): Promise<Taken> {
  const own = await readPlacesList(disk, home).catch(() => undefined)
  if (own !== undefined && !isLater(list, own)) return 'older'
  await writePlacesList(disk, home, list)
  return 'taken'
}

function isLater({ changed: one }: PlacesList, { changed: other }: PlacesList): boolean {
  return one !== null && (other === null || Date.parse(one) > Date.parse(other))
}
