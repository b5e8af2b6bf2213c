/** The last words that BIP-39 allows: its checksum leaves 128 of 2,048 for 12 words, 8 for 24. */
import { fail } from '../errors.js'
import { LENGTHS, lastIndexes } from './bip39/checksum.js'
import { indexOf, LANGUAGES, type Language, LISTS } from './bip39/lists.js'
import { splitWords } from './text.js'

export interface LastWords {
  readonly language: Language
  /** Of the whole phrase. */
  readonly words: number
  /** In the order of the list. */
  readonly last: readonly string[]
}

/**
 * The words that can end a phrase of which all others are given; `?` may stand in the place of the last one.
 * @param language needed only when all words are in several lists at different places
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-ambiguous`
 */
export function lastWords(text: string, language?: Language): LastWords {
  const typed = splitWords(text)
  const given = typed.at(-1) === '?' ? typed.slice(0, -1) : typed
  const words = given.length + 1
  if (!LENGTHS.includes(words)) fail('word-count', { words: given.length, expected: '11, 14, 17, 20 or 23' })
  const readings = (language ? [language] : LANGUAGES).map((list) => ({
    list,
    indexes: given.map((word) => indexOf(list, word)),
  }))
  const fitting = readings.filter(({ indexes }) => !indexes.includes(null))
  const [first] = fitting
  if (!first) return fail('word-unknown', { position: firstUnknown(readings.map(({ indexes }) => indexes)) })
  if (fitting.some(({ indexes }) => indexes.join() !== first.indexes.join()))
    fail('phrase-ambiguous', { languages: fitting.map(({ list }) => list).join(' and ') })
  const last = lastIndexes(first.indexes as readonly number[]).map(
    (index) => LISTS[first.list][index] as string,
  )
  return { language: first.list, words, last }
}

/** Place of the first unknown word, in the list that goes furthest. */
function firstUnknown(readings: readonly (readonly (number | null)[])[]): number {
  return Math.max(...readings.map((indexes) => indexes.indexOf(null) + 1))
}
