/** What a check of a phrase says, whatever its kind: never a word, only places and numbers. */
import type { ErrorCode } from '../errors.js'

export interface Problem {
  /** Number of the word, from 1; null when it is about the whole phrase. */
  readonly position: number | null
  /** The error of the catalogue that reading the phrase ends with because of this. */
  readonly code: ErrorCode
  /** How many words of the list are near the one that was written. */
  readonly suggestions: number
}

/** Texts longer than this are no phrase: the longest known has 59 words of SLIP-39. */
export const MAX_CHARACTERS = 10_000
export const MAX_WORDS = 100

/** A problem of the phrase as a whole. */
export function problem(code: ErrorCode): Problem {
  return { position: null, code, suggestions: 0 }
}

/** False for half a surrogate pair, which has no UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
