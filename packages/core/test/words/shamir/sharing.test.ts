import { equal } from '@cairn/core/bytes.js'
import { interpolate, type Point, recoverSecret, splitSecret } from '@cairn/core/words/shamir/sharing.js'
import { describe, expect, test } from 'vitest'
import { stream } from '../../draws.js'
import { subsets } from '../../subsets.js'

const secret = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)

interface Sharing {
  readonly split: typeof splitSecret
  readonly recover: typeof recoverSecret
}

/** How many quorums of all T-of-N schemes up to `most` do not give the secret back. */
function lostQuorums(most: number, { split, recover }: Sharing): number {
  let lost = 0
  for (let count = 1; count <= most; count++)
    for (let threshold = 1; threshold <= count; threshold++) {
      const points = split(threshold, count, secret, stream(count * 16 + threshold).draw)
      for (const quorum of subsets(points, threshold)) {
        const found = recover(threshold, quorum)
        if (!found || !equal(found, secret)) lost++
      }
    }
  return lost
}

describe("Shamir's secret sharing", () => {
  // up to 16: drawn quorums in quorums.test.ts, every one of them in docs/figures.md
  test('gives the secret back from every quorum of every T-of-N up to 12', () => {
    expect(lostQuorums(12, { split: splitSecret, recover: recoverSecret })).toBe(0)
  })

  test('a sharing that spoils the last share would be noticed', () => {
    const split: typeof splitSecret = (...args) => {
      const points = splitSecret(...args)
      return points.map(({ x, y }) => ({ x, y: x === 7 ? y.map((byte) => byte ^ 1) : y }))
    }
    expect(lostQuorums(8, { split, recover: recoverSecret })).toBeGreaterThan(0)
  })

  test('takes more points than needed when they agree, and refuses them when one is off', () => {
    const points = splitSecret(3, 6, secret, stream(1).draw)
    expect(recoverSecret(3, points)).toEqual(secret)
    for (const off of points.keys()) {
      const altered = points.map((point, i) => (i === off ? { x: point.x, y: flipped(point.y) } : point))
      expect(recoverSecret(3, altered)).toBeNull()
    }
  })

  test('refuses a threshold of points when one is altered in any single bit', () => {
    const [first, second] = splitSecret(2, 2, secret, stream(2).draw) as [Point, Point]
    for (let bit = 0; bit < 128; bit++)
      expect(recoverSecret(2, [{ x: first.x, y: flipped(first.y, bit) }, second])).toBeNull()
  })

  test('one point less fits every secret: what is missing decides', () => {
    const [first] = splitSecret(2, 2, secret, stream(3).draw) as [Point]
    for (let byte = 0; byte < 256; byte++) {
      const other = interpolate([first, { x: 255, y: new Uint8Array(16).fill(byte) }], 1)
      expect(interpolate([first, { x: 1, y: other }], 255)).toEqual(new Uint8Array(16).fill(byte))
    }
  })

  test('copies the secret for a threshold of 1', () => {
    const points = splitSecret(1, 3, secret, () => new Uint8Array())
    expect(points.map(({ y }) => y)).toEqual([secret, secret, secret])
    expect(points.some(({ y }) => y === secret)).toBe(false)
  })
})

function flipped(bytes: Uint8Array, bit = 0): Uint8Array {
  return bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte))
}
