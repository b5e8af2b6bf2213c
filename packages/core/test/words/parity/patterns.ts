/**
 * Damage to a phrase with its parity words: every pattern of places within what the code brings back, or random
 * ones; the values are random. Shared by the tests and by `npm run figures`.
 */
import { checksumHolds, lastIndexes } from '@cairn/core/words/bip39/checksum.js'
import { decode, encode, type Received } from '@cairn/core/words/parity/code.js'

export type Decoder = (received: Received, words: number) => readonly number[] | null

export interface Tally {
  readonly tried: number
  /** The sheet as it was. */
  readonly right: number
  /** Another phrase, believed to be the right one. */
  readonly wrong: number
  /** The quickest and the slowest are not told: what is refused, is refused. */
  readonly refused: number
}

export interface Damage {
  readonly lost: readonly number[]
  readonly wrong: readonly number[]
}

/** As `repair` believes it: the code word that was found, when the checksum of its phrase holds. */
export const believed: Decoder = (received, words) => {
  const found = decode(received, words)
  return found && checksumHolds(found.slice(0, words)) ? found : null
}

/** Numbers of a fixed stream, for a seed: xorshift32, Marsaglia (2003). Never for anything but tests. */
export function numbers(seed: number): (below: number) => number {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * below)
  }
}

type Draw = (below: number) => number

/** A random phrase, as indexes. */
export function phraseOf(words: number, draw: Draw): readonly number[] {
  const first = Array.from({ length: words - 1 }, () => draw(2048))
  const last = lastIndexes(first)
  return [...first, last[draw(last.length)] as number]
}

/** Every choice of `count` of the places from `from` to `to`. */
export function* choices(count: number, to: number, from = 0): Generator<readonly number[]> {
  if (count === 0) yield []
  else
    for (let first = from; first <= to - count; first++)
      for (const rest of choices(count - 1, to, first + 1)) yield [first, ...rest]
}

/** Every pattern of s lost and e wrong words with s + 2e <= parity, in `length` places. */
export function* everyPattern(length: number, parity: number): Generator<Damage> {
  for (let e = 0; 2 * e <= parity; e++)
    for (let s = 0; s + 2 * e <= parity; s++)
      for (const wrong of choices(e, length))
        for (const lost of choices(s, length))
          if (!lost.some((place) => wrong.includes(place))) yield { lost, wrong }
}

/** A random pattern of so many lost and wrong words. */
export function somePlaces(
  length: number,
  { lost, wrong }: { lost: number; wrong: number },
  draw: Draw,
): Damage {
  const places = Array.from({ length }, (_, i) => i)
  const taken = Array.from({ length: lost + wrong }, () => places.splice(draw(places.length), 1)[0] as number)
  return { lost: taken.slice(0, lost), wrong: taken.slice(lost) }
}

export interface Run {
  readonly words: number
  readonly parity: number
  readonly damages: Iterable<Damage>
  readonly seed: number
  readonly decoder?: Decoder
}

export function tally({ words, parity, damages, seed, decoder = believed }: Run): Tally {
  const draw = numbers(seed)
  const count = { tried: 0, right: 0, wrong: 0, refused: 0 }
  for (const damage of damages) {
    const phrase = phraseOf(words, draw)
    const sheet = [...phrase, ...encode(phrase, parity)]
    const found = decoder(damaged(sheet, damage, draw), words)
    count.tried++
    if (found === null) count.refused++
    else count[found.every((index, i) => index === sheet[i]) ? 'right' : 'wrong']++
  }
  return count
}

function damaged(sheet: readonly number[], { lost, wrong }: Damage, draw: Draw): Received {
  return sheet.map((index, i) => {
    if (lost.includes(i)) return null
    return wrong.includes(i) ? (index + 1 + draw(2047)) % 2048 : index
  })
}
