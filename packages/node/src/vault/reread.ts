/**
 * At its end a backup reads some of the older objects and heads in each store again, so that damage is found within a
 * month and not at the restore; which ones is `plan/reread.ts` of the core. All stores at once, one read at a time in
 * each, and bounded: a backup is not held up for long. What is found damaged or missing is remembered as `check` does,
 * so that the next backup puts it there again.
 */
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { chooseRereads, type LastRead, withListing } from '@cairn/core/plan/reread.js'
import { deviceKeys } from '@cairn/core/vault/description.js'
import { readHead } from '@cairn/core/vault/head.js'
import { headPlaceOf, objectIdOf, objectKey } from '@cairn/core/vault/object.js'
import { objectId } from '@cairn/core/vault/seal.js'
import { nativeEd25519 } from '../ed25519.js'
import { readDoubts, writeDoubts } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import {
  type Change,
  failedAt,
  readsOf,
  readTrail,
  type StoreTrail,
  trailOf,
  withReads,
} from '../machine/trail.js'
import type { Ports } from '../ports.js'
import { isWorking, type Target } from './stored.js'
import type { Survey } from './survey.js'

/** Of one store in one backup. A line that brings 50 MB a second reads that in the same time. */
const MOST_BYTES = 256 * 1024 * 1024
/** No read begins that would end later; the first one ends whenever it ends. */
const MOST_MS = 5000

export interface Rereading {
  readonly machine: Machine
  readonly ports: Ports
  readonly targets: readonly Target[]
  /** What the stores have now, of those that work. */
  readonly surveys: ReadonlyMap<Target, Survey>
  /** Sizes by key of what this backup has read back from every store. */
  readonly stored: ReadonlyMap<string, number>
  /** Ids of what this machine stored: packs and manifests. */
  readonly expected: ReadonlySet<string>
  /** Objects that are meant to be gone. */
  readonly forgotten: ReadonlySet<string>
}

/**
 * Marks each target with what was newly found damaged or missing there, and remembers it.
 * @returns what to note of each store
 */
export async function reread(rereading: Rereading): Promise<ReadonlyMap<string, Change>> {
  const { machine, ports, targets, surveys } = rereading
  const trail = await readTrail(ports.disk, machine.home)
  const doubts = await readDoubts(ports.disk, machine.home)
  const changes = new Map<string, Change>()
  const found: Record<string, readonly string[]> = {}
  const work = targets.filter(isWorking).map(async (target) => {
    const survey = surveys.get(target)
    if (survey === undefined) return
    const { name } = target.store
    const before = trailOf(trail, name)
    const doubted = new Set(doubts[name] ?? [])
    const seen = await rereadStore(rereading, target, { survey, before, doubted })
    const fresh = seen.damaged.filter((key) => !doubted.has(key))
    const told = [...fresh, ...seen.forged]
    if (told.length > 0) target.damaged = told
    const back = copiedTo(rereading, target, survey).filter(([key]) => Object.hasOwn(before.reads, key))
    if (back.length > 0) target.mended = [...(target.mended ?? []), ...back.map(([key]) => key)]
    found[name] = [...doubted, ...fresh]
    changes.set(name, (now) => seen.change(withReads(now, seen.reads)))
  })
  await Promise.all(work)
  await writeDoubts(ports.disk, machine.home, { ...doubts, ...found })
  return changes
}

interface Before {
  readonly survey: Survey
  readonly before: StoreTrail
  /** Keys of which it is known already. */
  readonly doubted: ReadonlySet<string>
}

interface Seen {
  readonly damaged: readonly string[]
  /** Keys of heads that are not what this vault signed for that place: told, and left to be seen. */
  readonly forged: readonly string[]
  readonly reads: ReadonlyMap<string, LastRead>
  readonly change: Change
}

async function rereadStore(
  rereading: Rereading,
  target: Target,
  { survey, before, doubted }: Before,
): Promise<Seen> {
  const { ports, stored } = rereading
  const now = ports.now()
  const atMs = now.getTime()
  const gone = missingIn(rereading, survey)
  const wrong = new Set([...gone, ...doubted])
  const listed = new Map([...listingOf(rereading, target)].filter(([key]) => !wrong.has(key)))
  const reads = withListing(readsOf(before), listed, now)
  for (const [key, size] of [...copiedTo(rereading, target, survey), ...stored])
    reads.set(key, { size, atMs, state: 'read' })
  const sinceMs = before.reread === undefined ? DAY_MS : atMs - Date.parse(before.reread)
  const pace = { now, sinceMs: sinceMs < 0 ? DAY_MS : sinceMs, mostBytes: MOST_BYTES }
  const chosen = chooseRereads(reads, pace)
  const results = await readAgain(rereading, target, { chosen, reads })
  const time = now.toISOString()
  const lies = [...results].filter(([, result]) => result instanceof CairnError)
  const lie = lies[0]?.[1]
  for (const [key, result] of results) {
    if (result === 'whole') reads.set(key, { ...(reads.get(key) as LastRead), atMs, state: 'read' })
    else reads.delete(key)
  }
  const damaged = [...results].flatMap(([key, result]) => (result === 'damaged' ? [key] : []))
  return {
    damaged: [...gone, ...damaged],
    forged: lies.map(([key]) => key),
    reads,
    change: (trail) => ({
      ...(lie instanceof CairnError ? failedAt(time, lie)(trail) : trail),
      reread: time,
    }),
  }
}

/** Sizes by key of the objects and heads that lay there before and count. */
function listingOf({ machine, forgotten }: Rereading, { listed = new Map() }: Target) {
  const known = deviceKeys(machine.description)
  const counts = (key: string) => {
    const id = objectIdOf(key)
    return id === null ? known.has(headPlaceOf(key)?.device ?? '') : !forgotten.has(id)
  }
  return [...listed].filter(([key]) => counts(key))
}

/** Keys of what should be there and is not, or has another size than it had. */
function missingIn({ expected, forgotten, stored }: Rereading, { objects }: Survey): readonly string[] {
  return [...expected]
    .filter((id) => !objects.has(id) && !forgotten.has(id))
    .map(objectKey)
    .filter((key) => !stored.has(key))
}

/** What was copied there from other stores, and read back. */
function copiedTo(
  { targets }: Rereading,
  target: Target,
  survey: Survey,
): readonly (readonly [string, number])[] {
  const sizes = new Map(targets.flatMap(({ listed }) => [...(listed ?? [])]))
  return [...[...survey.objects].map(objectKey), ...survey.heads]
    .filter((key) => !target.listed?.has(key))
    .flatMap((key) => (sizes.has(key) ? [[key, sizes.get(key) as number] as const] : []))
}

interface Reading {
  readonly chosen: readonly string[]
  readonly reads: ReadonlyMap<string, LastRead>
}

/** An error is a lie: a head that no device of this vault signed for its place. */
type Result = 'whole' | 'damaged' | CairnError

/** What could not be read before the time was over, or the store was, has no result. */
async function readAgain(
  { machine, ports }: Rereading,
  { store }: Target,
  { chosen, reads }: Reading,
): Promise<ReadonlyMap<string, Result>> {
  const results = new Map<string, Result>()
  const start = ports.now().getTime()
  let bytes = 0
  for (const key of chosen) {
    const size = reads.get(key)?.size ?? 0
    const passed = ports.now().getTime() - start
    const expectedMs = bytes === 0 ? 0 : (passed * size) / bytes
    if (results.size > 0 && passed + expectedMs > MOST_MS) break
    try {
      results.set(key, judge({ machine, ports, key, bytes: await store.get(key) }))
    } catch (error) {
      if (isCairnError(error, 'object-missing', 'object-damaged', 'object-unreadable'))
        results.set(key, 'damaged')
      else if (isCairnError(error)) break
      else throw error
    }
    bytes += size
  }
  return results
}

interface Judging {
  readonly machine: Machine
  readonly ports: Ports
  readonly key: string
  readonly bytes: Uint8Array
}

function judge({ machine, ports, key, bytes }: Judging): Result {
  const id = objectIdOf(key)
  if (id !== null) return objectId(bytes, ports.primitives) === id ? 'whole' : 'damaged'
  try {
    const { head } = readHead(bytes, deviceKeys(machine.description), { name: key, ed25519: nativeEd25519 })
    const place = headPlaceOf(key)
    const inPlace =
      head.vault === machine.description.id && head.device === place?.device && head.seq === place.seq
    return inPlace ? 'whole' : new CairnError('head-forged', { head: key })
  } catch (error) {
    if (isCairnError(error, 'head-damaged')) return 'damaged'
    if (isCairnError(error, 'head-forged')) return error
    if (isCairnError(error, 'vault-newer')) return 'whole'
    throw error
  }
}
