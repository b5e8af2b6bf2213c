/**
 * The primitives that the vault needs, for any engine: SHA-256 (FIPS 180-4) and ChaCha20-Poly1305 (RFC 8439)
 * by noble, gzip (RFC 1952) by the Compression Streams of the platform.
 * Not the fast ones: `native` of @cairn/node does the same with node:crypto, about ten times faster.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat } from '../bytes.js'
import type { Primitives } from '../types.js'

const TAG_BYTES = 16 // RFC 8439, section 2.8
const MEMBER_LEAST_BYTES = 18 // RFC 1952, section 2.3: header 10, CRC32 4, ISIZE 4

export const pure: Primitives = {
  sha256: (bytes) => sha256(bytes),
  encrypt(key, nonce, plain) {
    assertSizes(key, nonce)
    return chacha20poly1305(key, nonce).encrypt(plain)
  },
  decrypt(key, nonce, sealed) {
    assertSizes(key, nonce)
    if (sealed.length < TAG_BYTES) return null
    try {
      return chacha20poly1305(key, nonce).decrypt(sealed)
    } catch {
      return null
    }
  },
  async gzip(bytes) {
    const chunks: Uint8Array[] = []
    for await (const chunk of pass(bytes, new CompressionStream('gzip'))) chunks.push(chunk)
    return anonymous(concat(...chunks))
  },
  async gunzip(bytes, limit) {
    const chunks: Uint8Array[] = []
    let length = 0
    try {
      for await (const chunk of pass(bytes, new DecompressionStream('gzip'))) {
        length += chunk.length
        if (length > limit) return null
        chunks.push(chunk)
      }
    } catch {
      return null
    }
    return isOneMember(bytes, length) ? concat(...chunks) : null
  },
}

/**
 * Noble also takes keys of 16 bytes, and OpenSSL pads shorter nonces (Wycheproof: InvalidNonceSize). Lengths are
 * fixed by the callers, so another one is a bug and no catalogued error.
 */
export function assertSizes(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== 32 || nonce.length !== 12)
    throw new RangeError('ChaCha20-Poly1305: key 32, nonce 12 bytes')
}

/**
 * Clears what a gzip header tells about the machine and the moment (RFC 1952, section 2.3.1): MTIME 0, OS 255
 * "unknown". Changes the given bytes. For the same engine and level, the same input gives the same bytes.
 */
export function anonymous(member: Uint8Array): Uint8Array {
  member.fill(0, 4, 8)
  member[9] = 255
  return member
}

/**
 * RFC 1952, section 2.3.1: ISIZE, the last four bytes of a member, is its length modulo 2^32. Engines differ in
 * what they do with bytes after the first member (skip, concatenate, refuse): here they are refused.
 */
export function isOneMember(member: Uint8Array, length: number): boolean {
  if (member.length < MEMBER_LEAST_BYTES) return false
  const footer = new DataView(member.buffer, member.byteOffset + member.length - 4, 4)
  return footer.getUint32(0, true) === length % 2 ** 32
}

/** Leaving the loop early cancels the stream, so that nothing more is decompressed. */
async function* pass(bytes: Uint8Array, through: CompressionStream | DecompressionStream) {
  const source = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>)
      controller.close()
    },
  })
  const reader = source.pipeThrough(through).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
