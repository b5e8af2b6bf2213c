/** Numbers that look random and are the same for the same seed: for damage that can be done again. No secret in them. */

/** From 0 to below 1. G. Marsaglia, "Xorshift RNGs", 2003; mixed by a multiplication. */
export type Chance = () => number

export function seeded(seed: number): Chance {
  let state = (seed * 0x9e3779b9 + 0x7f4a7c15) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return (Math.imul(state, 0x2545f491) >>> 0) / 2 ** 32
  }
}

/** Of the normal distribution with deviation 1. G. E. P. Box, M. E. Muller, 1958. */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}
