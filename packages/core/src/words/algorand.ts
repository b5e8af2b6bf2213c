/**
 * Algorand's own phrase: 24 words of the English list of BIP-39 for the 32 bytes of an account's private key, and a
 * 25th as checksum of 11 bits. https://developer.algorand.org/docs/get-details/accounts/#transformation-private-key-to-25-word-mnemonic
 *
 * The words are those of BIP-39, the bits are not: the first word has the lowest eleven, the checksum is SHA-512/256,
 * and there is neither passphrase nor path. Not here: key and address (keys/algorand.ts), and the 24-word BIP-39
 * phrases of newer Algorand wallets (ARC-52).
 */
import { sha512_256 } from '@noble/hashes/sha2.js'
import { fail } from '../errors.js'
import { type RandomSource, random } from '../random.js'
import { has, LISTS } from './bip39/lists.js'
import { near } from './near.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { splitWords } from './text.js'

export interface AlgorandCheck {
  readonly valid: boolean
  readonly words: number
  readonly problems: readonly Problem[]
}

const LIST = LISTS.english
const WORDS = 25
const WORD_BITS = 11
const KEY_BYTES = 32

const INDEX: ReadonlyMap<string, number> = new Map(LIST.map((word, i) => [word, i]))

/**
 * Everything that is wrong with a phrase.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): AlgorandCheck {
  const words = splitWords(text)
  const problems = unknownWords(
    words,
    (word) => has('english', word),
    (word) => near(word, LIST),
  )
  if (words.length !== WORDS) problems.push(problem('word-count'))
  if (problems.length === 0 && keyOf(words) === null) problems.push(problem('phrase-checksum'))
  return { valid: problems.length === 0, words: words.length, problems }
}

/** The text as an Algorand phrase. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  return [reading('algorand', { ...check(text), language: 'english' })]
}

/**
 * The 32 bytes of the private key.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`
 */
export function toEntropy(text: string): Uint8Array {
  const words = splitWords(text)
  if (words.length !== WORDS) fail('word-count', { words: words.length, expected: `${WORDS}` })
  const position = words.findIndex((word) => !has('english', word)) + 1
  if (position > 0) fail('word-unknown', { position })
  return keyOf(words) ?? fail('phrase-checksum')
}

/** The 25 words for 32 bytes. @throws CairnError `entropy-length` */
export function fromEntropy(key: Uint8Array): string {
  if (key.length !== KEY_BYTES) fail('entropy-length', { bytes: key.length, expected: `${KEY_BYTES}` })
  return [...toWords(key), checksum(key)].map((index) => LIST[index]).join(' ')
}

/** A new phrase. @throws CairnError `random-broken` */
export function generate(): string {
  return generateWith(random)
}

/** `generate` with the 32 random bytes of `draw`. */
export function generateWith(draw: RandomSource): string {
  return fromEntropy(draw(KEY_BYTES))
}

/** Null when the checksum is wrong, or the eight bits that 24 words have above 32 bytes are not zero. */
function keyOf(words: readonly string[]): Uint8Array | null {
  const indexes = words.map((word) => INDEX.get(word) as number)
  const bytes = toBytes(indexes.slice(0, -1))
  const key = bytes.slice(0, KEY_BYTES)
  return bytes[KEY_BYTES] === 0 && checksum(key) === indexes.at(-1) ? key : null
}

/** The first eleven bits of the hash, lowest first as everywhere in this code. */
function checksum(key: Uint8Array): number {
  return toWords(sha512_256(key).subarray(0, 2))[0] as number
}

function toWords(bytes: Uint8Array): readonly number[] {
  return regroup(bytes, { from: 8, to: WORD_BITS })
}

function toBytes(words: readonly number[]): Uint8Array {
  return Uint8Array.from(regroup(words, { from: WORD_BITS, to: 8 }))
}

/** Groups of bits in other groups, the lowest bits first; the last group is filled with zeros. */
function regroup(groups: Iterable<number>, { from, to }: { from: number; to: number }): readonly number[] {
  const regrouped: number[] = []
  let carry = 0
  let bits = 0
  for (const group of groups) {
    carry |= group << bits
    bits += from
    for (; bits >= to; bits -= to) {
      regrouped.push(carry & ((1 << to) - 1))
      carry >>>= to
    }
  }
  return bits > 0 ? [...regrouped, carry] : regrouped
}
