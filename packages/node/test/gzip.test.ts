import { createCipheriv } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { CHUNK_BYTES } from '@cairn/core/vault/pack.js'
import { describe, expect, it } from 'vitest'
import { gzipper } from '../src/gzip.js'

const noise = (length: number) =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, 5), Buffer.alloc(16)).update(new Uint8Array(length))

describe('a chunk in a gzip member', () => {
  it('costs 40 bytes at most when it is noise, which is not searched for repetitions', async () => {
    const chunk = noise(CHUNK_BYTES)
    const member = await gzipper()(chunk)
    expect(member.length).toBeLessThanOrEqual(CHUNK_BYTES + 40)
    expect(gunzipSync(member).equals(chunk)).toBe(true)
    // RFC 1951, section 3.2.3: after BFINAL two bits, 00 of a stored block
    expect((member[10] ?? 0xff) & 0b110).toBe(0)
  })

  it.each([
    ['text of noise', Buffer.from(noise(CHUNK_BYTES).toString('base64')).subarray(0, CHUNK_BYTES), 0.77],
    [
      'noise with room between',
      Buffer.alloc(CHUNK_BYTES).fill(noise(100).toString('latin1'), 0, 50_000),
      0.1,
    ],
    ['noise in a field of zeros', Buffer.concat([noise(CHUNK_BYTES - 8192), Buffer.alloc(8192)]), 0.9],
    [
      'noise of half a chunk, too short to judge by, twice',
      Buffer.concat([noise(15_000), noise(15_000)]),
      0.6,
    ],
  ])('is smaller when it is %s', async (_, chunk, most) => {
    const member = await gzipper()(chunk)
    expect(member.length / chunk.length).toBeLessThan(most)
    expect(gunzipSync(member).equals(chunk)).toBe(true)
  })
})
