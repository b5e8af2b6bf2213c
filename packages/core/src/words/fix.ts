/**
 * Repairs of a phrase with small damage, the most likely first: misspelt words, one wrong or missing word, words in
 * another order. Proposals only: nothing is put right on its own, and where several phrases have a right checksum
 * only something known of the wallet (`accept`) tells which is the one.
 *
 * Not a search: what is tried is bounded to a second or two (`fix/combine.ts`), and costs are rounded judgements
 * (docs/phrase-fix.md). What is known of a wallet is checked above this room (`keys/known.ts`).
 */
import { countByCost, eachCombination, MAX_COST } from './fix/combine.js'
import { type FixKind, isLost, type Reading, readingsOf } from './fix/kinds.js'
import { type Layout, layoutsOf, type Slip } from './fix/layouts.js'
import { near } from './near.js'
import { splitWords } from './text.js'

export type { FixKind } from './fix/kinds.js'
export type { Slip } from './fix/layouts.js'

/** A word of the repaired phrase that differs from what was typed. */
export interface Change {
  /** In the repaired phrase, from 1; of a word that is taken out, in the typed text. */
  readonly position: number
  /** Null where the typed word is taken out. */
  readonly to: string | null
}

export interface Candidate {
  readonly kind: FixKind
  readonly language: string
  readonly phrase: string
  readonly slip: Slip
  readonly changes: readonly Change[]
  /** Bits; each one less is twice as likely. */
  readonly cost: number
}

export interface Fix {
  /** The most likely first; all have a right checksum. With `accept` at most one: the one that was accepted. */
  readonly candidates: readonly Candidate[]
  /** There are more than these, or more may have happened than was tried. */
  readonly truncated: boolean
  /** Phrases with a right checksum among those that were tried, listed or not. */
  readonly found: number
  /** Combinations whose checksum was tried. */
  readonly tried: number
}

export interface FixOptions {
  /** All three unless said. */
  readonly kinds?: readonly FixKind[]
  /** Whether it is the phrase of the wallet. Called for the most likely ones first, until it says so. */
  readonly accept?: (candidate: Candidate) => boolean
  /** How many candidates are listed, or shown to `accept`. */
  readonly limit?: number
}

const KINDS: readonly FixKind[] = ['bip39', 'slip39', 'electrum']
const LISTED = 100
const SHOWN = 3_000

/**
 * Proposes what a damaged phrase was, the most likely first.
 * @param text the words, with `?` for each one that is lost; numbers and signs between them do not count
 * @throws CairnError `phrase-too-long`
 */
export function fixPhrase(text: string, options: FixOptions = {}): Fix {
  const { kinds = KINDS, accept, limit = accept ? SHOWN : LISTED } = options
  const words = readWords(text)
  const readings = readingsOf(words, kinds)
  const right = accept ? [] : readings.flatMap((reading) => asTyped(reading, words))
  if (right.length > 0)
    return { candidates: right, truncated: false, found: right.length, tried: readings.length }
  const asked = options.kinds?.length === 1
  const found = readings.map((reading) => fixIn(reading, words, asked))
  const all = found.flatMap(({ candidates }) => candidates).sort((a, b) => a.cost - b.cost)
  const tried = found.reduce((sum, fix) => sum + fix.tried, 0)
  const cut = found.length === 0 || found.some(({ truncated }) => truncated)
  if (accept) {
    const accepted = all.slice(0, limit).find(accept)
    if (accepted) return { candidates: [accepted], truncated: false, found: all.length, tried }
    return { candidates: [], truncated: cut || all.length > limit, found: all.length, tried }
  }
  return { candidates: all.slice(0, limit), truncated: cut || all.length > limit, found: all.length, tried }
}

/**
 * How many phrases with a right checksum a search has to look at when the damage is what the text shows, or, where
 * that was tried already, two wrong words at unknown places. Null when no kind fits.
 */
export function searchSpace(text: string): { readonly words: number; readonly phrases: number } | null {
  const words = readWords(text)
  const [reading] = readingsOf(words.filter((word) => !isLost(word)).length > 0 ? words : [], KINDS)
  if (!reading) return null
  const { list, lengths, oneIn } = reading
  const length = lengths.find((n) => n >= words.length) ?? words.length
  const gaps = length - words.length
  const garbled = words.filter(
    (word) => isLost(word) || (!list.includes(word) && near(word, list).length === 0),
  ).length
  const [unknown, places] =
    garbled + gaps > 1 ? [garbled + gaps, choose(length, gaps)] : [2, choose(length, 2)]
  return { words: length, phrases: Math.ceil((places * list.length ** unknown) / oneIn(length)) }
}

/** The text itself, when it is right. */
function asTyped(reading: Reading, words: readonly string[]): readonly Candidate[] {
  const { kind, language, list, lengths, rarity: cost } = reading
  const indexes = words.map((word) => list.indexOf(word))
  if (indexes.includes(-1) || !lengths.includes(words.length) || !reading.holds(indexes)) return []
  return [{ kind, language, phrase: reading.join(words), slip: 'none', changes: [], cost }]
}

/** Lower case, NFKD, without the numbers and signs of a list. */
function readWords(text: string): readonly string[] {
  return splitWords(text)
    .map((word) => word.replace(/^(?:\d+[.):-]*|[^\p{L}\p{N}?]+)+(?=\p{L})|[^\p{L}\p{M}\p{N}?]+$/gu, ''))
    .filter((word) => !/^\d*$/.test(word))
}

function fixIn(reading: Reading, words: readonly string[], asked: boolean): Fix {
  const layouts = layoutsOf(reading, words)
  const { most, truncated } = bound(layouts, asked ? reading.tries.asked : reading.tries.unasked)
  const found = new Map<string, Candidate>()
  let tried = 0
  for (const layout of layouts)
    eachCombination(layout, most, ({ cost, indexes }) => {
      tried++
      if (!reading.holds(indexes)) return
      const candidate = candidateOf(reading, words, { layout, indexes, cost: cost + reading.rarity })
      const known = found.get(candidate.phrase)
      if (!known || candidate.cost < known.cost) found.set(candidate.phrase, candidate)
    })
  return { candidates: [...found.values()], truncated, found: found.size, tried }
}

/** The highest cost up to which all combinations together are at most so many. */
function bound(
  layouts: readonly Layout[],
  tries: number,
): { readonly most: number; readonly truncated: boolean } {
  const counts = layouts.map(countByCost)
  let total = 0
  for (let cost = 0; cost <= MAX_COST; cost++) {
    total += counts.reduce((sum, count) => sum + (count[cost] as number), 0)
    if (total > tries) return { most: cost - 1, truncated: true }
  }
  return { most: MAX_COST, truncated: false }
}

function candidateOf(
  { kind, language, list, join }: Reading,
  typed: readonly string[],
  { layout, indexes, cost }: { layout: Layout; indexes: readonly number[]; cost: number },
): Candidate {
  const words = indexes.map((index) => list[index] as string)
  const kept = new Set(layout.sources)
  const inPlace = words.length === typed.length
  const changed = words.flatMap((word, i): readonly Change[] => {
    const before = typed[inPlace ? i : (layout.sources[i] ?? -1)]
    return word === before ? [] : [{ position: i + 1, to: word }]
  })
  const isDropped = (i: number) => layout.slip === 'extra-word' && !kept.has(i)
  const dropped = typed.flatMap((_, i): readonly Change[] =>
    isDropped(i) ? [{ position: i + 1, to: null }] : [],
  )
  const changes = [...changed, ...dropped]
  const slip = changes.length === 0 ? 'none' : layout.slip
  return { kind, language, phrase: join(words), slip, changes, cost }
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k
}
