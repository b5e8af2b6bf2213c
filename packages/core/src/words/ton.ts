/**
 * The phrase of TON wallets: 24 words of the English list of BIP-39 that carry no checksum of their own. A phrase is one
 * when a hash of it begins with a zero byte, which one of 256 does; makers draw until they find one.
 * https://docs.ton.org/v3/documentation/dapps/wallets/mnemonics, github.com/ton-org/ton-crypto, src/mnemonic.
 *
 * With a passphrase the hash is over both, and the words alone are marked by another hash: of three wrong ones in 256
 * one is told, and the others seem right. Not here: BIP-39 phrases, which some TON wallets open too, the key pair
 * (keys/ton.ts), and phrases of other lengths, which the reference takes and no wallet makes.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import { has, LISTS } from './bip39/lists.js'
import { near } from './near.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { isWellFormed, splitWords } from './text.js'

export interface TonCheck {
  readonly valid: boolean
  /** The words alone are marked as needing a passphrase. */
  readonly needsPassphrase: boolean
  readonly words: number
  readonly problems: readonly Problem[]
}

const LIST = LISTS.english
const WORDS = 24
const ROUNDS = 100_000
const WORD_BITS = 11
const DRAW_BYTES = (WORDS * WORD_BITS) / 8

/** By chance so many are needed once in 2^55: the generator repeats itself. */
const MAX_TRIES = 10_000

/**
 * Everything that is wrong with a phrase.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): TonCheck {
  const words = splitWords(text)
  const problems = unknownWords(
    words,
    (word) => has('english', word),
    (word) => near(word, LIST),
  )
  if (words.length !== WORDS) problems.push(problem('word-count'))
  const kind = problems.length > 0 ? 'none' : kindOf(words)
  if (problems.length === 0 && kind === 'none') problems.push(problem('phrase-checksum'))
  return { valid: problems.length === 0, needsPassphrase: kind === 'locked', words: words.length, problems }
}

/** The text as a phrase of TON. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return [reading('ton', { ...check(text), language: 'english' })]
}

/**
 * The 32 bytes that the ed25519 key pair is made of.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`; `passphrase-text`,
 * `ton-passphrase` for a wrong one, `usage` for one that is missing or not asked for
 */
export function toSeed(text: string, passphrase = ''): Uint8Array {
  if (!isWellFormed(passphrase)) fail('passphrase-text')
  const words = splitWords(text)
  if (words.length !== WORDS) fail('word-count', { words: words.length, expected: `${WORDS}` })
  const position = words.findIndex((word) => !has('english', word)) + 1
  if (position > 0) fail('word-unknown', { position })
  const kind = kindOf(words)
  if (kind === 'none') fail('phrase-checksum')
  if ((kind === 'locked') !== (passphrase !== '')) {
    const reason = kind === 'locked' ? 'needs the passphrase it was made with' : 'takes no passphrase'
    fail('usage', { reason: `this TON phrase ${reason}` })
  }
  const entropy = entropyOf(words, passphrase)
  if (!isBasic(entropy)) fail('ton-passphrase')
  return stretch(entropy, 'TON default seed', ROUNDS).slice(0, 32)
}

/** A new phrase, for the passphrase if there is one. @throws CairnError `random-broken`, `passphrase-text` */
export function generate(passphrase = ''): string {
  return generateWith(passphrase, random)
}

/** `generate` with the random bytes of `draw`: 33 for each try, of which 256 are needed, or 65,536 with a passphrase. */
export function generateWith(passphrase: string, draw: RandomSource): string {
  if (!isWellFormed(passphrase)) fail('passphrase-text')
  for (let tries = passphrase === '' ? MAX_TRIES : 256 * MAX_TRIES; tries > 0; tries--) {
    const words = drawWords(draw(DRAW_BYTES))
    // The mark costs one round and is looked at before the 390 of the rest.
    if (passphrase !== '' && (!isMarked(entropyOf(words, '')) || kindOf(words) !== 'locked')) continue
    if (isBasic(entropyOf(words, passphrase))) return words.join(' ')
  }
  return fail('random-broken')
}

/** Eleven bits a word, the highest first. */
function drawWords(bytes: Uint8Array): readonly string[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = Array.from({ length: WORDS }, (_, i) => bits.slice(i * WORD_BITS, (i + 1) * WORD_BITS))
  return groups.map((group) => LIST[Number.parseInt(group, 2)] as string)
}

/** `plain` opens without a passphrase; `locked` needs one: it is marked so, and is no phrase without. */
function kindOf(words: readonly string[]): 'plain' | 'locked' | 'none' {
  const entropy = entropyOf(words, '')
  if (isBasic(entropy)) return 'plain'
  return isMarked(entropy) ? 'locked' : 'none'
}

function entropyOf(words: readonly string[], passphrase: string): Uint8Array {
  return hmac(sha512, utf8(words.join(' ')), utf8(passphrase))
}

function isMarked(entropy: Uint8Array): boolean {
  return stretch(entropy, 'TON fast seed version', 1)[0] === 1
}

function isBasic(entropy: Uint8Array): boolean {
  return stretch(entropy, 'TON seed version', Math.floor(ROUNDS / 256))[0] === 0
}

function stretch(entropy: Uint8Array, salt: string, rounds: number): Uint8Array {
  return pbkdf2(sha512, entropy, utf8(salt), { c: rounds, dkLen: 64 })
}
