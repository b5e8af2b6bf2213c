/**
 * aezeed, the seed of LND (Lightning): 24 words of the English BIP-39 list for 33 bytes, which are a version, the
 * enciphered seed, the salt of its passphrase and a CRC-32C. The seed is 16 bytes of entropy with a version of its own
 * and the day the wallet was born. https://github.com/lightningnetwork/lnd/blob/master/aezeed/README.md, version 0
 *
 * The words are not the wallet: they are enciphered, so a wrong passphrase is noticed (it passes once in 2^32) and
 * a passphrase can be changed, with other words for the same wallet. A wallet without one has the passphrase "aezeed".
 *
 * Not here: the keys. The entropy is the seed of BIP-32 as it is; a wallet of LND has channels too, which no words
 * bring back.
 */
import { scrypt } from '@noble/hashes/scrypt.js'
import { concat, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import { type AezContext, decrypt, encrypt } from './aezeed/aez.js'
import { crc32c } from './aezeed/crc32c.js'
import { has, LISTS } from './bip39/lists.js'
import { near } from './near.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { isWellFormed, splitWords } from './text.js'

export interface Aezeed {
  /** 16 bytes: the seed of BIP-32. */
  readonly entropy: Uint8Array
  /** How the wallet derives its keys: 0 to 255, 0 in every LND so far. */
  readonly version: number
  /** The day before which the wallet has no transactions, as 2018-03-22; days begin at 18:15:05 UTC. */
  readonly birthday: string
}

export interface AezeedCheck {
  readonly valid: boolean
  readonly words: number
  readonly problems: readonly Problem[]
}

/** The work of scrypt: 32,768 in every phrase; 16 in the test vectors of LND. */
export type ScryptN = 32_768 | 16

const WORDS = 24
const WORD_BITS = 11
const ENTROPY_BYTES = 16
const SALT_BYTES = 5
/** "1 byte version || 23 byte enciphered seed || 5 byte salt || 4 byte checksum" */
const SALT_AT = 24
const CHECKSUM_AT = 29
const VERSION = 0
const TAU_BYTES = 4
/** "If no passphrase is provided, then the string 'aezeed' will be used." */
const DEFAULT_PASSPHRASE = 'aezeed'

/** "the number of days since the timestamp in Bitcoin's genesis block" */
const GENESIS_MS = 1_231_006_505_000
const DAY_MS = 86_400_000
const MAX_DAYS = 0xffff

/**
 * Everything that is wrong with a phrase; whether a passphrase opens it is for `decode` to say.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): AezeedCheck {
  const words = splitWords(text)
  const problems = unknownWords(
    words,
    (word) => has('english', word),
    (word) => near(word, LISTS.english),
  )
  if (words.length !== WORDS) problems.push(problem('word-count'))
  if (problems.length === 0) problems.push(...problemsOf(bytesOf(words)))
  return { valid: problems.length === 0, words: words.length, problems }
}

/** The text as an aezeed phrase. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return [reading('aezeed', { ...check(text), language: 'english' })]
}

/**
 * The 33 bytes that the words stand for, enciphered as they are.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`, `aezeed-version`
 */
export function parse(text: string): Uint8Array {
  const words = splitWords(text)
  if (words.length !== WORDS) fail('word-count', { words: words.length, expected: WORDS })
  const unknown = words.findIndex((word) => !has('english', word))
  if (unknown >= 0) fail('word-unknown', { position: unknown + 1 })
  const bytes = bytesOf(words)
  const [wrong] = problemsOf(bytes)
  return wrong ? fail(wrong.code) : bytes
}

/**
 * The seed under the words.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`; `phrase-checksum`; `aezeed-version` for a
 * version that is not known; `passphrase-text`; `aezeed-passphrase` for a wrong passphrase
 */
export function decode(text: string, passphrase = '', n: ScryptN = 32_768): Aezeed {
  const bytes = parse(text)
  const salt = bytes.subarray(SALT_AT, CHECKSUM_AT)
  const seed =
    decrypt(contextOf(salt, passphrase, n), bytes.subarray(1, SALT_AT)) ?? fail('aezeed-passphrase')
  const days = ((seed[1] as number) << 8) | (seed[2] as number)
  return { version: seed[0] as number, birthday: dateOf(days), entropy: seed.slice(3) }
}

/**
 * The words for a seed: other ones each time, since the salt is drawn.
 * @throws CairnError `entropy-length`, `usage` for a version or birthday out of range, `passphrase-text`,
 * `random-broken`
 */
export function encode(seed: Aezeed, passphrase = ''): string {
  return encodeWith(seed, { passphrase, salt: random(SALT_BYTES) })
}

/** `encode` with the 5 bytes of salt. */
export function encodeWith(
  seed: Aezeed,
  { passphrase, salt, n = 32_768 }: { passphrase: string; salt: Uint8Array; n?: ScryptN },
): string {
  const plain = concat(headerOf(seed), seed.entropy)
  const ciphertext = encrypt(contextOf(salt, passphrase, n), plain)
  wipe(plain)
  const body = concat(Uint8Array.of(VERSION), ciphertext, salt)
  return wordsOf(concat(body, checksumOf(body))).join(' ')
}

/**
 * A new seed, born at `now` (milliseconds since 1970), as its words.
 * @throws CairnError as `encode`
 */
export function make(now: number, passphrase = ''): string {
  return makeWith({ now, passphrase }, random)
}

/** `make` with the random bytes of `draw`: 16 of entropy, then 5 of salt, as LND reads them. */
export function makeWith(
  { now, passphrase, n }: { now: number; passphrase: string; n?: ScryptN },
  draw: RandomSource,
): string {
  const entropy = draw(ENTROPY_BYTES)
  const salt = draw(SALT_BYTES)
  return encodeWith({ version: 0, birthday: birthdayAt(now), entropy }, { passphrase, salt, ...(n && { n }) })
}

/**
 * Other words for the same wallet, under another passphrase. The old words still open it with the old one.
 * @throws CairnError as `decode` and `encode`
 */
export function changePassphrase(text: string, from: string, to: string): string {
  return encode(decode(text, from), to)
}

/** The birthday of a wallet made at `now`, in milliseconds since 1970: never later than that moment. */
export function birthdayAt(now: number): string {
  return dateOf(Math.floor((now - GENESIS_MS) / DAY_MS))
}

/** The checksum first: while it is wrong, the version may be a word that was miswritten. */
function problemsOf(bytes: Uint8Array): readonly Problem[] {
  const expected = checksumOf(bytes.subarray(0, CHECKSUM_AT))
  if (expected.some((byte, i) => byte !== bytes[CHECKSUM_AT + i])) return [problem('phrase-checksum')]
  return bytes[0] === VERSION ? [] : [problem('aezeed-version')]
}

/** "scrypt(n=32768, r=8, p=1)" over the passphrase; "an AD of (version || salt)" */
function contextOf(salt: Uint8Array, passphrase: string, n: ScryptN): AezContext {
  if (!isWellFormed(passphrase)) fail('passphrase-text')
  const key = scrypt(utf8(passphrase || DEFAULT_PASSPHRASE), salt, { N: n, r: 8, p: 1, dkLen: 32 })
  return { key, header: [new Uint8Array(0), concat(Uint8Array.of(VERSION), salt)], tau: TAU_BYTES }
}

/** "1 byte internal version || 2 byte timestamp" */
function headerOf({ version, birthday, entropy }: Aezeed): Uint8Array {
  if (entropy.length !== ENTROPY_BYTES)
    fail('entropy-length', { bytes: entropy.length, expected: ENTROPY_BYTES })
  if (!Number.isInteger(version) || version < 0 || version > 255)
    fail('usage', { reason: 'the version of an aezeed wallet is 0 to 255' })
  const days = daysOf(birthday)
  return Uint8Array.of(version, days >> 8, days & 255)
}

function dateOf(days: number): string {
  if (!(days >= 0 && days <= MAX_DAYS)) refuseBirthday()
  return new Date(GENESIS_MS + days * DAY_MS).toISOString().slice(0, 10)
}

function daysOf(birthday: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(birthday) ? Date.parse(birthday) : Number.NaN
  const days = Math.ceil((ms - GENESIS_MS) / DAY_MS)
  return dateOf(days) === birthday ? days : refuseBirthday()
}

function refuseBirthday(): never {
  return fail('usage', { reason: 'the birthday of an aezeed wallet is a day from 2009-01-03 to 2188-06-08' })
}

function checksumOf(body: Uint8Array): Uint8Array {
  const checksum = crc32c(body)
  return Uint8Array.of(checksum >>> 24, checksum >>> 16, checksum >>> 8, checksum)
}

/** 24 words of 11 bits are 33 bytes. */
function bytesOf(words: readonly string[]): Uint8Array {
  const bits = words.map((word) => LISTS.english.indexOf(word).toString(2).padStart(WORD_BITS, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

function wordsOf(bytes: Uint8Array): readonly string[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{11}/g) ?? []).map((index) => LISTS.english[Number.parseInt(index, 2)] as string)
}
