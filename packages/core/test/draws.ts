/**
 * Random bytes for tests: the same for the same seed, never for anything else. A flipped bit of the stream
 * can be asked for, to see that every bit counts.
 */
import { sha256 } from '@noble/hashes/sha2.js'

export interface Stream {
  draw(length: number): Uint8Array
  /** How many bytes were drawn so far. */
  drawn(): number
}

export function stream(seed: number, flippedBit: number | null = null): Stream {
  let position = 0
  const byteAt = (i: number) => {
    const block = sha256(new TextEncoder().encode(`cairn test stream ${seed} ${i >> 5}`))
    const flip = flippedBit !== null && flippedBit >> 3 === i ? 0x80 >> (flippedBit & 7) : 0
    return (block[i & 31] as number) ^ flip
  }
  return {
    draw: (length) => Uint8Array.from({ length }, () => byteAt(position++)),
    drawn: () => position,
  }
}
