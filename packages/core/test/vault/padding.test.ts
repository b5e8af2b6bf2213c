import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paddedLength, padMember, SMALLEST_BYTES } from '../../src/vault/padding.js'
import { pure } from '../../src/vault/primitives.js'

describe('padding', () => {
  it('adds at most 12 % above the smallest size, and under 3 % above 1 MiB', () => {
    fc.assert(
      fc.property(fc.integer({ min: SMALLEST_BYTES, max: 2 ** 26 }), (length) => {
        const added = paddedLength(length) - length
        expect(added).toBeGreaterThanOrEqual(0)
        expect(added / length).toBeLessThan(length >= 2 ** 20 ? 0.0313 : 0.12)
      }),
      { seed: 2026 },
    )
  })

  it('leaves few sizes to tell apart: 32 between 8 and 16 MiB', () => {
    const sizes = new Set<number>()
    for (let length = 2 ** 23; length < 2 ** 24; length += 1000) sizes.add(paddedLength(length))
    expect(sizes.size).toBeLessThanOrEqual(33)
  })

  it('never shrinks on padding again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 26 }), (length) => {
        expect(paddedLength(paddedLength(length))).toBe(paddedLength(length))
      }),
      { seed: 2026 },
    )
  })

  it('makes a gzip member longer that every gunzip still reads', async () => {
    for (const length of [0, 1, 5000, 100_000]) {
      const contents = new Uint8Array(length).map((_, i) => i * i)
      const padded = padMember(await pure.gzip(contents))
      expect(padded.length).toBe(paddedLength(padded.length))
      expect(Uint8Array.from(gunzipSync(padded))).toEqual(contents)
      expect(await pure.gunzip(padded, length)).toEqual(contents)
    }
  })
})
