/**
 * Polyseed: 16 words for 150 bits with the month of birth and the coin, in the ten languages of BIP-39; the phrase of
 * Feather, Cake and other Monero wallets. https://github.com/tevador/polyseed
 *
 * The key is PBKDF2 over the secret, so that no wallet can go back from it to the words. A passphrase encrypts the
 * secret and leaves a mark; a wrong one opens another, empty wallet without an error. Not here: the 14 words of
 * monero-seed, its predecessor, and the seed offsets of wallets on top of it.
 */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat, equal, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import type { StandardLanguage as Language } from './bip39/lists.js'
import { near } from './near.js'
import { decode, encode, LAST_BYTE, type PolyseedData, SECRET_BYTES, WORDS } from './polyseed/code.js'
import { indexOf, LANGUAGES, LISTS, wholeIndexOf } from './polyseed/lists.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { isWellFormed, splitWords } from './text.js'

export type PolyseedCoin = 'monero' | 'aeon' | 'wownero'

export interface Polyseed extends PolyseedData {
  readonly coin: PolyseedCoin
}

export interface PolyseedCheck {
  readonly valid: boolean
  readonly language: Language | null
  /** All lists in which the phrase is valid. */
  readonly languages: readonly Language[]
  readonly words: number
  readonly problems: readonly Problem[]
}

export interface PolyseedBirth {
  readonly language?: Language
  readonly coin?: PolyseedCoin
  /** Unix time in seconds. */
  readonly now: number
}

/** include/polyseed.h, in the order of their numbers. */
const COINS: readonly PolyseedCoin[] = ['monero', 'aeon', 'wownero']
const ENCRYPTED = 16
const ROUNDS = 10_000

/** src/birthday.h: "1st November 2021 12:00 UTC", and the twelfth part of the Gregorian year. */
const EPOCH = 1_635_768_000
const MONTH_SECONDS = 2_629_746
const MAX_BIRTHDAY = 1_023

/** Which phrases are meant; the checksum of another coin is wrong. */
export interface PolyseedChoice {
  /** Monero unless said. */
  readonly coin?: PolyseedCoin
  /** Needed only when the words make different seeds in two lists. */
  readonly language?: Language
}

/**
 * Everything that is wrong with a phrase.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string, { coin = 'monero' }: Pick<PolyseedChoice, 'coin'> = {}): PolyseedCheck {
  const words = splitWords(text)
  const fitting = bestLists(words)
  const language = fitting[0] ?? null
  const problems = unknownWords(
    words,
    (word) => language !== null && lookup(words)(language, word) !== null,
    (word) => (language ? near(word, LISTS[language].words) : []),
  )
  if (words.length !== WORDS) problems.push(problem('word-count'))
  const found = { words: words.length, language }
  if (problems.length > 0) return { ...found, valid: false, languages: [], problems }
  const languages = fitting.filter((list) => seedOf(words, list, coin) !== null)
  const valid = languages.length > 0
  const checksum = valid ? [] : [problem('phrase-checksum')]
  return { ...found, valid, language: languages[0] ?? language, languages, problems: checksum }
}

/** One reading for each list in which the phrase is valid. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const found = check(text)
  const languages = found.languages.length > 0 ? found.languages : [found.language]
  return languages
    .filter((language) => language !== null)
    .map((language) => reading('polyseed', { ...found, language }))
}

/**
 * What the words stand for.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `phrase-ambiguous`
 */
export function parsePolyseed(text: string, choice: PolyseedChoice = {}): Polyseed {
  const { coin = 'monero', language } = choice
  const words = splitWords(text)
  if (words.length !== WORDS) fail('word-count', { words: words.length, expected: `${WORDS}` })
  const lists = language ? [language] : bestLists(words)
  const [first] = lists
  const position = words.findIndex((word) => first === undefined || indexOf(first, word) === null) + 1
  if (position > 0) fail('word-unknown', { position })
  const [seed, ...others] = lists.flatMap((list) => seedOf(words, list, coin) ?? [])
  if (!seed) return fail('phrase-checksum')
  if (others.some((other) => !equal(other.secret, seed.secret)))
    fail('phrase-ambiguous', { languages: lists.join(' and ') })
  return seed
}

/** The 16 words; composed (NFC) as the library writes them, Japanese ones with U+3000 between them. */
export function formatPolyseed(seed: Polyseed, language: Language = 'english'): string {
  const { words, separator } = LISTS[language]
  const indexes = encode(seed, COINS.indexOf(seed.coin))
  return indexes
    .map((index) => words[index])
    .join(separator)
    .normalize('NFC')
}

/** A new phrase. @throws CairnError `random-broken` */
export function generate(birth: PolyseedBirth): string {
  return generateWith(birth, random)
}

/** `generate` with the 19 random bytes of `draw`, the last two bits of which are not used. */
export function generateWith(birth: PolyseedBirth, draw: RandomSource): string {
  const { language = 'english', coin = 'monero', now } = birth
  const secret = draw(SECRET_BYTES)
  secret[SECRET_BYTES - 1] = (secret[SECRET_BYTES - 1] as number) & LAST_BYTE
  const months = Math.max(0, Math.floor((now - EPOCH) / MONTH_SECONDS))
  return formatPolyseed({ secret, birthday: months & MAX_BIRTHDAY, features: 0, coin }, language)
}

/** Unix time in seconds, at or before which the wallet was made within a month. */
export function birthdayOf({ birthday }: Polyseed): number {
  return EPOCH + birthday * MONTH_SECONDS
}

/** The secret is encrypted with a passphrase. */
export function isEncrypted({ features }: Polyseed): boolean {
  return (features & ENCRYPTED) !== 0
}

/**
 * Encrypts a seed, or decrypts one that is encrypted: the same the other way round.
 * @throws CairnError `passphrase-text`
 */
export function crypt(seed: Polyseed, passphrase: string): Polyseed {
  if (!isWellFormed(passphrase)) return fail('passphrase-text')
  const salt = concat(utf8('POLYSEED mask\0'), Uint8Array.of(0xff, 0xff))
  const mask = pbkdf2(sha256, utf8(passphrase.normalize('NFKD')), salt, { c: ROUNDS, dkLen: 32 })
  const secret = seed.secret.map((byte, i) => byte ^ (mask[i] as number))
  secret[SECRET_BYTES - 1] = (secret[SECRET_BYTES - 1] as number) & LAST_BYTE
  return { ...seed, secret, features: seed.features ^ ENCRYPTED }
}

/**
 * The 32 bytes that the wallet's private key is made of, different for each coin, month and set of features.
 * @throws CairnError `usage` for a passphrase that is missing or not asked for; `phrase-unsupported` for features of
 * which nothing is known
 */
export function toKey(seed: Polyseed, passphrase = ''): Uint8Array {
  if (isEncrypted(seed) !== (passphrase !== '')) {
    const reason = isEncrypted(seed) ? 'is encrypted: give its passphrase' : 'takes no passphrase'
    fail('usage', { reason: `this polyseed ${reason}` })
  }
  const plain = isEncrypted(seed) ? crypt(seed, passphrase) : seed
  if (plain.features !== 0) fail('phrase-unsupported', { kind: 'polyseed (of unknown features)' })
  const numbers = [COINS.indexOf(plain.coin), plain.birthday, plain.features, 0].map(uint32)
  const salt = concat(utf8('POLYSEED key\0'), new Uint8Array(3).fill(0xff), ...numbers)
  const padded = concat(plain.secret, new Uint8Array(32 - SECRET_BYTES))
  return pbkdf2(sha256, padded, salt, { c: ROUNDS, dkLen: 32 })
}

/** The lists with most of the words; none when no list has any. */
function bestLists(words: readonly string[]): readonly Language[] {
  const find = lookup(words)
  const known = LANGUAGES.map((list) => words.filter((word) => find(list, word) !== null).length)
  const most = Math.max(...known)
  return most === 0 ? [] : LANGUAGES.filter((_, i) => known[i] === most)
}

/** Words may be cut off in a phrase of the right length: in others that would make a polyseed of any list of words. */
function lookup({ length }: readonly string[]): typeof indexOf {
  return length === WORDS ? indexOf : wholeIndexOf
}

/** Null when a word is not in the list or the checksum is wrong. */
function seedOf(words: readonly string[], language: Language, coin: PolyseedCoin): Polyseed | null {
  const indexes = words.map((word) => indexOf(language, word))
  if (indexes.includes(null)) return null
  const data = decode(indexes as readonly number[], COINS.indexOf(coin))
  return data && { ...data, coin }
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
