/**
 * What this machine remembers between backups: the heads each store has acknowledged, the snapshots it made,
 * and where chunks lie. The first two let it see a store that lies; the last only saves work.
 */
import { hex, text, utf8 } from '@cairn/core/bytes.js'
import type { Primitives } from '@cairn/core/types.js'
import { deviceId, hex32, instant } from '@cairn/core/vault/head.js'
import { walletName } from '@cairn/core/vault/manifest.js'
import type { ChunkPlace } from '@cairn/core/vault/pack.js'
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
  next_expected_by: instant,
  wallets: z.array(walletName),
  /** Stores that gave it back. */
  stores: z.array(z.string()),
})

const seenSchema = z.strictObject({
  /** By name of the store: the newest head of each device that it has acknowledged or shown. */
  stores: z.record(z.string(), z.array(seenHead)),
  /** Oldest first. */
  snapshots: z.array(snapshotSchema),
})

export type Snapshot = z.infer<typeof snapshotSchema>
export type Seen = z.infer<typeof seenSchema>

export async function readSeen(disk: Disk, home: VaultHome): Promise<Seen> {
  return (await readState(disk, home.seen, seenSchema)) ?? { stores: {}, snapshots: [] }
}

export async function writeSeen(disk: Disk, home: VaultHome, seen: Seen): Promise<void> {
  await writeState(disk, home.seen, seen)
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
  readonly places: ReadonlyMap<string, ChunkPlace>
  /** By wallet name and path, joined with a slash. */
  readonly files: ReadonlyMap<string, KnownFile>
}

/**
 * The index, or an empty one when there is none or a single bit of it is wrong: a chunk that is looked for in
 * the wrong place would be found missing only at restore, so the file carries the SHA-256 of its own body.
 */
export async function readIndex(disk: Disk, home: VaultHome, primitives: Primitives): Promise<Index> {
  const empty: Index = { places: new Map(), files: new Map() }
  const bytes = await readIfThere(disk, home.index)
  if (!bytes || bytes.length < 65) return empty
  const body = bytes.subarray(65)
  if (text(bytes.subarray(0, 64)) !== hex(primitives.sha256(body))) return empty
  const { packs, places, files } = JSON.parse(text(body)) as StoredIndex
  return {
    places: new Map(
      places.map(([sha256, pack, offset, length]) => [
        sha256,
        { pack: packs[pack] as string, offset, length },
      ]),
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
  const packs = [...new Set([...index.places.values()].map(({ pack }) => pack))]
  const numbers = new Map(packs.map((pack, number) => [pack, number]))
  const stored: StoredIndex = {
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

interface StoredIndex {
  readonly packs: readonly string[]
  readonly places: readonly (readonly [sha256: string, pack: number, offset: number, length: number])[]
  readonly files: readonly (readonly [string, KnownFile])[]
}
