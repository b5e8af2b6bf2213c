/**
 * The ten word lists of BIP-39, as @scure/bip39 carries them; each under the name of its file in the BIP.
 * https://github.com/bitcoin/bips/blob/master/bip-0039/bip-0039-wordlists.md
 *
 * And two that the BIP does not have and python-mnemonic makes phrases of, which are read and never made here.
 */
import { wordlist as czech } from '@scure/bip39/wordlists/czech.js'
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as french } from '@scure/bip39/wordlists/french.js'
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js'
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js'
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js'
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js'
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js'
import { WORDS as russian } from './lists/russian.js'
import { WORDS as turkish } from './lists/turkish.js'

/** English first: where several lists fit and none is better, the earlier one is named. */
export const LISTS = {
  english,
  spanish,
  french,
  italian,
  portuguese,
  czech,
  japanese,
  korean,
  chinese_simplified: simplified,
  chinese_traditional: traditional,
  russian,
  turkish,
} as const satisfies Record<string, readonly string[]>

export type Language = keyof typeof LISTS

export const LANGUAGES = Object.keys(LISTS) as readonly Language[]

/** The ten of the BIP. */
export type StandardLanguage = Exclude<Language, 'russian' | 'turkish'>

export const STANDARD_LANGUAGES = LANGUAGES.filter(isStandard)

export function isStandard(language: Language): language is StandardLanguage {
  return language !== 'russian' && language !== 'turkish'
}

const indexes = new Map<Language, ReadonlyMap<string, number>>()

/** Place of a word (0 to 2047), in lower case and NFKD as all lists are, in the list, or null. */
export function indexOf(language: Language, word: string): number | null {
  let map = indexes.get(language)
  if (!map) {
    map = new Map(LISTS[language].map((word, index) => [word, index]))
    indexes.set(language, map)
  }
  return map.get(word) ?? null
}

/** True when the word, in lower case and NFKD, is in the list. */
export function has(language: Language, word: string): boolean {
  return indexOf(language, word) !== null
}

/** The words as a phrase: of Japanese joined by U+3000, as the BIP has it. */
export function joinWords(words: readonly string[], language: Language): string {
  return words.join(language === 'japanese' ? '\u3000' : ' ')
}
