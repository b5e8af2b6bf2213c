/**
 * The payload of an age v1 file (C2SP age.md, "Payload"): STREAM over chunks of 64 KiB, each sealed with
 * ChaCha20-Poly1305. Ours, because the primitives of the platform are ten times faster than the library's.
 */
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8, wipe } from '../bytes.js'
import type { Primitives } from '../types.js'

export const NONCE_BYTES = 16
export const CHUNK_BYTES = 65_536
export const TAG_BYTES = 16

const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

/** "payload key = HKDF-SHA-256(ikm = file key, salt = nonce, info = `payload`)" */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(sha256, fileKey, nonce, utf8('payload'), 32)
}

/**
 * "The ChaCha20-Poly1305 nonce is 11 bytes of chunk counter, big endian, and 1 byte of last block flag." The
 * counter cannot wrap: objects end at 64 MiB, 1,024 chunks.
 */
export function chunkNonce(counter: number, position: { readonly last: boolean }): Uint8Array {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setUint32(7, counter)
  nonce[11] = position.last ? 1 : 0
  return nonce
}

/** How long the sealed payload of `length` bytes is. */
export function payloadLength(length: number): number {
  return length + countChunks(length) * TAG_BYTES
}

/** Writes the sealed payload into `to`, which is of `payloadLength`. */
export function encryptPayload(
  plain: Uint8Array,
  to: Uint8Array,
  { key, primitives }: { readonly key: Uint8Array; readonly primitives: Primitives },
): void {
  const count = countChunks(plain.length)
  for (let i = 0; i < count; i++) {
    const chunk = plain.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)
    const nonce = chunkNonce(i, { last: i === count - 1 })
    to.set(primitives.encrypt(key, nonce, chunk), i * SEALED_CHUNK_BYTES)
  }
}

function countChunks(length: number): number {
  return Math.max(1, Math.ceil(length / CHUNK_BYTES))
}

/** Returns null, and no byte of plaintext, unless every chunk verifies and the last one is marked as last. */
export function decryptPayload(
  sealed: Uint8Array,
  key: Uint8Array,
  primitives: Primitives,
): Uint8Array | null {
  const count = Math.ceil(sealed.length / SEALED_CHUNK_BYTES)
  const last = sealed.length - (count - 1) * SEALED_CHUNK_BYTES
  // "The final chunk MAY be shorter, but MUST NOT be empty unless the whole payload is empty."
  if (count === 0 || last < TAG_BYTES || (last === TAG_BYTES && count > 1)) return null
  const plain = new Uint8Array(sealed.length - count * TAG_BYTES)
  for (let i = 0; i < count; i++) {
    const chunk = sealed.subarray(i * SEALED_CHUNK_BYTES, (i + 1) * SEALED_CHUNK_BYTES)
    const opened = primitives.decrypt(key, chunkNonce(i, { last: i === count - 1 }), chunk)
    if (opened === null) {
      wipe(plain)
      return null
    }
    plain.set(opened, i * CHUNK_BYTES)
  }
  return plain
}
