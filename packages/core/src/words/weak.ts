/**
 * Phrases that a weak generator made: whoever knows the generator can make them all, so that coins on them are
 * as good as gone. Says what can be recognised from the entropy of a phrase; a phrase that passes is not proven
 * good, since most weak generators leave no trace.
 *
 * Recognised at once: the test generators of trezor-crypto, which Trust Wallet for iOS shipped in 2018
 * (CVE-2024-23660; SECBIT Labs 2024), and entropy with a plain pattern, such as that of published test phrases.
 * Recognised by trying 2^32 seeds (`weak/mt19937.ts`): libbitcoin's `bx seed` and Trust Wallet's browser extension.
 * Not recognised: Cake Wallet's Electrum seeds of 2020 and 2021, and generators that nobody has published.
 */

export type WeakGenerator = 'pattern' | 'trezor-crypto-lcg' | 'trezor-crypto-lcg8' | 'trezor-crypto-rand'

const MODULUS = 0x7fffffff // 2^31 - 1, of `rand()` in Apple's C library (Park and Miller 1988)
const FACTOR = 16807

/** The generator that gives itself away in 16 to 32 bytes of entropy, or null. */
export function weakGenerator(entropy: Uint8Array): WeakGenerator | null {
  if (hasPattern(entropy)) return 'pattern'
  if (isByteLcg(entropy)) return 'trezor-crypto-lcg8'
  if (isWordLcg(entropy)) return 'trezor-crypto-lcg'
  if (isRand(entropy, 0xff) || isRand(entropy, 0x100)) return 'trezor-crypto-rand'
  return null
}

/**
 * Bytes that repeat after one to eight bytes, or grow by the same step. By chance less than once in 2^60 for 16
 * bytes; all test phrases of BIP-39 made of 00, 7f, 80 and ff are found.
 */
function hasPattern(entropy: Uint8Array): boolean {
  const at = (i: number) => entropy[i] as number
  for (let period = 1; period <= 8; period++)
    if (entropy.every((byte, i) => i < period || byte === at(i - period))) return true
  const step = (at(1) - at(0)) & 0xff
  return entropy.every((byte, i) => i === 0 || byte === ((at(i - 1) + step) & 0xff))
}

/** trezor-crypto of 2018-12-18, rand.c: `seed = 1664525 * seed + 1013904223`, words of 32 bits, little-endian. */
function isWordLcg(entropy: Uint8Array): boolean {
  const view = new DataView(entropy.buffer, entropy.byteOffset, entropy.length)
  for (let i = 4; i + 4 <= entropy.length; i += 4) {
    const next = (Math.imul(1664525, view.getUint32(i - 4, true)) + 1013904223) >>> 0
    if (next !== view.getUint32(i, true)) return false
  }
  return true
}

/** trezor-crypto of 2018-12-05: the lowest byte of `1103515245 * seed + 12345`, four to a word, highest first. */
function isByteLcg(entropy: Uint8Array): boolean {
  const drawn = entropy.map((_, i) => entropy[(i & ~3) + 3 - (i & 3)] as number)
  const next = (byte: number) => (1103515245 * byte + 12345) & 0xff
  return drawn.every((byte, i) => i === 0 || byte === next(drawn[i - 1] as number))
}

/**
 * trezor-crypto of 2018-01-21 and 2018-03-22: each byte is `rand() % 0xFF`, or `rand() & 0xFF`. The first byte
 * leaves 8.4 million states of Apple's generator, and each next byte one in 255 of them.
 */
function isRand(entropy: Uint8Array, divisor: number): boolean {
  const [first, second] = entropy as unknown as readonly [number, number]
  if (first >= divisor) return false
  // The next state grows by the same step from one candidate to the next: no product for each of them.
  const back = MODULUS - ((FACTOR * divisor) % MODULUS)
  let next = (FACTOR * first) % MODULUS
  for (let state = first; state < MODULUS; state += divisor) {
    if (next % divisor === second && isRun(entropy, state, divisor)) return true
    next -= back
    if (next < 0) next += MODULUS
  }
  return false
}

function isRun(entropy: Uint8Array, start: number, divisor: number): boolean {
  let state = start
  for (let i = 1; i < entropy.length; i++) {
    state = (state * FACTOR) % MODULUS // below 2^46: exact
    if (state % divisor !== entropy[i]) return false
  }
  return state !== 0
}
