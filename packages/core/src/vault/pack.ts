/**
 * Packs hold chunks. A chunk is at most 64 KiB of a file, stored as one gzip member (RFC 1952), so that
 * `gunzip` is enough to read it; a pack is such members one after another and padding. Chunks are named by
 * the SHA-256 of their contents and stored once.
 *
 * Wallet files are page-structured databases or small JSON: cutting at fixed multiples of 64 KiB finds the
 * unchanged parts again (docs/format.md has the measurement against content-defined cutting).
 */
import { equal, unhex } from '../bytes.js'
import { CairnError } from '../errors.js'
import type { Primitives } from '../types.js'
import { paddedLength } from './padding.js'

export const CHUNK_BYTES = 64 * 1024

/** What a pack holds at most. It is a size that padding leaves alone, so that all full packs are of one size. */
export const PACK_BYTES = 8 * 1024 * 1024

/** Where a chunk lies: in which pack, at which offset of its plain contents, in how many bytes of gzip. */
export interface ChunkPlace {
  readonly pack: string
  readonly offset: number
  readonly length: number
}

export interface PackedChunk {
  /** SHA-256 of the contents, 64 hex digits. */
  readonly sha256: string
  readonly size: number
  readonly offset: number
  readonly length: number
}

/** A pack being filled. Not shared between writers. */
export interface OpenPack {
  /** The members one after another, then room; it grows up to `PACK_BYTES`. */
  bytes: Uint8Array
  readonly chunks: PackedChunk[]
  length: number
}

/** Most backups have a few pages that are new; taking and clearing all that a pack may hold takes them a millisecond. */
const FIRST_BYTES = 64 * 1024

/**
 * An empty pack.
 * @param bytes memory to fill; that of an earlier pack may be given once more
 */
export function newPack(bytes: Uint8Array = new Uint8Array(FIRST_BYTES)): OpenPack {
  return { bytes, chunks: [], length: 0 }
}

/** Adds a compressed chunk at the end of the pack; it must have room. */
export function addMember(pack: OpenPack, member: Uint8Array, chunk: { sha256: string; size: number }): void {
  grow(pack, pack.length + member.length)
  pack.chunks.push({ ...chunk, offset: pack.length, length: member.length })
  pack.bytes.set(member, pack.length)
  pack.length += member.length
}

function grow(pack: OpenPack, length: number): void {
  if (length <= pack.bytes.length) return
  const bytes = new Uint8Array(Math.min(PACK_BYTES, Math.max(length, 2 * pack.bytes.length)))
  bytes.set(pack.bytes.subarray(0, pack.length))
  pack.bytes = bytes
}

/** Whether a chunk fits into a pack still. */
export function hasRoom(pack: OpenPack, member: Uint8Array): boolean {
  return pack.length + member.length <= PACK_BYTES
}

/** The plain contents of a finished pack: its own memory, not a copy. */
export function packBytes(pack: OpenPack): Uint8Array {
  const padded = paddedLength(pack.length)
  grow(pack, padded)
  return pack.bytes.fill(0, pack.length, padded).subarray(0, padded)
}

/**
 * The contents of one chunk out of the plain contents of its pack; null when it is not what its name says.
 */
export async function unpackChunk(
  plain: Uint8Array,
  chunk: PackedChunk,
  primitives: Pick<Primitives, 'gunzip' | 'sha256'>,
): Promise<Uint8Array | null> {
  if (chunk.size > CHUNK_BYTES || chunk.offset + chunk.length > plain.length) return null
  const member = plain.subarray(chunk.offset, chunk.offset + chunk.length)
  const contents = await primitives.gunzip(member, chunk.size)
  if (contents === null || contents.length !== chunk.size) return null
  return equal(primitives.sha256(contents), unhex(chunk.sha256)) ? contents : null
}

/** The error for a chunk that is not what its name says. */
export function damagedChunk(pack: string): CairnError {
  return new CairnError('object-damaged', { object: pack, reason: 'a chunk is not what its name says' })
}
