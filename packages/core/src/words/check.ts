/**
 * What a text of words is, and what is wrong with it: every kind of phrase Cairn knows looks at it, and the best
 * guess is reported. Says places and numbers only, never a word.
 */
import { check as checkBip39 } from './bip39.js'
import { check as checkElectrum } from './electrum.js'
import { check as checkElectrumOld } from './electrum-old.js'
import { type Problem, problem } from './problem.js'
import { checkShare } from './slip39.js'

export type { Problem } from './problem.js'

export type PhraseKind = 'bip39' | 'slip39' | 'electrum' | 'electrum-old'

/** A reading of the text in which it is valid. */
export interface PhraseFit {
  readonly kind: PhraseKind
  /** The word list; null where the kind asks for none and the words are from none that is known. */
  readonly language: string | null
}

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

interface Reading extends PhraseFit {
  readonly problems: readonly Problem[]
  readonly words: number
  /** How many of the words are in the list. */
  readonly known: number
}

/**
 * Reports what the text is. Where several readings are valid, BIP-39 comes first, since it is the most common
 * by far: one BIP-39 phrase in 190 is an Electrum seed too, by chance.
 * @throws CairnError `phrase-too-long` above 10,000 characters or 100 words
 */
export function checkPhrase(text: string): PhraseReport {
  const readings = readAll(text)
  const [first, ...others] = readings.filter(({ problems }) => problems.length === 0)
  if (first) return { ...report(first), also: others.map(({ kind, language }) => ({ kind, language })) }
  const guess = readings.reduce((best, next) => (isBetter(next, best) ? next : best))
  return { ...(guess.known * 2 > guess.words ? report(guess) : unknown(guess.words)), also: [] }
}

/** Every kind's reading, more common kinds first. */
function readAll(text: string): readonly Reading[] {
  return [...bip39Readings(text), slip39Reading(text), electrumReading(text), electrumOldReading(text)]
}

function bip39Readings(text: string): readonly Reading[] {
  const { words, problems, language, languages } = checkBip39(text)
  const readings = languages.length > 0 ? languages : [language]
  return readings.map((list) => ({
    kind: 'bip39',
    language: list,
    words,
    problems,
    known: known(words, problems),
  }))
}

function slip39Reading(text: string): Reading {
  const { words, problems } = checkShare(text)
  return { kind: 'slip39', language: 'english', words, problems, known: known(words, problems) }
}

function electrumReading(text: string): Reading {
  const { words, problems, language } = checkElectrum(text)
  return { kind: 'electrum', language, words, problems, known: language ? known(words, problems) : 0 }
}

function electrumOldReading(text: string): Reading {
  const { words, problems, form } = checkElectrumOld(text)
  const language = form === 'words' ? 'english' : null
  return { kind: 'electrum-old', language, words, problems, known: known(words, problems) }
}

function known(words: number, problems: readonly Problem[]): number {
  return words - problems.filter(({ code }) => code === 'word-unknown').length
}

/** More words of the list, then a length that fits; an earlier kind wins a tie. */
function isBetter(next: Reading, best: Reading): boolean {
  if (next.known !== best.known) return next.known > best.known
  return next.kind === 'slip39' && hasLength(next) && !hasLength(best)
}

function hasLength({ problems }: Reading): boolean {
  return !problems.some(({ code }) => code === 'word-count' || code === 'share-length')
}

function report({ kind, language, words, problems }: Reading): Omit<PhraseReport, 'also'> {
  return { valid: problems.length === 0, kind, language, words, problems }
}

function unknown(words: number): Omit<PhraseReport, 'also'> {
  return { valid: false, kind: 'unknown', language: null, words, problems: [problem('phrase-unreadable')] }
}
