/**
 * Parity words: 2, 4, 6 or 8 extra words of the same list, written under a BIP-39 phrase, that bring damaged
 * words of it back without a search. docs/parity-words.md is the specification; the code itself is in
 * `parity/code.ts`. They belong on the sheet of the phrase: alone they tell 11 bits a word about it.
 *
 * Not a backup of the phrase, and not for phrases other than BIP-39's: a repair is believed only when the
 * BIP-39 checksum holds as well.
 */
import { fail } from '../errors.js'
import { checksumHolds, LENGTHS } from './bip39/checksum.js'
import { indexOf, joinWords, LANGUAGES, type Language, LISTS } from './bip39/lists.js'
import { languagesOf } from './bip39.js'
import { meant } from './near.js'
import { decode, encode, MAX_PARITY, type Received } from './parity/code.js'
import { splitWords } from './text.js'

/** How many parity words a sheet bears. A smaller number is the beginning of a larger one. */
export const PARITY_COUNTS = [2, 4, 6, 8] as const
export type ParityCount = (typeof PARITY_COUNTS)[number]

/** What a repair rests on. */
export interface Grounds {
  /** Words, of the phrase and of parity, that were known to be lost or were no words of the list. */
  readonly lost: number
  /** Words that were others than they should be. */
  readonly wrong: number
  /** Parity words of the text, lost ones too: `lost` + 2 * `wrong` is at most this. */
  readonly capacity: number
  /** Of texts damaged beyond repair at random, at most about one in so many would have looked like this one. */
  readonly oneIn: number
}

export interface Repaired {
  readonly repaired: true
  readonly language: Language
  readonly phrase: string
  readonly parity: readonly string[]
  /** Numbers of the words that changed, from 1; parity words are counted on behind those of the phrase. */
  readonly changes: readonly number[]
  readonly grounds: Grounds
}

/** More is damaged than the parity words can bring back; `lost` counts only what is known to be lost. */
export interface NotRepaired {
  readonly repaired: false
  readonly grounds: Pick<Grounds, 'lost' | 'capacity'>
}

/** What stands for a word that is lost. */
const LOST = /^\?+$/
const MAX_ODDS = 1e12

/**
 * The parity words of a phrase that is right.
 * @param language needed only when the words are a phrase in two lists
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function parityWords(
  phrase: string,
  { count = 4, language }: { readonly count?: ParityCount; readonly language?: Language } = {},
): readonly string[] {
  const words = splitWords(phrase)
  const languages = languagesOf(phrase).filter((list) => language === undefined || list === language)
  const [parity, ...others] = languages.map((list) => {
    const indexes = words.map((word) => indexOf(list, word) as number)
    return encode(indexes, count).map((index) => LISTS[list][index] as string)
  })
  if (parity === undefined) return fail('phrase-checksum')
  if (others.some((other) => other.join(' ') !== parity.join(' ')))
    fail('phrase-ambiguous', { languages: languages.join(' and ') })
  return parity
}

/**
 * Repairs a text of a phrase, `+` and its parity words. `?` stands for a lost word; a word of no list counts as
 * lost, and one word of the phrase may be left out without a mark. At most as much as the parity words can bring
 * back for certain is repaired, and the checksum of BIP-39 must hold: what is damaged more is left alone.
 * @throws CairnError `phrase-too-long`, `parity-format`
 */
export function repair(text: string): Repaired | NotRepaired {
  const sheet = parse(text)
  const attempts = listsOf(sheet).flatMap((language) => placings(sheet, language))
  const repairs = attempts.flatMap((attempt) => attemptRepair(attempt, attempts.length))
  const fewest = Math.min(...repairs.map(({ changes }) => changes.length))
  const [first, ...others] = repairs.filter(({ changes }) => changes.length === fewest)
  if (first && others.every(({ phrase }) => phrase === first.phrase)) return first
  const lost = Math.min(sheet.phrase.length + sheet.parity.length, ...attempts.map(lostIn))
  return { repaired: false, grounds: { lost, capacity: sheet.parity.length } }
}

interface SheetText {
  readonly phrase: readonly string[]
  readonly parity: readonly string[]
}

/** A reading of the sheet in one list, with a place for each word. */
interface Attempt {
  readonly language: Language
  readonly words: number
  readonly received: Received
}

function parse(text: string): SheetText {
  const words = splitWords(text, (whole) => cutAtPlus(whole))
  const plus = words.indexOf('+')
  const [phrase, parity] = [words.slice(0, plus), words.slice(plus + 1)]
  const refuse = (reason: string) => fail('parity-format', { reason })
  if (plus < 0 || parity.includes('+')) return refuse('there must be one + between the two')
  if (parity.length < 1 || parity.length > MAX_PARITY)
    return refuse(`there must be 1 to ${MAX_PARITY} parity words`)
  if (!LENGTHS.includes(phrase.length) && !LENGTHS.includes(phrase.length + 1))
    return refuse('the phrase must have 12, 15, 18, 21 or 24 words, lost ones counted')
  return { phrase, parity }
}

function cutAtPlus(text: string): readonly string[] {
  return text.normalize('NFKD').toLowerCase().replaceAll('+', ' + ').split(/\s+/).filter(Boolean)
}

/** The lists with most of the words. */
function listsOf({ phrase, parity }: SheetText): readonly Language[] {
  const words = [...phrase, ...parity]
  const known = LANGUAGES.map((list) => words.filter((word) => read(word, list) !== null).length)
  const most = Math.max(...known)
  return LANGUAGES.filter((_, i) => known[i] === most && most > 0)
}

function read(word: string, language: Language): number | null {
  const whole = LOST.test(word) ? null : meant(word, LISTS[language])
  return whole === null ? null : indexOf(language, whole)
}

/** The words in their places; where one was left out, with a lost word at each place that it may have had. */
function placings({ phrase, parity }: SheetText, language: Language): readonly Attempt[] {
  const gaps = LENGTHS.includes(phrase.length)
    ? [null]
    : Array.from({ length: phrase.length + 1 }, (_, i) => i)
  return gaps.map((gap) => {
    const placed = gap === null ? phrase : phrase.toSpliced(gap, 0, '?')
    const received = [...placed, ...parity].map((word) => read(word, language))
    return { language, words: placed.length, received }
  })
}

function lostIn({ received }: Attempt): number {
  return received.filter((index) => index === null).length
}

function attemptRepair(attempt: Attempt, attempts: number): readonly Repaired[] {
  const { language, words, received } = attempt
  const indexes = decode(received, words)
  if (!indexes || !checksumHolds(indexes.slice(0, words))) return []
  const right = indexes.map((index) => LISTS[language][index] as string)
  const changes = indexes.flatMap((index, i) => (index === received[i] ? [] : [i + 1]))
  const lost = lostIn(attempt)
  const damage = { lost, wrong: changes.length - lost, capacity: received.length - words }
  return [
    {
      repaired: true,
      language,
      phrase: joinWords(right.slice(0, words), language),
      parity: right.slice(words),
      changes,
      grounds: grounds({ ...damage, words, attempts }),
    },
  ]
}

/**
 * How sure a repair is. Texts in reach of one code word are C(n, i) * 2047^i for each number i of wrong words, n
 * the words that are not lost; 2048^(p - s) texts share a code word, and one phrase in 2^(k/3) has the right
 * checksum. The odds are at least 1 and at most 10^12.
 */
export function grounds(
  found: Omit<Grounds, 'oneIn'> & { readonly words: number; readonly attempts?: number },
): Grounds {
  const { lost, wrong, capacity, words, attempts = 1 } = found
  const present = words + capacity - lost
  let reach = 1
  for (let i = 1, ways = 1; i <= wrong; i++) {
    ways = (ways * (present - i + 1) * 2047) / i
    reach += ways
  }
  const odds = (2048 ** (capacity - lost) / reach / attempts) * 2 ** (words / 3)
  return { lost, wrong, capacity, oneIn: Math.max(Math.floor(Math.min(odds, MAX_ODDS)), 1) }
}
