/**
 * What goes onto steel, as numbers: the place of every word in its list, counted from 1. Of BIP-39 phrases in every
 * list, and of SLIP-39 shares. docs/steel.md says which lists serve for what.
 */
import { fail } from '../../errors.js'
import { indexOf, type Language, LISTS } from '../../words/bip39/lists.js'
import { languagesOf } from '../../words/bip39.js'
import { checkPhrase } from '../../words/check.js'
import { titleOf } from '../../words/kinds.js'
import { parseShare } from '../../words/slip39/share.js'
import { indexOf as shareIndexOf, WORDS } from '../../words/slip39/words.js'
import { splitWords } from '../../words/text.js'

export type SteelList = Language | 'slip39'

export interface SteelWords {
  readonly list: SteelList
  /** From 1 on: "abandon" is 1 and "zoo" 2048, of SLIP-39 "academic" 1 and "zero" 1024. */
  readonly numbers: readonly number[]
}

/** Of BIP-39; of shares of 128 and of 256 bits. What a plate is for is marked on it as a place in this row. */
export const WORD_COUNTS = [12, 15, 18, 21, 24, 20, 33] as const
export type WordCount = (typeof WORD_COUNTS)[number]

export function isShareCount(words: WordCount): boolean {
  return words === 20 || words === 33
}

export function wordsOf(list: SteelList): readonly string[] {
  return list === 'slip39' ? WORDS : LISTS[list]
}

/**
 * The numbers of a phrase or a share that is right.
 * @param language needed only when the words are a phrase in two lists
 * @throws CairnError as `languagesOf` and `parseShare`; `phrase-ambiguous`; `usage` for phrases of other kinds
 */
export function parseSteelWords(text: string, language?: Language): SteelWords {
  const { kind, valid } = checkPhrase(text)
  if (valid && kind !== 'bip39' && kind !== 'slip39')
    return fail('usage', {
      reason: `steel takes BIP-39 phrases and SLIP-39 shares, not what was given: ${titleOf(kind)}`,
    })
  const words = splitWords(text)
  if (words.length === 20 || words.length === 33) {
    parseShare(text)
    return { list: 'slip39', numbers: words.map((word) => (shareIndexOf(word) as number) + 1) }
  }
  const [list, ...others] = languagesOf(text).filter((one) => language === undefined || one === language)
  if (list === undefined) return fail('phrase-checksum')
  if (others.length > 0) fail('phrase-ambiguous', { languages: [list, ...others].join(' and ') })
  return { list, numbers: words.map((word) => (indexOf(list, word) as number) + 1) }
}

/** The text of the numbers; it is for its own checksum to say whether they are a phrase. */
export function formatSteelWords({ list, numbers }: SteelWords): string {
  const words = wordsOf(list)
  return numbers.map((number) => words[number - 1]).join(' ')
}
