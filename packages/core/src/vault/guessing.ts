/**
 * How long a passphrase behind the scrypt lock of a vault withstands guessing, from the number of guesses it takes.
 * Whoever has a copy of vault.json guesses on their own machines: nothing slows them down but the scrypt.
 *
 * The rate is a bound and no measurement. scrypt with r = 8 writes 1,024 * N bytes and reads them back at random;
 * by keeping part of it an attacker saves no more than makes it 1.25 of that (the reckoning of tobtu.com, "Minimum
 * Password Settings", scrypt). A graphics card that moves 10^12 bytes a second thus makes at most 3,000 guesses a
 * second at N = 2^18, and half as many at each doubling of N.
 */

/** Below it a typed passphrase is refused: ten thousand cards find it within hours, one card within years. */
export const LEAST_BITS = 40

/** Guesses a second of one graphics card at N = 2^18. */
const CARD_RATE = 3_000
const CARD_LOG_N = 18
const YEAR_SECONDS = 365.25 * 86_400

/** What an attacker spends: somebody with one graphics card, and an organisation with thousands. */
export const ATTACKERS = [
  { name: 'one graphics card', cards: 1 },
  { name: 'ten thousand', cards: 10_000 },
] as const

export interface Guessed {
  /** log2 of the guesses that are expected to find it. */
  readonly bits: number
  /** log2 of the scrypt cost N of the lock. */
  readonly logN: number
  readonly cards: number
}

/** Seconds until the passphrase is found, in the mean. */
export function secondsToGuess({ bits, logN, cards }: Guessed): number {
  const rate = CARD_RATE * cards * 2 ** (CARD_LOG_N - logN)
  return 2 ** bits / rate
}

/** MiB of memory that one guess takes: 128 * r * N bytes, with r = 8 (RFC 7914, section 2). */
export function mebibytesOf(logN: number): number {
  return 2 ** (logN - 10)
}

const SPANS = [
  { least: 1e6 * YEAR_SECONDS, words: () => 'more than a million years' },
  { least: 2 * YEAR_SECONDS, words: (s: number) => counted(s / YEAR_SECONDS, 'years') },
  { least: 2 * 86_400, words: (s: number) => counted(s / 86_400, 'days') },
  { least: 7_200, words: (s: number) => counted(s / 3_600, 'hours') },
  { least: 120, words: (s: number) => counted(s / 60, 'minutes') },
] as const

/** `3 hours`, `2,000 years`: one figure is all that such a number can claim. */
export function spanWords(seconds: number): string {
  const span = SPANS.find(({ least }) => seconds >= least)
  return span === undefined ? 'minutes at most' : span.words(seconds)
}

function counted(value: number, unit: string): string {
  const scale = 10 ** Math.floor(Math.log10(value))
  return `${(Math.floor(value / scale) * scale).toLocaleString('en-US')} ${unit}`
}

/** `3 hours for one graphics card, minutes at most for ten thousand`. */
export function guessingWords(bits: number, logN: number): string {
  const parts = ATTACKERS.map(
    ({ name, cards }) => `${spanWords(secondsToGuess({ bits, logN, cards }))} for ${name}`,
  )
  const [first = '', second = ''] = parts
  return first.replace(/ for .*/, '') === second.replace(/ for .*/, '')
    ? `${spanWords(secondsToGuess({ bits, logN, cards: 1 }))}, also for ten thousand graphics cards`
    : parts.join(', ')
}
