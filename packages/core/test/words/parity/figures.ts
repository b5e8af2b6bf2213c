/** The figures owed for the parity words: within what they bring back, and beyond it. */
import { checksumHolds } from '@cairn/core/words/bip39/checksum.js'
import { decode } from '@cairn/core/words/parity/code.js'
import {
  believed,
  type Damage,
  type Decoder,
  everyPattern,
  numbers,
  somePlaces,
  type Tally,
  tally,
} from './patterns.js'

const LENGTHS = [12, 15, 18, 21, 24]
const COUNTS = [2, 4, 6, 8]

export interface ParityFigure extends Tally {
  readonly what: string
}

/** Every pattern for 12 words and p = 4, then random ones for every length and number. */
export function within(random: number): readonly ParityFigure[] {
  const every = tally({ words: 12, parity: 4, damages: everyPattern(16, 4), seed: 1 })
  const rows = LENGTHS.flatMap((words) => COUNTS.map((parity) => ({ words, parity })))
  const each = Math.ceil(random / rows.length)
  const some = rows.map((row, i) => tally({ ...row, damages: randomDamages(row, each, i + 2), seed: i + 2 }))
  return [
    { what: 'every pattern of lost and wrong words within capacity, 12 words and 4 parity words', ...every },
    { what: 'random patterns within capacity, all lengths and numbers of parity words', ...some.reduce(sum) },
  ]
}

/** One wrong word more than the capacity, at random: refused, but for as many as the odds allow. */
export function beyond(
  each: number,
  lengths: readonly number[] = LENGTHS,
  counts: readonly number[] = COUNTS,
  decoder: Decoder = believed,
): readonly ParityFigure[] {
  const rows = lengths.flatMap((words) => counts.map((parity) => ({ words, parity })))
  return rows.map(({ words, parity }) => {
    const seed = 100 * words + parity
    const draw = numbers(seed)
    const damage = { lost: 0, wrong: parity / 2 + 1 }
    const damages = repeat(each, () => somePlaces(words + parity, damage, draw))
    return { what: `${words} + ${parity}`, ...tally({ words, parity, damages, seed: seed + 1, decoder }) }
  })
}

/** Broken twin: believes whatever the algorithm ends in, without asking for the checksum of the phrase. */
export const withoutChecksum: Decoder = decode

/** Broken twin: takes the first k words that are there for right, and computes the others. */
export const trustingTheFirst: Decoder = (received, words) => {
  let left = words
  const first = received.map((index) => (index !== null && left-- > 0 ? index : null))
  const found = decode(first, words)
  return found && checksumHolds(found.slice(0, words)) ? found : null
}

function* randomDamages({ words, parity }: { words: number; parity: number }, count: number, seed: number) {
  const draw = numbers(seed * 7919)
  yield* repeat(count, () => {
    const wrong = draw(parity / 2 + 1)
    return somePlaces(words + parity, { wrong, lost: draw(parity - 2 * wrong + 1) }, draw)
  })
}

function* repeat(count: number, make: () => Damage): Generator<Damage> {
  for (let i = 0; i < count; i++) yield make()
}

function sum(a: Tally, b: Tally): Tally {
  return {
    tried: a.tried + b.tried,
    right: a.right + b.right,
    wrong: a.wrong + b.wrong,
    refused: a.refused + b.refused,
  }
}
