/**
 * The first four letters of words, for stamping: "The wordlist is created in such a way that it's enough to type the
 * first four letters to unambiguously identify the word" (BIP-39); SLIP-39 asks for the same of its list.
 * Lists whose words four letters A to Z do not tell apart are refused. docs/steel.md, section "Letters".
 */
import { fail } from '../../errors.js'
import { type Language, LISTS } from '../../words/bip39/lists.js'
import { decode } from '../../words/parity/code.js'
import { parityWords } from '../../words/parity.js'
import { formatSteelWords, type SteelList, type SteelWords, wordsOf } from './content.js'
import { CHECK_WORDS } from './kinds.js'

/** The words of the places: the phrase, then its two parity words, which are the check; a share has its own checksum. */
export function letterWords(content: SteelWords): readonly string[] {
  const words = formatSteelWords(content).split(' ')
  const { list } = content
  if (list === 'slip39') return words
  const parity = parityWords(words.join(' '), { count: CHECK_WORDS, language: list })
  return [...words, ...parity]
}

/** @throws CairnError `steel-letters` when they would stand for other words of the list as well */
export function fourLetters(word: string, list: SteelList): string {
  const letters = lettersOf(word)
  const found = lookup(list).get(letters)
  return found === word ? letters : fail('steel-letters', { list: nameOf(list) })
}

/** The word of the list that four letters, or the three of a short word, stand for; null for none. */
export function wordOfLetters(letters: string, list: SteelList): string | null {
  return lookup(list).get(letters) ?? null
}

/**
 * The words of a phrase whose places were read one by one, held to their two check words: whichever two of them are
 * wrong, it is noticed. One place that was not read is filled in, and then one wrong word is still noticed.
 * @param found indexes of all places, the check words last; null for one that is not clear
 * @returns the indexes of the phrase; null when the check does not hold
 */
export function holdWords(found: readonly (number | null)[], words: number): readonly number[] | null {
  if (found.filter((index) => index === null).length > MOST_OPEN) return null
  const decoded = decode(found, words)
  const isHeld = decoded?.every((index, i) => found[i] === null || found[i] === index)
  return decoded && isHeld ? decoded.slice(0, words) : null
}

/** Of two check words, one may fill in a word. */
export const MOST_OPEN = 1

/** True when four letters A to Z tell all words of a list apart. */
export function isStampable(list: SteelList): boolean {
  return lookup(list).size === wordsOf(list).length
}

export function nameOf(list: SteelList): string {
  return list === 'slip39' ? 'SLIP-39' : `BIP-39 ${list.replace('_', ' ')}`
}

/** Lists that serve for letters. */
export function stampableLists(): readonly SteelList[] {
  return [...(Object.keys(LISTS) as Language[]), 'slip39' as const].filter(isStampable)
}

/** Capitals A to Z without accents; empty for another script. */
function lettersOf(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase()
  return /^[A-Z]+$/.test(plain) ? plain.slice(0, 4) : ''
}

const lookups = new Map<SteelList, ReadonlyMap<string, string>>()

function lookup(list: SteelList): ReadonlyMap<string, string> {
  const known = lookups.get(list)
  if (known) return known
  const times = new Map<string, number>()
  for (const word of wordsOf(list)) times.set(lettersOf(word), (times.get(lettersOf(word)) ?? 0) + 1)
  const unique = wordsOf(list).filter((word) => lettersOf(word) !== '' && times.get(lettersOf(word)) === 1)
  const made = new Map(unique.map((word) => [lettersOf(word), word]))
  lookups.set(list, made)
  return made
}
