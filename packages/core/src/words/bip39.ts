/**
 * BIP-39: 128 to 256 bits as 12 to 24 words with a checksum of one bit for each three words, and the seed
 * that wallets make of the words and a passphrase. https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
 * Over @scure/bip39, whose errors name the offending word and are therefore never passed on.
 *
 * Not here: keys (BIP-32), and the Electrum seeds that use the same words under other rules.
 * 12 words carry 4 bits of checksum: one wrong phrase of known words in 16 passes.
 */
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39'
import { equal, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import { LENGTHS } from './bip39/checksum.js'
import { has, LANGUAGES, type Language, LISTS } from './bip39/lists.js'
import { near } from './near.js'
import type { Pbkdf2 } from './pbkdf2.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { isWellFormed, splitWords } from './text.js'

export { LANGUAGES, type Language, STANDARD_LANGUAGES, type StandardLanguage } from './bip39/lists.js'

export interface Bip39Check {
  readonly valid: boolean
  /** The list the words are from, or the one most of them are from; null when no list has any of them. */
  readonly language: Language | null
  /** All lists that make a valid phrase of it: English and French share 100 words, the Chinese lists 1,275. */
  readonly languages: readonly Language[]
  readonly words: number
  readonly problems: readonly Problem[]
}

const EXPECTED_WORDS = '12, 15, 18, 21 or 24'

/**
 * Everything that is wrong with a phrase, by the place of the word.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): Bip39Check {
  const words = splitWords(text)
  const fitting = bestLists(words)
  const language = fitting[0] ?? null
  const problems = unknownWords(
    words,
    (word) => language !== null && has(language, word),
    (word) => (language ? near(word, LISTS[language]) : []),
  )
  if (!LENGTHS.includes(words.length)) problems.push(problem('word-count'))
  if (problems.length > 0) return { valid: false, language, languages: [], words: words.length, problems }
  const languages = fitting.filter((list) => entropyOf(words, list) !== null)
  if (languages.length === 0) problems.push(problem('phrase-checksum'))
  const valid = languages.length > 0
  return { valid, language: languages[0] ?? language, languages, words: words.length, problems }
}

/** One reading for each list in which the phrase is valid. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const found = check(text)
  const languages = found.languages.length > 0 ? found.languages : [found.language]
  return languages.map((language) => reading('bip39', { ...found, language }))
}

/**
 * The lists in which the phrase is valid, at least one.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`
 */
export function languagesOf(text: string): readonly Language[] {
  const { languages, words, problems } = check(text)
  const [first] = problems
  if (!first) return languages
  if (!LENGTHS.includes(words)) fail('word-count', { words, expected: EXPECTED_WORDS })
  return fail(first.code, first.position === null ? {} : { position: first.position })
}

/**
 * The 16 to 32 bytes that the words stand for.
 * @param language needed only when the words make different valid phrases in two lists
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function toEntropy(text: string, language?: Language): Uint8Array {
  const words = splitWords(text)
  const languages = language ? [language] : languagesOf(text)
  const [first, ...others] = languages.map((list) => entropyOf(words, list) ?? refuse(words, list))
  if (!first) return fail('phrase-unreadable')
  if (others.some((other) => !equal(first, other)))
    fail('phrase-ambiguous', { languages: languages.join(' and ') })
  return first
}

/**
 * The phrase for 16, 20, 24, 28 or 32 bytes; Japanese words are joined by U+3000 as the BIP has it.
 * @throws CairnError `entropy-length`
 */
export function fromEntropy(entropy: Uint8Array, language: Language = 'english'): string {
  if (!LENGTHS.includes((entropy.length / 4) * 3))
    fail('entropy-length', { bytes: entropy.length, expected: '16, 20, 24, 28 or 32' })
  return entropyToMnemonic(entropy, LISTS[language])
}

/** A new phrase of 12, 15, 18, 21 or 24 words. @throws CairnError `word-count`, `random-broken` */
export function generate(words = 24, language: Language = 'english'): string {
  if (!LENGTHS.includes(words)) fail('word-count', { words, expected: EXPECTED_WORDS })
  return fromEntropy(random((words / 3) * 4), language)
}

/**
 * The 64-byte seed for BIP-32, of a phrase that was checked. The same words give the same seed in every list.
 * @throws CairnError as `toEntropy` but for `phrase-ambiguous`; `passphrase-text`
 */
export function toSeed(text: string, passphrase = ''): Uint8Array {
  languagesOf(text)
  return toSeedUnchecked(text, passphrase)
}

/**
 * What BIP-39 makes of any 12 to 24 words, in a list or not: there are wallets with lists of their own, and
 * the standard does not stop them. A slip of the pen gives another seed and no error.
 * @throws CairnError `phrase-too-long`, `phrase-unreadable`, `word-count`, `passphrase-text`
 */
export function toSeedUnchecked(text: string, passphrase = '', pbkdf2?: Pbkdf2): Uint8Array {
  const words = splitWords(text)
  if (!LENGTHS.includes(words.length)) fail('word-count', { words: words.length, expected: EXPECTED_WORDS })
  if (!isWellFormed(text)) fail('phrase-unreadable')
  if (!isWellFormed(passphrase)) fail('passphrase-text')
  if (!pbkdf2) return mnemonicToSeedSync(words.join(' '), passphrase)
  const salt = utf8(`mnemonic${passphrase.normalize('NFKD')}`)
  return pbkdf2(utf8(words.join(' ').normalize('NFKD')), salt, { iterations: 2048, bytes: 64 })
}

/** The lists with most of the words; none when no list has any. */
function bestLists(words: readonly string[]): readonly Language[] {
  const known = LANGUAGES.map((language) => words.filter((word) => has(language, word)).length)
  const most = Math.max(...known)
  return most === 0 ? [] : LANGUAGES.filter((_, i) => known[i] === most)
}

/** Null when a word is not in the list, the count is wrong or the checksum is. */
function entropyOf(words: readonly string[], language: Language): Uint8Array | null {
  try {
    return mnemonicToEntropy(words.join(' '), LISTS[language])
  } catch {
    return null
  }
}

function refuse(words: readonly string[], language: Language): never {
  if (!LENGTHS.includes(words.length)) fail('word-count', { words: words.length, expected: EXPECTED_WORDS })
  const position = words.findIndex((word) => !has(language, word)) + 1
  return position > 0 ? fail('word-unknown', { position }) : fail('phrase-checksum')
}
