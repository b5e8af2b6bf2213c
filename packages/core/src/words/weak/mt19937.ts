/**
 * MT19937 (Matsumoto and Nishimura 1998) seeded with 32 bits, as wallets misused it: libbitcoin's `bx seed` took the
 * highest byte of each output ("Milk Sad", CVE-2023-39910), Trust Wallet's browser extension of November 2022 the
 * lowest (CVE-2023-31290). All 2^32 seeds can be tried; nothing of the entropy tells without trying.
 */
import { equal } from '../../bytes.js'

/** Which byte of each 32-bit output becomes a byte of the entropy. */
export type OutputByte = 'highest' | 'lowest'

export interface SeedFound {
  readonly seed: number
  readonly output: OutputByte
}

const N = 624
const M = 397
const MULTIPLIER = 1812433253
const TWIST = 0x9908b0df
const SHIFT: Readonly<Record<OutputByte, number>> = { highest: 24, lowest: 0 }
const LANES = 4

/** The first bytes that a seed leads to; at most 227, which need no second pass over the state. */
export function mt19937Bytes(seed: number, { length, output }: { length: number; output: OutputByte }) {
  const state = new Uint32Array(N)
  state[0] = seed
  for (let i = 1; i < N; i++) {
    const last = state[i - 1] as number
    state[i] = Math.imul(MULTIPLIER, last ^ (last >>> 30)) + i
  }
  const at = (i: number) => firstOutput(state[i] as number, state[i + 1] as number, state[i + M] as number)
  return Uint8Array.from({ length }, (_, i) => at(i) >>> SHIFT[output])
}

/**
 * The seed from `from` up to, not including, `to` that leads to this entropy of 16 to 32 bytes, or null.
 * The first output needs 397 steps of the seed's own recurrence; four seeds go side by side, since each step waits
 * for the one before.
 */
export function findMt19937Seed(
  entropy: Uint8Array,
  { from, to }: { from: number; to: number },
): SeedFound | null {
  const wanted = entropy[0] as number
  for (let seed = from; seed < to; seed += LANES) {
    let a = seed | 0
    let b = (seed + 1) | 0
    let c = (seed + 2) | 0
    let d = (seed + 3) | 0
    for (let i = 1; i <= M; i++) {
      a = (Math.imul(MULTIPLIER, a ^ (a >>> 30)) + i) | 0
      b = (Math.imul(MULTIPLIER, b ^ (b >>> 30)) + i) | 0
      c = (Math.imul(MULTIPLIER, c ^ (c >>> 30)) + i) | 0
      d = (Math.imul(MULTIPLIER, d ^ (d >>> 30)) + i) | 0
    }
    const found =
      tryLane(seed, a, wanted, entropy) ??
      tryLane(seed + 1, b, wanted, entropy) ??
      tryLane(seed + 2, c, wanted, entropy) ??
      tryLane(seed + 3, d, wanted, entropy)
    if (found) return found.seed < to ? found : null
  }
  return null
}

/** Compares the first byte, and all bytes for the one seed in 128 that passes. */
function tryLane(seed: number, last: number, wanted: number, entropy: Uint8Array): SeedFound | null {
  const second = (Math.imul(MULTIPLIER, seed ^ (seed >>> 30)) + 1) | 0
  const output = firstOutput(seed, second, last)
  if (output >>> 24 === wanted && leadsTo(seed, 'highest', entropy)) return { seed, output: 'highest' }
  if ((output & 0xff) === wanted && leadsTo(seed, 'lowest', entropy)) return { seed, output: 'lowest' }
  return null
}

function leadsTo(seed: number, output: OutputByte, entropy: Uint8Array): boolean {
  return equal(mt19937Bytes(seed, { length: entropy.length, output }), entropy)
}

/** One step of the generation and the tempering, from x[i], x[i + 1] and x[i + 397]. */
function firstOutput(x: number, next: number, ahead: number): number {
  const joined = (x & 0x80000000) | (next & 0x7fffffff)
  let y = ahead ^ (joined >>> 1) ^ (next & 1 ? TWIST : 0)
  y ^= y >>> 11
  y ^= (y << 7) & 0x9d2c5680
  y ^= (y << 15) & 0xefc60000
  return (y ^ (y >>> 18)) >>> 0
}
