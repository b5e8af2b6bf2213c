/**
 * Text that may be a phrase, bounded before anything else is done with it.
 */
import { fail } from '../errors.js'

/** The longest phrase known has 59 words of SLIP-39. */
const MAX_CHARACTERS = 10_000
const MAX_WORDS = 100

/**
 * The words in lower case and NFKD, cut at any white space unless `cut` says otherwise; without the numbers and commas of
 * a list.
 * @throws CairnError `phrase-too-long` above 10,000 characters or 100 words
 */
export function splitWords(
  text: string,
  cut: (text: string) => readonly string[] = cutWords,
): readonly string[] {
  if (text.length > MAX_CHARACTERS) fail('phrase-too-long')
  const words = cut(text)
  return words.length > MAX_WORDS ? fail('phrase-too-long') : words
}

/** The number of words. @throws CairnError `phrase-too-long` above 10,000 characters or 100 words */
export function countWords(text: string): number {
  return splitWords(text).length
}

/** The numbers and commas of a list that was copied as it stands on a sheet: `1. legal, 2. winner`. */
const NUMBER = /^\d{1,2}[.):]?(?!\d)/
const WORD = /\p{L}{3}/u

/** At white space alone: for texts of digits and hexadecimal. */
export function cutPieces(text: string): readonly string[] {
  return text.normalize('NFKD').toLowerCase().split(/\s+/).filter(Boolean)
}

function cutWords(text: string): readonly string[] {
  const pieces = cutPieces(text)
  // Only among words: the digits of a SeedQR, or bytes in pairs of digits, are all there is.
  if (!pieces.some((piece) => WORD.test(piece))) return pieces
  return pieces.map((piece) => piece.replace(NUMBER, '').replace(/[,;]+$/, '')).filter(Boolean)
}

/** False for half a surrogate pair, which has no UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
