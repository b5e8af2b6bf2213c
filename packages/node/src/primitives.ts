/**
 * The vault's primitives with node:crypto and node:zlib. Held to the same contract suite as `pure` of the core.
 * Measured in 64 KiB pieces: ChaCha20-Poly1305 1,900 MB/s against 190 of pure JavaScript; gzip at level 1
 * 135 MB/s against 61 at level 6 for a tenth more bytes. The asynchronous zlib calls use every core.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import * as zlib from 'node:zlib'
import type { Primitives } from '@cairn/core/types.js'
import { anonymous, assertSizes, isOneMember } from '@cairn/core/vault/primitives.js'
import { gzipper } from './gzip.js'

const CIPHER = 'chacha20-poly1305'
const TAG_BYTES = 16 // RFC 8439, section 2.8

const gzip = gzipper()

export const native: Primitives = {
  sha256: (bytes) => plainArray(createHash('sha256').update(bytes).digest()),
  encrypt(key, nonce, plain) {
    assertSizes(key, nonce)
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    const sealed = new Uint8Array(plain.length + TAG_BYTES)
    sealed.set(cipher.update(plain))
    cipher.final()
    sealed.set(cipher.getAuthTag(), plain.length)
    return sealed
  },
  decrypt(key, nonce, sealed) {
    assertSizes(key, nonce)
    if (sealed.length < TAG_BYTES) return null
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const plain = decipher.update(sealed.subarray(0, -TAG_BYTES))
    try {
      decipher.final()
    } catch {
      plain.fill(0)
      return null
    }
    return plainArray(plain)
  },
  gzip: async (bytes) => anonymous(await gzip(bytes)),
  gunzip: (bytes, limit) =>
    new Promise((resolve) => {
      const maxOutputLength = Math.max(limit, 1) // zlib refuses 0
      zlib.gunzip(bytes, { maxOutputLength }, (error, plain) => {
        const whole = error === null && plain.length <= limit && isOneMember(bytes, plain.length)
        resolve(whole ? plainArray(plain) : null)
      })
    }),
}

/** The same bytes as a plain Uint8Array: a Buffer differs in `slice` and in equality of types. */
function plainArray(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
