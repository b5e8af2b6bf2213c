/**
 * What may have happened to a phrase, as layouts: for each of its places the words that may stand there and what
 * each costs in bits, and the cost of what happened to the order. `combine.ts` tries them from the cheapest on.
 * docs/phrase-fix.md has the costs with their reasons.
 */
import { LANGUAGES, LISTS } from '../bip39/lists.js'
import { meant, nearWords } from '../near.js'
import { isLost, type Reading } from './kinds.js'

export type Slip =
  | 'none'
  | 'spelling'
  | 'lost-word'
  | 'wrong-word'
  | 'last-word'
  | 'missing-word'
  | 'extra-word'
  | 'joined'
  | 'split'
  | 'swapped'
  | 'moved'
  | 'order'

export interface Option {
  readonly index: number
  readonly cost: number
}

export interface Layout {
  readonly slip: Slip
  readonly cost: number
  /** The cheapest option first. */
  readonly slots: readonly (readonly Option[])[]
  /** For each slot the index of the typed word in it; null where none is. */
  readonly sources: readonly (number | null)[]
}

export const COSTS = {
  /** That a word of the list was written in place of another one; what makes it look like it comes on top. */
  misread: 7,
  /** A word nothing is known of: 2,048 of them. */
  anyWord: 11,
  /** That nothing at all of an unknown word helps, beyond `anyWord`. */
  garbled: 5,
  /** That a word was replaced by an unrelated one, beyond `anyWord`; the last word is most often one of the person's own. */
  wrongWord: 7,
  wrongLast: 2,
  /** The place of the gap is one of 12 to 24. */
  missing: 6,
  repeated: 3,
  extra: 9,
  joined: 4,
  swappedNeighbours: 9,
  swapped: 13,
  moved: 13,
  columns: 8,
  reversed: 12,
  /** The word at the same place of another list. */
  sameIndex: 6,
} as const

/** Two slips in one word. */
const MAX_WORD_COST = 10
/** One slip, for words that are right as far as anybody can tell. */
const MAX_MISREAD_COST = 5

interface Typed {
  readonly reading: Reading
  readonly words: readonly string[]
  /** What may stand in the place of each typed word, the likely ones. */
  readonly likely: readonly (readonly Option[])[]
  /** Only the word itself, where it is of the list; else the likely ones. */
  readonly sure: readonly (readonly Option[])[]
}

/** Every layout of a text, in no order. */
export function layoutsOf(reading: Reading, words: readonly string[]): readonly Layout[] {
  const likely = words.map((word) => optionsOf(word, reading))
  const sure = likely.map((options) => (options[0]?.cost === 0 ? options.slice(0, 1) : options))
  const typed = { reading, words, likely, sure }
  const has = (length: number) => reading.lengths.includes(length)
  return [
    ...(has(words.length) ? sameLength(typed) : []),
    ...(has(words.length + 1) ? [...gaps(typed), ...joined(typed)] : []),
    ...(has(words.length - 1) ? [...extras(typed), ...split(typed)] : []),
  ]
}

function sameLength(typed: Typed): readonly Layout[] {
  const { words, likely } = typed
  const slip = words.some(isLost) ? 'lost-word' : 'spelling'
  const asTyped: Layout = { slip, cost: 0, slots: likely, sources: words.map((_, i) => i) }
  return [asTyped, ...wrongWords(typed), ...swaps(typed), ...moves(typed), ...orders(typed)]
}

/** Each word that is of the list was some other word. */
function wrongWords({ reading, likely, sure }: Typed): readonly Layout[] {
  return sure.flatMap((options, i): readonly Layout[] => {
    if (options[0]?.cost !== 0) return []
    const isLast = i === sure.length - 1
    const cost = isLast ? COSTS.wrongLast : COSTS.wrongWord
    const others = everyWord(reading).filter(
      ({ index }) => !likely[i]?.some((option) => option.index === index),
    )
    const all = isLast ? everyWord(reading).filter(({ index }) => index !== options[0]?.index) : others
    const slots = sure.with(i, all)
    return [{ slip: isLast ? 'last-word' : 'wrong-word', cost, slots, sources: sure.map((_, at) => at) }]
  })
}

function swaps(typed: Typed): readonly Layout[] {
  const places = typed.words.map((_, i) => i)
  return places.flatMap((i) =>
    places.slice(i + 1).map((j) => {
      const cost = j === i + 1 ? COSTS.swappedNeighbours : COSTS.swapped
      return inOrder(typed, places.with(i, j).with(j, i), { slip: 'swapped', cost })
    }),
  )
}

/** A word was written at another place; moves by one are swaps. */
function moves(typed: Typed): readonly Layout[] {
  const places = typed.words.map((_, i) => i)
  return places.flatMap((from) =>
    places
      .filter((to) => Math.abs(from - to) > 1)
      .map((to) => {
        const order = places.toSpliced(from, 1).toSpliced(to, 0, from)
        return inOrder(typed, order, { slip: 'moved', cost: COSTS.moved })
      }),
  )
}

/** A table was read down instead of across, or the other way round; or all was read from the end. */
function orders(typed: Typed): readonly Layout[] {
  const places = typed.words.map((_, i) => i)
  const tables = places
    .filter((rows) => rows > 1 && rows < places.length && places.length % rows === 0)
    .map((rows) => {
      const order = places.map((i) => (i % rows) * (places.length / rows) + Math.floor(i / rows))
      return inOrder(typed, order, { slip: 'order', cost: COSTS.columns })
    })
  return [...tables, inOrder(typed, places.toReversed(), { slip: 'order', cost: COSTS.reversed })]
}

function inOrder({ sure }: Typed, order: readonly number[], what: Pick<Layout, 'slip' | 'cost'>): Layout {
  return { ...what, slots: order.map((source) => sure[source] as readonly Option[]), sources: order }
}

function gaps({ reading, sure }: Typed): readonly Layout[] {
  return Array.from({ length: sure.length + 1 }, (_, i) => ({
    slip: 'missing-word',
    cost: COSTS.missing,
    slots: sure.toSpliced(i, 0, everyWord(reading)),
    sources: sure.map((_, at): number | null => at).toSpliced(i, 0, null),
  }))
}

function extras({ words, sure }: Typed): readonly Layout[] {
  return words.map((word, i) => ({
    slip: 'extra-word',
    cost: word === words[i - 1] || word === words[i + 1] ? COSTS.repeated : COSTS.extra,
    slots: sure.toSpliced(i, 1),
    sources: sure.map((_, at) => at).toSpliced(i, 1),
  }))
}

/** Two words were written as one. */
function joined({ reading, words, sure }: Typed): readonly Layout[] {
  const { list } = reading
  const cut = (word: string) =>
    Array.from({ length: word.length - 1 }, (_, i) => [word.slice(0, i + 1), word.slice(i + 1)])
  return words.flatMap((word, i) =>
    cut(word)
      .map((parts) => parts.map((part) => list.indexOf(part)))
      .filter((indexes) => !indexes.includes(-1))
      .map((indexes) => ({
        slip: 'joined' as const,
        cost: COSTS.joined,
        slots: sure.toSpliced(i, 1, ...indexes.map((index) => [{ index, cost: 0 }])),
        sources: sure.map((_, at): number | null => at).toSpliced(i, 1, null, null),
      })),
  )
}

/** One word was written as two. */
function split({ reading, words, sure }: Typed): readonly Layout[] {
  return words.flatMap((word, i): readonly Layout[] => {
    const index = reading.list.indexOf(`${word}${words[i + 1] ?? ' '}`)
    if (index < 0) return []
    const sources = sure.map((_, at): number | null => at).toSpliced(i, 2, null)
    return [{ slip: 'split', cost: COSTS.joined, slots: sure.toSpliced(i, 2, [{ index, cost: 0 }]), sources }]
  })
}

function optionsOf(word: string, reading: Reading): readonly Option[] {
  const { list } = reading
  if (isLost(word)) return everyWord(reading)
  const exact = list.indexOf(word)
  if (exact >= 0) {
    const others = nearWords(word, list, MAX_MISREAD_COST).filter(({ index }) => index !== exact)
    return [
      { index: exact, cost: 0 },
      ...others.map(({ index, cost }) => ({ index, cost: cost + COSTS.misread })),
    ]
  }
  const likely = [...nearWords(word, list, MAX_WORD_COST), ...sameIndex(word, reading)]
  const stands = meant(word, list)
  const first = stands === null ? [] : [{ index: list.indexOf(stands), cost: 0 }]
  const far = everyWord(reading).map(({ index, cost }) => ({ index, cost: cost + COSTS.garbled }))
  return cheapest([...first, ...likely, ...far])
}

/** One option a word, the cheapest one, in order. */
function cheapest(options: readonly Option[]): readonly Option[] {
  const best = new Map<number, number>()
  for (const { index, cost } of options) best.set(index, Math.min(cost, best.get(index) ?? cost))
  return Array.from(best, ([index, cost]) => ({ index, cost })).sort((a, b) => a.cost - b.cost)
}

/** A word of another BIP-39 list, as a program that shows phrases in a person's language would print it. */
function sameIndex(word: string, { kind, language }: Reading): readonly Option[] {
  if (kind !== 'bip39') return []
  return LANGUAGES.filter((other) => other !== language).flatMap((other) => {
    const index = (LISTS[other] as readonly string[]).indexOf(word)
    return index < 0 ? [] : [{ index, cost: COSTS.sameIndex }]
  })
}

const everies = new WeakMap<readonly string[], readonly Option[]>()

function everyWord({ list }: Reading): readonly Option[] {
  const known = everies.get(list)
  if (known) return known
  const all = list.map((_, index) => ({ index, cost: Math.log2(list.length) }))
  everies.set(list, all)
  return all
}
