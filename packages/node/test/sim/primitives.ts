/**
 * The primitives of production, but for compression: gzip members that hold their bytes as they are (RFC 1952, with
 * stored blocks of RFC 1951, section 3.2.4). Setting zlib up takes longer than the rest of a small backup, and its
 * threads answer in no order: with these a run is the same every time.
 */
import { crc32 } from 'node:zlib'
import { concat } from '@cairn/core/bytes.js'
import type { Primitives } from '@cairn/core/types.js'
import { native } from '../../src/primitives.js'

/** Magic, deflate, no flags, no time, no hint, unknown system. */
const HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)
/** BFINAL and BTYPE in the first byte, then LEN and its complement, 16 bits each. */
const BLOCK_HEAD_BYTES = 5
const BLOCK_BYTES = 0xffff
const TAIL_BYTES = 8

export const stored: Primitives = {
  ...native,
  gzip: async (bytes) => store(bytes),
  gunzip: async (member, limit) => {
    const plain = contentsOf(member)
    const isStored = plain.length <= limit && Buffer.compare(store(plain), member) === 0
    return isStored ? plain : native.gunzip(member, limit)
  },
}

function store(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK_BYTES) {
    const block = bytes.subarray(at, at + BLOCK_BYTES)
    const head = new DataView(new ArrayBuffer(BLOCK_HEAD_BYTES))
    head.setUint8(0, at + BLOCK_BYTES >= bytes.length ? 1 : 0)
    head.setUint16(1, block.length, true)
    head.setUint16(3, ~block.length & BLOCK_BYTES, true)
    blocks.push(new Uint8Array(head.buffer), block)
  }
  const tail = new DataView(new ArrayBuffer(TAIL_BYTES))
  tail.setUint32(0, crc32(bytes), true)
  tail.setUint32(4, bytes.length, true)
  return concat(HEAD, ...blocks, new Uint8Array(tail.buffer))
}

/** What the blocks hold, if they are stored ones of `store`. */
function contentsOf(member: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = HEAD.length; at < member.length - TAIL_BYTES; at += BLOCK_HEAD_BYTES + BLOCK_BYTES)
    blocks.push(
      member.subarray(
        at + BLOCK_HEAD_BYTES,
        Math.min(at + BLOCK_HEAD_BYTES + BLOCK_BYTES, member.length - TAIL_BYTES),
      ),
    )
  return concat(...blocks)
}
