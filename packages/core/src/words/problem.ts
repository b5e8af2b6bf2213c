/** What a check of a phrase says, whatever its kind: never a word, only places and numbers. */
import type { ErrorCode } from '../errors.js'

export interface Problem {
  /** Number of the word, from 1; null when it is about the whole phrase. */
  readonly position: number | null
  /** A code of the error catalogue; `word-unknown` for a word in whatever kind of phrase. */
  readonly code: ErrorCode
  /** How many words of the list are near the one that was written. */
  readonly suggestions: number
}

/** A problem of the phrase as a whole. */
export function problem(code: ErrorCode): Problem {
  return { position: null, code, suggestions: 0 }
}

/** How many words are in no list. */
export function unknownCount(problems: readonly Problem[]): number {
  return problems.filter(({ code }) => code === 'word-unknown').length
}

/** One problem for each word that is not in the list. */
export function unknownWords(
  words: readonly string[],
  isKnown: (word: string) => boolean,
  near: (word: string) => readonly string[],
): Problem[] {
  return words.flatMap((word, i): Problem[] =>
    isKnown(word) ? [] : [unknownWord(i + 1, () => near(word).length)],
  )
}

/**
 * The near words are counted when the number is read: a text is looked at as every kind there is, the lists of all but
 * one have hardly any of its words, and comparing each with 1,626 others took 0.3 s a phrase.
 */
function unknownWord(position: number, countNear: () => number): Problem {
  let counted: number | undefined
  return {
    position,
    code: 'word-unknown',
    get suggestions() {
      counted ??= countNear()
      return counted
    },
  }
}
