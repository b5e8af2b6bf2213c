/**
 * What a text of words is, and what is wrong with it: every kind of phrase Cairn knows looks at it, and the best
 * guess is reported. Says places and numbers only, never a word.
 */
import { KINDS } from './kinds.js'
import { type Problem, problem } from './problem.js'
import { isBetter, type PhraseKind, type Reading } from './reading.js'
import { countWords } from './text.js'

export type { Problem } from './problem.js'
export type { PhraseKind } from './reading.js'

/** A reading of the text in which it is valid. */
export type PhraseFit = Pick<Reading, 'kind' | 'language'>

/** What `cairn phrase check --json` prints. */
export interface PhraseReport {
  readonly valid: boolean
  /** The best guess when it is not valid; `unknown` when less than half of the words are from any one list. */
  readonly kind: PhraseKind | 'unknown'
  readonly language: string | null
  readonly words: number
  readonly problems: readonly Problem[]
  /** Other readings in which the same words are valid too; they lead to other keys. */
  readonly also: readonly PhraseFit[]
}

/** What other words fit by chance once in 2^32; those of BIP-39 and of Electrum are fitted by one in 256 of 24 words. */
const LONG_CHECKSUM: ReadonlySet<PhraseKind> = new Set(['aezeed'])

/**
 * Reports what the text is: every kind in which it is valid, or the kind it most looks like and what is wrong.
 * @throws CairnError `phrase-too-long` above 10,000 characters or 100 words
 */
export function checkPhrase(text: string): PhraseReport {
  const words = countWords(text)
  const readings = KINDS.flatMap((row) => row.readings(text))
  const [first, ...others] = surestFirst(readings.filter(({ problems }) => problems.length === 0))
  if (first) return { ...report(first), also: others.map(({ kind, language }) => ({ kind, language })) }
  const guess = readings.reduce<Reading | null>(
    (best, next) => (best === null || isBetter(next, best) ? next : best),
    null,
  )
  return { ...(guess && guess.known * 2 > guess.words ? report(guess) : unknown(words)), also: [] }
}

/** A short checksum fits by chance where a long one fits, never the other way round. */
function surestFirst(valid: readonly Reading[]): readonly Reading[] {
  const isSure = ({ kind }: Reading) => LONG_CHECKSUM.has(kind)
  return [...valid.filter(isSure), ...valid.filter((reading) => !isSure(reading))]
}

function report({ kind, language, words, problems }: Reading): Omit<PhraseReport, 'also'> {
  return { valid: problems.length === 0, kind, language, words, problems }
}

function unknown(words: number): Omit<PhraseReport, 'also'> {
  return { valid: false, kind: 'unknown', language: null, words, problems: [problem('phrase-unreadable')] }
}
