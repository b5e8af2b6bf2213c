/**
 * The code under Monero's and MyMonero's phrases: 32 bits as three words of a list of 1,626, and behind them all a
 * word that repeats one of them, chosen by CRC-32 over the first letters of each. src/mnemonics/electrum-words.cpp.
 * How many words there are, and what the bytes mean, is the business of monero.ts and mymonero.ts.
 *
 * With the checksum a word counts by its first letters only, as in Monero; without it every letter does. The
 * checksum is weak: of 24 wrong phrases of known words it lets one pass.
 */
import { concat, utf8 } from '../../bytes.js'
import { fail } from '../../errors.js'
import { LANGUAGES as BIP39_LANGUAGES, has } from '../bip39/lists.js'
import { crc32 } from '../crc32.js'
import { near } from '../near.js'
import { type Problem, problem, unknownWords } from '../problem.js'
import { type PhraseKind, type Reading, reading } from '../reading.js'
import { splitWords } from '../text.js'
import { LISTS, type MoneroLanguage, N } from './lists.js'

export interface CodeCheck {
  readonly valid: boolean
  /** The list that most of the words are from; null when no list has any of them. */
  readonly language: MoneroLanguage | null
  /** The lists in which the phrase is valid: several only when they fit it equally well. */
  readonly languages: readonly MoneroLanguage[]
  readonly words: number
  readonly problems: readonly Problem[]
}

/** What tells the phrases of the two wallets apart before they are read. */
export interface CodeForm {
  /** Words without the checksum word. */
  readonly length: 12 | 24
  readonly languages: readonly MoneroLanguage[]
}

interface Fit {
  readonly language: MoneroLanguage
  /** Place in the list of each word; null for one that is not in it. */
  readonly indexes: readonly (number | null)[]
  /** Words of the list, and those among them that are written in full or cut off. */
  readonly score: number
}

/**
 * Everything that is wrong with a phrase, in the list that fits it best.
 * @throws CairnError `phrase-too-long`
 */
export function checkCode(text: string, form: CodeForm): CodeCheck {
  const words = codeWords(text)
  const fits = bestFits(words, form)
  const [best] = fits
  const problems = best ? unknown(words, best) : unknownWords(words, isNever, () => [])
  if (!hasLength(words, form)) problems.push(problem('word-count'))
  const found = { language: best?.language ?? null, words: words.length }
  if (problems.length > 0) return { ...found, valid: false, languages: [], problems }
  const languages = fits.filter((fit) => bytesOf(fit, form) !== null).map(({ language }) => language)
  const valid = languages.length > 0
  const first = languages[0] ?? found.language
  return { ...found, valid, language: first, languages, problems: valid ? [] : [problem('phrase-checksum')] }
}

/**
 * What a check found, as readings; none when no list has any of the words. Nor without the checksum when all words are
 * of one list of BIP-39, too: a damaged phrase of BIP-39 would pass for a valid one of Monero.
 */
export function codeReadings(text: string, kind: PhraseKind, form: CodeForm): readonly Reading[] {
  const found = checkCode(text, form)
  if (found.words === form.length && isOfBip39(splitWords(text))) return []
  const languages = found.languages.length > 0 ? found.languages : [found.language]
  return languages
    .filter((language) => language !== null)
    .map((language) => reading(kind, { ...found, language }))
}

function isOfBip39(words: readonly string[]): boolean {
  return BIP39_LANGUAGES.some((language) => words.every((word) => has(language, word)))
}

/**
 * The bytes that the words stand for, four for each three words.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function decodeCode(text: string, form: CodeForm, language?: MoneroLanguage): Uint8Array {
  const words = codeWords(text)
  const { length } = form
  if (!hasLength(words, form))
    fail('word-count', { words: words.length, expected: `${length} or ${length + 1}` })
  const fits = language ? [fitOf(words, language, form)] : bestFits(words, form)
  const position = (fits[0]?.indexes ?? [null]).indexOf(null) + 1
  if (position > 0) fail('word-unknown', { position })
  const read = fits.flatMap((fit) => bytesOf(fit, form) ?? [])
  if (read.length > 1) fail('phrase-ambiguous', { languages: fits.map((fit) => fit.language).join(' and ') })
  return read[0] ?? fail('phrase-checksum')
}

/** The words for the bytes, and the checksum word behind them. */
export function encodeCode(bytes: Uint8Array, language: MoneroLanguage): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const values = Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4, true))
  const indexes = values.flatMap(encode)
  return [...indexes, checksum(indexes, language)].map((index) => LISTS[language].words[index]).join(' ')
}

/** In lower case, and composed as the lists are. */
function codeWords(text: string): readonly string[] {
  return splitWords(text).map(fold)
}

function fold(word: string): string {
  return word.normalize('NFKD').toLowerCase().normalize('NFC')
}

function prefixOf(word: string, language: MoneroLanguage): string {
  return firstLetters(word, LISTS[language].prefix)
}

function firstLetters(word: string, letters: number): string {
  return Array.from(word).slice(0, letters).join('')
}

function hasLength(words: readonly string[], { length }: CodeForm): boolean {
  return words.length === length || words.length === length + 1
}

function isNever(): boolean {
  return false
}

function unknown(words: readonly string[], { indexes, language }: Fit): Problem[] {
  const isKnown = new Set(words.filter((_, i) => indexes[i] !== null))
  return unknownWords(
    words,
    (word) => isKnown.has(word),
    (word) => near(word, LISTS[language].words),
  )
}

/** The lists with the highest score; none when no list has any of the words. */
function bestFits(words: readonly string[], form: CodeForm): readonly Fit[] {
  const fits = form.languages.map((language) => fitOf(words, language, form))
  const most = Math.max(...fits.map(({ score }) => score))
  return most === 0 ? [] : fits.filter(({ score }) => score === most)
}

/**
 * By the first letters where there is a checksum and most words are from the list, written in full or cut off: any
 * English text shares the first three letters of most of its words with some words of the English list.
 */
function fitOf(words: readonly string[], language: MoneroLanguage, { length }: CodeForm): Fit {
  const { whole, prefixes } = placesOf(language)
  const full = words.map((word) => whole.get(word) ?? null)
  const byPrefix = words.map((word) => prefixes.get(prefixOf(word, language)) ?? null)
  const written = words.filter((word, i) => full[i] !== null || isCut(word, byPrefix[i] ?? null, language))
  const tolerant = words.length === length + 1 && written.length * 2 > words.length
  const indexes = tolerant ? byPrefix : full
  return { language, indexes, score: count(indexes) + written.length }
}

function isCut(word: string, index: number | null, language: MoneroLanguage): boolean {
  return index !== null && fold(LISTS[language].words[index] as string).startsWith(word)
}

function count(indexes: readonly (number | null)[]): number {
  return indexes.filter((index) => index !== null).length
}

/** Null when the checksum is wrong, or three words stand for more than 32 bits. */
function bytesOf({ indexes, language }: Fit, { length }: CodeForm): Uint8Array | null {
  if (indexes.includes(null)) return null
  const known = indexes as readonly number[]
  const data = known.slice(0, length)
  if (known.length > length && !checksums(data, language).includes(known[length] as number)) return null
  const values = Array.from({ length: length / 3 }, (_, i) => decode(data.slice(i * 3, i * 3 + 3)))
  return values.some((value) => value > 0xffff_ffff) ? null : concat(...values.map(uint32))
}

/** The place of the word that is repeated at the end. */
function checksum(indexes: readonly number[], language: MoneroLanguage): number {
  return checksumOver(indexes, language, LISTS[language].prefix)
}

/** With those of programs that count more letters of a word: bip_utils takes four of Japanese, as of most lists. */
function checksums(indexes: readonly number[], language: MoneroLanguage): readonly number[] {
  const own = checksum(indexes, language)
  return language === 'japanese' ? [own, checksumOver(indexes, language, 4)] : [own]
}

function checksumOver(indexes: readonly number[], language: MoneroLanguage, letters: number): number {
  const { words } = LISTS[language]
  const prefixes = indexes.map((index) => firstLetters(words[index] as string, letters))
  return indexes[crc32(utf8(prefixes.join(''))) % indexes.length] as number
}

/** Each word counts from the one before it, so that a phrase of one word repeated stands for zeros. */
function decode([first, second, third]: readonly number[]): number {
  const [a, b, c] = [first as number, second as number, third as number]
  return a + N * ((N - a + b) % N) + N * N * ((N - b + c) % N)
}

function encode(value: number): readonly number[] {
  const a = value % N
  const b = (Math.floor(value / N) + a) % N
  const c = (Math.floor(value / (N * N)) + b) % N
  return [a, b, c]
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

interface Places {
  readonly whole: ReadonlyMap<string, number>
  /** The old English list has prefixes that several words share; the last of them counts, as in Monero. */
  readonly prefixes: ReadonlyMap<string, number>
}

const places = new Map<MoneroLanguage, Places>()

function placesOf(language: MoneroLanguage): Places {
  const known = places.get(language)
  if (known) return known
  const words = LISTS[language].words.map(fold)
  const whole = new Map(words.map((word, i) => [word, i]))
  const prefixes = new Map(words.map((word, i) => [prefixOf(word, language), i]))
  places.set(language, { whole, prefixes })
  return { whole, prefixes }
}
