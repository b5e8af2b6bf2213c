/**
 * What this machine remembers between backups: the heads each store has acknowledged, the snapshots it made,
 * where chunks lie, and which objects are damaged. The first two let it see a store that lies; where chunks lie
 * only saves work; what is damaged is never counted on again.
 */
import { hex, text, utf8 } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import { deviceId, hex32, instant } from '@cairn/core/vault/head.js'
import { walletName } from '@cairn/core/vault/manifest.js'
import type { ChunkPlace } from '@cairn/core/vault/pack.js'
import { type Tags, taggedList, taggedOf, tagsOf } from '@cairn/core/vault/tags.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { VaultHome } from './home.js'
import { readIfThere, readState, writeLocal, writeState } from './state.js'

const seenHead = z.strictObject({ device: deviceId, seq: z.int().min(1), hash: hex32 })

const snapshotSchema = z.strictObject({
  /** Object id of the manifest: the name of the snapshot. */
  id: hex32,
  seq: z.int().min(1),
  time: instant,
  /** Of its head: when nothing newer at all is a sign that backups stopped. */
  next_expected_by: instant,
  wallets: z.array(walletName),
  /** When the next one of each wallet in it is late; absent of older versions, where it is that of the head for all. */
  expected: z.record(walletName, instant).optional(),
  /** Stores that gave it back. */
  stores: z.array(z.string()),
})

const seenSchema = z.strictObject({
  /** By name of the store: the newest head of each device that it has acknowledged or shown. */
  stores: z.record(z.string(), z.array(seenHead)),
  /** Oldest first. */
  snapshots: z.array(snapshotSchema),
  /** Of every other device that may write: what it is called, and its newest head that a store has shown. */
  devices: z
    .record(
      deviceId,
      z.strictObject({ name: z.string(), seq: z.int().min(1), time: instant, next_expected_by: instant }),
    )
    .optional(),
})

export type Snapshot = z.infer<typeof snapshotSchema>
export type Seen = z.infer<typeof seenSchema>

/** When the next snapshot of a wallet is late, by one that holds it. */
export function expectedBy({ expected = {}, next_expected_by }: Snapshot, wallet: string): string {
  return expected[wallet] ?? next_expected_by
}

/** @throws CairnError `memory-damaged` */
export async function readSeen(disk: Disk, home: VaultHome): Promise<Seen> {
  try {
    return (await readState(disk, home.seen, seenSchema)) ?? { stores: {}, snapshots: [] }
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return fail('memory-damaged', { path: home.seen })
    throw error
  }
}

export async function writeSeen(disk: Disk, home: VaultHome, seen: Seen): Promise<void> {
  await writeState(disk, home.seen, seen)
}

const doubtsSchema = z.strictObject({ stores: z.record(z.string(), z.array(z.string())) })

/** Keys of objects and heads by name of the store. A copy in doubt counts as missing: the next backup replaces it. */
export type Doubts = Readonly<Record<string, readonly string[]>>

/** Nothing is in doubt when the file is damaged: the next `check` finds what is. */
export async function readDoubts(disk: Disk, home: VaultHome): Promise<Doubts> {
  try {
    return (await readState(disk, home.doubts, doubtsSchema))?.stores ?? {}
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return {}
    throw error
  }
}

/** Written only when it says something new. */
export async function writeDoubts(disk: Disk, home: VaultHome, doubts: Doubts): Promise<void> {
  const stores = Object.fromEntries(Object.entries(doubts).filter(([, ids]) => ids.length > 0))
  const before = await readDoubts(disk, home)
  if (JSON.stringify(before) !== JSON.stringify(stores)) await writeState(disk, home.doubts, { stores })
}

const tagsSchema = z.strictObject({ snapshots: taggedList })

/** Tags of the snapshots of this machine; none when the file is damaged: manifests have them still. */
export async function readTags(disk: Disk, home: VaultHome): Promise<Tags> {
  try {
    return tagsOf([(await readState(disk, home.tags, tagsSchema))?.snapshots ?? []])
  } catch (error) {
    if (isCairnError(error, 'state-damaged')) return new Map()
    throw error
  }
}

/** Written only when it says something new. */
export async function writeTags(disk: Disk, home: VaultHome, tags: Tags): Promise<void> {
  const snapshots = taggedOf(tags)
  const before = taggedOf(await readTags(disk, home))
  if (JSON.stringify(before) !== JSON.stringify(snapshots)) await writeState(disk, home.tags, { snapshots })
}

/** What is known of a file that was saved, so that it need not be read again while its mark is the same. */
export interface KnownFile {
  readonly mark: string
  /** The mark may be trusted: see `FileEntry`. */
  readonly settled: boolean
  readonly size: number
  readonly sha256: string
  readonly chunks: readonly { readonly sha256: string; readonly size: number }[]
}

export interface Index {
  /** Every pack that this machine ever stored, and its size sealed: what `check` looks for. */
  readonly packs: ReadonlyMap<string, number>
  readonly places: ReadonlyMap<string, ChunkPlace>
  /** By wallet name and path, joined with a slash. */
  readonly files: ReadonlyMap<string, KnownFile>
}

/**
 * The index, or an empty one when there is none or a single bit of it is wrong: a chunk that is looked for in
 * the wrong place would be found missing only at restore, so the file carries the SHA-256 of its own body.
 */
export async function readIndex(disk: Disk, home: VaultHome, primitives: Primitives): Promise<Index> {
  const empty: Index = { packs: new Map(), places: new Map(), files: new Map() }
  const bytes = await readIfThere(disk, home.index)
  if (!bytes || bytes.length < 65) return empty
  const body = bytes.subarray(65)
  if (text(bytes.subarray(0, 64)) !== hex(primitives.sha256(body))) return empty
  const { version, packs, places, files } = JSON.parse(text(body)) as StoredIndex
  if (version !== INDEX_VERSION) return empty
  const ids = packs.map(([id]) => id)
  return {
    packs: new Map(packs),
    places: new Map(
      places.map(([sha256, pack, offset, length]) => [sha256, { pack: ids[pack] as string, offset, length }]),
    ),
    files: new Map(files),
  }
}

export async function writeIndex(
  disk: Disk,
  home: VaultHome,
  index: Index,
  primitives: Primitives,
): Promise<void> {
  const packs = [...index.packs]
  const numbers = new Map(packs.map(([id], number) => [id, number]))
  const stored: StoredIndex = {
    version: INDEX_VERSION,
    packs,
    places: [...index.places].map(([sha256, at]) => [
      sha256,
      numbers.get(at.pack) as number,
      at.offset,
      at.length,
    ]),
    files: [...index.files],
  }
  const body = utf8(JSON.stringify(stored))
  await writeLocal(disk, home.index, Buffer.concat([utf8(`${hex(primitives.sha256(body))}\n`), body]))
}

/** An index of another version counts as none: it only saves work. */
const INDEX_VERSION = 2

interface StoredIndex {
  readonly version: number
  readonly packs: readonly (readonly [id: string, size: number])[]
  readonly places: readonly (readonly [sha256: string, pack: number, offset: number, length: number])[]
  readonly files: readonly (readonly [string, KnownFile])[]
}
