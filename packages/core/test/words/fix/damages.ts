/** Classes of small damage, made at random, to measure how often `fixPhrase` finds the phrase again. */
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { fixPhrase } from '@cairn/core/words/fix.js'
import { numbers, phraseOf } from '../parity/patterns.js'

type Draw = (below: number) => number
type Damage = (words: readonly string[], draw: Draw) => readonly string[]

const pick = <T>(values: readonly T[], draw: Draw): T => values[draw(values.length)] as T

/** A slip in so many words, at places where it can happen. */
function inWords(count: number, slip: (word: string, draw: Draw) => string | null): Damage {
  return (words, draw) => {
    const places = words.map((_, i) => i)
    let damaged = words
    for (let done = 0; done < count && places.length > 0; ) {
      const [at] = places.splice(draw(places.length), 1) as [number]
      const typed = slip(words[at] as string, draw)
      if (typed === null || typed === words[at]) continue
      damaged = damaged.with(at, typed)
      done++
    }
    return damaged
  }
}

const BESIDE: Readonly<Record<string, string>> = {
  ...{
    a: 'qsz',
    b: 'vgn',
    c: 'xdv',
    d: 'sefc',
    e: 'wrd',
    f: 'drgv',
    g: 'fthb',
    h: 'gyjn',
    i: 'uok',
    j: 'hukm',
  },
  ...{
    k: 'jil',
    l: 'ko',
    m: 'njk',
    n: 'bhm',
    o: 'ipl',
    p: 'o',
    q: 'wa',
    r: 'etf',
    s: 'adwx',
    t: 'ryg',
    u: 'yij',
  },
  ...{ v: 'cfb', w: 'qes', x: 'zsc', y: 'tuh', z: 'ax' },
}
const SOUNDS = [
  'ph f',
  'ck k',
  'c k',
  'ee ea',
  'ea ee',
  'ie ei',
  'y i',
  's z',
  'll l',
  'er or',
  'ou ow',
  'k c',
  'i e',
  'a e',
]
const LOOKS = [
  'rn m',
  'm rn',
  'cl d',
  'd cl',
  'u v',
  'v u',
  'n r',
  'n u',
  'a o',
  'o a',
  'e c',
  'c e',
  'l t',
  'h b',
  'g y',
]

const withLetter =
  (change: (letter: string, draw: Draw, word: string) => string) => (word: string, draw: Draw) => {
    const i = draw(word.length)
    return word.slice(0, i) + change(word[i] as string, draw, word) + word.slice(i + 1)
  }

const byPair = (pairs: readonly string[]) => (word: string, draw: Draw) => {
  const fitting = pairs
    .map((pair) => pair.split(' ') as [string, string])
    .filter(([from]) => word.includes(from))
  const [from, to] = fitting.length > 0 ? pick(fitting, draw) : [null, null]
  return from === null ? null : word.replace(from, to)
}

function swapLetters(word: string, draw: Draw): string {
  const i = draw(word.length - 1)
  return `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`
}

const swapWords = (words: readonly string[], i: number, j: number) =>
  words.with(i, words[j] as string).with(j, words[i] as string)

const otherWord = (_: string, draw: Draw) => pick(LISTS.english, draw)

function readDown(words: readonly string[], draw: Draw): readonly string[] {
  const columns = pick([2, 3, 4], draw)
  const rows = words.length / columns
  return words.map((_, i) => words[(i % rows) * columns + Math.floor(i / rows)] as string)
}

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'the key beside the right one': inWords(
    1,
    withLetter((letter, draw) => pick(Array.from(BESIDE[letter] ?? 'e'), draw)),
  ),
  'two letters swapped': inWords(1, swapLetters),
  'a letter left out': inWords(
    1,
    withLetter(() => ''),
  ),
  'a letter doubled': inWords(
    1,
    withLetter((letter) => letter + letter),
  ),
  'any other letter': inWords(
    1,
    withLetter((_, draw) => String.fromCharCode(97 + draw(26))),
  ),
  'written as it sounds': inWords(1, byPair(SOUNDS)),
  'letters that look alike': inWords(1, byPair(LOOKS)),
  'another form of a word': inWords(1, (word, draw) => word + pick(['s', 'ed', 'ing'], draw)),
  'only the first four letters, all words': (words) => words.map((word) => word.slice(0, 4)),
  'three words misspelt by a letter': inWords(
    3,
    withLetter(() => ''),
  ),
  'a lost word, its place known': inWords(1, () => '?'),
  'a word left out': (words, draw) => words.toSpliced(draw(words.length), 1),
  'a word replaced by any other': inWords(1, otherWord),
  'the last word replaced': (words, draw) => words.with(-1, pick(LISTS.english, draw)),
  'two neighbours swapped': (words, draw) => {
    const i = draw(words.length - 1)
    return swapWords(words, i, i + 1)
  },
  'any two words swapped': (words, draw) => swapWords(words, draw(words.length), draw(words.length)),
  'a word written twice': (words, draw) => {
    const i = draw(words.length)
    return words.toSpliced(i, 0, words[i] as string)
  },
  'a table read down': readDown,
}

export interface Rate {
  readonly damage: string
  readonly tried: number
  /** The right phrase is the first proposal. */
  readonly first: number
  readonly firstTen: number
  /** Found at all: what an address of the wallet picks out. */
  readonly found: number
}

/** As many as `fixPhrase` shows to `accept`. */
const LIMIT = 3_000

/** How often the phrase comes back. The damaged text is refused as right, as a wallet would: by not being the phrase. */
export function hitRate(damage: string, words: number, count: number): Rate {
  const draw = numbers(words * 1000 + damage.length)
  const rate = { damage, tried: 0, first: 0, firstTen: 0, found: 0 }
  while (rate.tried < count) {
    const right = phraseOf(words, draw).map((index) => LISTS.english[index] as string)
    const typed = (DAMAGES[damage] as Damage)(right, draw)
    if (typed.join(' ') === right.join(' ')) continue
    const rank = rankOf(right.join(' '), typed.join(' '))
    rate.tried++
    if (rank === 1) rate.first++
    if (rank <= 10) rate.firstTen++
    if (rank <= LIMIT) rate.found++
  }
  return rate
}

function rankOf(right: string, typed: string): number {
  let rank = 0
  const accept = ({ phrase }: { phrase: string }) => {
    if (phrase !== typed) rank++
    return phrase === right
  }
  const { candidates } = fixPhrase(typed, { kinds: ['bip39'], accept, limit: LIMIT })
  return candidates.length > 0 ? rank : Number.POSITIVE_INFINITY
}
