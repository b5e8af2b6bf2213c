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
import { putSealed, type Sealed, type SealedWriter } from './stored.js'

/** Chunks compressed ahead of the pack that takes them: 4 MiB in flight keep every thread busy. */
const AHEAD = 64

/** Where the chunks are that were stored before or are stored now, by their SHA-256. */
export type Places = Map<string, ChunkPlace>

export interface FileContents {
  readonly size: number
  readonly sha256: string
  readonly chunks: readonly { readonly sha256: string; readonly size: number }[]
}

export interface PackWriter {
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
  readonly places: Places
  readonly pending: Set<string>
  readonly ahead: Promise<Compressed>[]
  readonly packs: Sealed[]
  pack: OpenPack
  onItsWay: Promise<void>
  newBytes: number
}

/** @param places chunks already stored; the new ones are added to it */
export function packWriter(to: SealedWriter, places: Places): PackWriter {
  const filling: Filling = {
    to,
    places,
    pending: new Set(),
    ahead: [],
    packs: [],
    pack: newPack(),
    onItsWay: Promise.resolve(),
    newBytes: 0,
  }
  return {
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
  for await (const chunk of inChunks(pieces)) {
    whole.update(chunk)
    size += chunk.length
    const sha256 = hex(filling.to.primitives.sha256(chunk))
    chunks.push({ sha256, size: chunk.length })
    if (!filling.places.has(sha256) && !filling.pending.has(sha256)) await compress(filling, sha256, chunk)
  }
  return { size, sha256: whole.digest('hex'), chunks }
}

async function compress(filling: Filling, sha256: string, chunk: Uint8Array): Promise<void> {
  filling.pending.add(sha256)
  filling.newBytes += chunk.length
  const { primitives } = filling.to
  const compressed = primitives.gzip(chunk).then((member) => ({ member, sha256, size: chunk.length }))
  compressed.catch(() => {}) // awaited later, in order
  filling.ahead.push(compressed)
  if (filling.ahead.length >= AHEAD) await takeCompressed(filling)
}

async function takeCompressed(filling: Filling): Promise<void> {
  const { member, sha256, size } = (await filling.ahead.shift()) as Compressed
  if (!hasRoom(filling.pack, member)) await sendPack(filling)
  addMember(filling.pack, member, { sha256, size })
}

/** Waits for the pack before, then starts this one and returns. */
async function sendPack(filling: Filling): Promise<void> {
  const pack = filling.pack
  filling.pack = newPack()
  await filling.onItsWay
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

/** Cuts pieces of any length into chunks of 64 KiB; only the last one is shorter. */
export async function* inChunks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : concat(rest, piece)
    let offset = 0
    for (; bytes.length - offset >= CHUNK_BYTES; offset += CHUNK_BYTES)
      yield bytes.subarray(offset, offset + CHUNK_BYTES)
    rest = bytes.subarray(offset)
  }
  if (rest.length > 0) yield rest
}
