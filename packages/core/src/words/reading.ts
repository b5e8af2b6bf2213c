/** How one kind of phrase sees a text; `check.ts` chooses among the readings of all kinds. */
import { type Problem, unknownCount } from './problem.js'

/** One row of `kinds.ts` each. */
export type PhraseKind =
  | 'bip39'
  | 'slip39'
  | 'electrum'
  | 'electrum-old'
  | 'aezeed'
  | 'sskr'
  | 'bytewords'
  | 'ur'
  | 'monero'
  | 'mymonero'
  | 'codex32'
  | 'algorand'
  | 'polyseed'
  | 'ton'
  | 'seedqr'

export interface Reading {
  readonly kind: PhraseKind
  /** The word list; null where the kind asks for none and the words are from none that is known. */
  readonly language: string | null
  readonly words: number
  /** How many of the words are in the list. */
  readonly known: number
  /** `right` and `wrong` for kinds that have certain lengths only, else `any`. */
  readonly length: 'right' | 'wrong' | 'any'
  /** Empty when the text is a valid phrase of this kind. */
  readonly problems: readonly Problem[]
}

/** One kind of phrase. */
export interface PhraseReader {
  readonly kind: PhraseKind
  /** The name a person knows it by. */
  readonly title: string
  /**
   * The readings of a text, the most likely first: one for each list in which it is valid, else one with its
   * problems; none when the text cannot be of this kind.
   * @throws CairnError `phrase-too-long`
   */
  readings(text: string): readonly Reading[]
}

/** What a check of a kind with certain lengths found, as a reading. */
export function reading(kind: PhraseKind, found: Pick<Reading, 'language' | 'words' | 'problems'>): Reading {
  const { language, words, problems } = found
  const known = words - unknownCount(problems)
  return { kind, language, words, known, length: lengthOf(problems), problems }
}

function lengthOf(problems: readonly Problem[]): 'right' | 'wrong' {
  return problems.some(({ code }) => code === 'word-count' || code === 'share-length') ? 'wrong' : 'right'
}

/** More words of the list, then a length that fits; of equals the earlier one stays. */
export function isBetter(next: Reading, best: Reading): boolean {
  if (next.known !== best.known) return next.known > best.known
  return next.length === 'right' && best.length !== 'right'
}
