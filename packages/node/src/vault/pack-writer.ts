/**
 * From the contents of files to packs in the stores: cut into chunks, hash, leave out what is stored already,
 * compress, collect into packs, seal, send, read back. Compression runs beside hashing and sealing; at most
 * one pack is on its way while the next one fills, so that memory stays bounded whatever the size of a file.
 */
import { createHash } from 'node:crypto'
import { concat, hex } from '@cairn/core/bytes.js'
import {
  addMember,
  CHUNK_BYTES,
  type ChunkPlace,
  damagedChunk,
  hasRoom,
  newPack,
  type OpenPack,
  packBytes,
} from '@cairn/core/vault/pack.js'
import { makeSlabs, type Slabs } from '../slabs.js'
import { putSealed, type Sealed, type SealedWriter } from './stored.js'

/** Chunks compressed ahead of the pack that takes them: enough to keep every thread busy, also of small files. */
const AHEAD = 128

/** Where the chunks are that were stored before or are stored now, by their SHA-256. */
export type Places = Map<string, ChunkPlace>

export interface FileContents {
  readonly size: number
  readonly sha256: string
  readonly chunks: readonly { readonly sha256: string; readonly size: number }[]
}

export interface PackWriter {
  /** What the pieces of `add` are read into; it releases them. */
  readonly slabs: Slabs
  /** Chunks stored before, and since `finish` the new ones. */
  readonly places: Places
  /** True when all these chunks are stored already. */
  has(chunks: FileContents['chunks']): boolean
  /** Stores what is new of a file. Its chunks are in `places` only after `finish`. */
  add(pieces: AsyncIterable<Uint8Array>): Promise<FileContents>
  /** Stores what is left. Returns when every pack was read back. */
  finish(): Promise<WrittenPacks>
}

export interface WrittenPacks {
  readonly packs: readonly Sealed[]
  /** Bytes of new chunks before compression. */
  readonly newBytes: number
}

interface Compressed {
  readonly member: Uint8Array
  readonly sha256: string
  readonly size: number
}

/** State of one writer; one backup at a time uses it. */
interface Filling {
  readonly to: SealedWriter
  readonly slabs: Slabs
  readonly places: Places
  readonly pending: Set<string>
  readonly ahead: Promise<Compressed>[]
  readonly packs: Sealed[]
  pack: OpenPack
  /** The memory of the pack before, once it is stored. */
  spare: Uint8Array | undefined
  onItsWay: Promise<void>
  newBytes: number
}

/** @param places chunks already stored; the new ones are added to it */
export function packWriter(to: SealedWriter, places: Places): PackWriter {
  const filling: Filling = {
    to,
    slabs: makeSlabs(),
    places,
    pending: new Set(),
    ahead: [],
    packs: [],
    pack: newPack(),
    spare: undefined,
    onItsWay: Promise.resolve(),
    newBytes: 0,
  }
  return {
    slabs: filling.slabs,
    places,
    has: (chunks) => chunks.every(({ sha256 }) => places.has(sha256)),
    add: (pieces) => addFile(filling, pieces),
    finish: async () => {
      while (filling.ahead.length > 0) await takeCompressed(filling)
      if (filling.pack.chunks.length > 0) await sendPack(filling)
      await filling.onItsWay
      return { packs: filling.packs, newBytes: filling.newBytes }
    },
  }
}

async function addFile(filling: Filling, pieces: AsyncIterable<Uint8Array>): Promise<FileContents> {
  const chunks: { sha256: string; size: number }[] = []
  const whole = createHash('sha256')
  let size = 0
  let rest: Uint8Array = new Uint8Array(0)
  for await (const piece of pieces) {
    const readers: Promise<unknown>[] = []
    try {
      whole.update(piece)
      size += piece.length
      const cut = cutChunks(rest, piece)
      rest = cut.rest
      for (const chunk of cut.chunks) chunks.push(await addChunk(filling, chunk, readers))
    } finally {
      Promise.allSettled(readers).then(() => filling.slabs.release(piece))
    }
  }
  if (rest.length > 0) chunks.push(await addChunk(filling, rest, []))
  return { size, sha256: whole.digest('hex'), chunks }
}

/** @param readers gets what goes on reading the chunk after this returned */
async function addChunk(filling: Filling, chunk: Uint8Array, readers: Promise<unknown>[]) {
  const named = { sha256: hex(filling.to.primitives.sha256(chunk)), size: chunk.length }
  if (filling.places.has(named.sha256) || filling.pending.has(named.sha256)) return named
  filling.pending.add(named.sha256)
  filling.newBytes += chunk.length
  const compressed = filling.to.primitives.gzip(chunk).then((member) => ({ member, ...named }))
  compressed.catch(() => {}) // awaited later, in order
  readers.push(compressed)
  filling.ahead.push(compressed)
  if (filling.ahead.length >= AHEAD) await takeCompressed(filling)
  return named
}

async function takeCompressed(filling: Filling): Promise<void> {
  const { member, sha256, size } = (await filling.ahead.shift()) as Compressed
  if (!hasRoom(filling.pack, member)) await sendPack(filling)
  addMember(filling.pack, member, { sha256, size })
}

/** Waits for the pack before, then starts this one and returns. */
async function sendPack(filling: Filling): Promise<void> {
  await filling.onItsWay
  const { pack } = filling
  filling.pack = newPack(filling.spare)
  filling.spare = pack.bytes
  filling.onItsWay = storePack(filling, pack)
  filling.onItsWay.catch(() => {}) // awaited by the next pack or by finish
}

async function storePack(filling: Filling, pack: OpenPack): Promise<void> {
  const plain = packBytes(pack)
  // each member was unpacked and compared when it was made; here the pack must come back as it was filled
  const sealed = await putSealed(filling.to, plain, async (back) => {
    if (Buffer.compare(back, plain) !== 0) throw damagedChunk('(being written)')
  })
  filling.packs.push(sealed)
  for (const { sha256, offset, length } of pack.chunks) {
    filling.places.set(sha256, { pack: sealed.id, offset, length })
    filling.pending.delete(sha256)
  }
}

/** Chunks of 64 KiB out of what was left of the pieces before and the next piece; `rest` is a copy. */
export function cutChunks(
  before: Uint8Array,
  piece: Uint8Array,
): { readonly chunks: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const bytes = before.length === 0 ? piece : concat(before, piece)
  const count = Math.floor(bytes.length / CHUNK_BYTES)
  const chunks = Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  )
  return { chunks, rest: bytes.slice(count * CHUNK_BYTES) }
}
