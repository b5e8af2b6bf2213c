/**
 * A rate as people write it, in bytes a second: `2MB/s`, `500 kB/s`, `1.5MiB/s`, or as lines are sold, `16Mbit/s`.
 * Units of SI (1 kB is 1,000 bytes) and of IEC 80000-13 (1 KiB is 1,024); `b` alone would be either, and is refused.
 */
import { fail } from '@cairn/core/errors.js'

const BITS: Readonly<Record<string, number>> = { bit: 1, B: 8 }
const PREFIXES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
}

/** Slower than this no object of a backup arrives in a day. */
export const LEAST_BYTES_PER_S = 1024

/** @throws CairnError `usage` for what is no rate, or one that is too low */
export function parseRate(text: string): number {
  const [, number = '', prefix = '', unit = ''] =
    /^(\d{1,6}(?:\.\d{1,3})?) ?([kKMG]i?|)(bit|B)\/s$/.exec(text.trim()) ?? []
  const bits = Number(number) * (PREFIXES[prefix] ?? 0) * (BITS[unit] ?? 0)
  const rate = Math.floor(bits / 8)
  if (!(rate >= LEAST_BYTES_PER_S))
    return fail('usage', { reason: 'a limit is such as 2MB/s or 16Mbit/s, and at least 1KiB/s' })
  return rate
}
