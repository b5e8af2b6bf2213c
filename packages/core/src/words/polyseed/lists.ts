/**
 * The word lists of polyseed: those of BIP-39, three of them in another order (https://github.com/tevador/polyseed,
 * src/lang_*.c: Spanish "with an accent-insensitive word order", Czech "with the correct word order", Japanese "with
 * ordinal sorting"). The order gives the words their values, so it is made here and held to its hash by a test.
 */
import { LISTS as BIP39, type StandardLanguage as Language } from '../bip39/lists.js'

export interface PolyseedList {
  /** In NFKD. */
  readonly words: readonly string[]
  /** "just the first 4 characters of each word need to be provided" */
  readonly byPrefix: boolean
  /** "French and Spanish seeds can be input with or without accents" */
  readonly accents: boolean
  readonly separator: ' ' | '\u3000'
}

const latin = { byPrefix: true, accents: false, separator: ' ' } as const
const accented = { ...latin, accents: true } as const
const other = { byPrefix: false, accents: false, separator: ' ' } as const

/** In the order of the library. */
export const LISTS: Readonly<Record<Language, PolyseedList>> = {
  english: { ...latin, words: BIP39.english },
  japanese: { ...other, separator: '\u3000', words: BIP39.japanese.toSorted() },
  korean: { ...other, words: BIP39.korean },
  spanish: { ...accented, words: sortedBare(BIP39.spanish) },
  french: { ...accented, words: BIP39.french },
  italian: { ...latin, words: BIP39.italian },
  czech: { ...latin, words: sortedBare(BIP39.czech) },
  portuguese: { ...latin, words: BIP39.portuguese },
  chinese_simplified: { ...other, words: BIP39.chinese_simplified },
  chinese_traditional: { ...other, words: BIP39.chinese_traditional },
}

export const LANGUAGES = Object.keys(LISTS) as readonly Language[]

/** A word in NFKD without its accents. */
export function bare(word: string): string {
  return word.replace(/\p{M}/gu, '')
}

function sortedBare(words: readonly string[]): readonly string[] {
  const pairs = words.map((word) => [bare(word), word] as const)
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, word]) => word)
}

interface Index {
  readonly whole: ReadonlyMap<string, number>
  /** Beginnings of four characters or more. */
  readonly begun: ReadonlyMap<string, number>
}

const indexes = new Map<Language, Index>()

/** The place of a word as it may be written, in NFKD and lower case; null when it is not in the list. */
export function indexOf(language: Language, typed: string): number | null {
  return wholeIndexOf(language, typed) ?? indexFor(language).begun.get(spelled(language, typed)) ?? null
}

/** The same for words that are not cut off. */
export function wholeIndexOf(language: Language, typed: string): number | null {
  return indexFor(language).whole.get(spelled(language, typed)) ?? null
}

function spelled(language: Language, word: string): string {
  return LISTS[language].accents ? bare(word) : word
}

function indexFor(language: Language): Index {
  const known = indexes.get(language)
  if (known) return known
  const words = LISTS[language].words.map((word) => spelled(language, word))
  const whole = new Map(words.map((word, i) => [word, i]))
  const begun = new Map(LISTS[language].byPrefix ? words.flatMap(beginnings) : [])
  indexes.set(language, { whole, begun })
  return { whole, begun }
}

function beginnings(word: string, index: number): readonly (readonly [string, number])[] {
  const lengths = Array.from({ length: Math.max(0, word.length - 4) }, (_, i) => i + 4)
  return lengths.map((length) => [word.slice(0, length), index])
}
