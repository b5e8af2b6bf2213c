/**
 * Electrum seeds before version 2.0: 12 words for 128 bits (24 for 256), or the same in hexadecimal. There is
 * no checksum: every 12 words of the list are a seed, and a miswritten word is one too if it is in the list.
 * electrum/old_mnemonic.py, electrum/keystore.py (Old_KeyStore). Not here: the keys, which are not BIP-32.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { normalizeText, splitText } from './electrum/normalize.js'
import { indexOf, WORDS } from './electrum-old/words.js'
import { near } from './near.js'
import { type Problem, problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { splitWords } from './text.js'

export interface ElectrumOldCheck {
  readonly valid: boolean
  readonly form: 'words' | 'hex'
  readonly words: number
  readonly problems: readonly Problem[]
}

const N = WORDS.length
const STRETCHES = 100_000

/**
 * Everything that is wrong with a seed in words or in hexadecimal.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): ElectrumOldCheck {
  const normal = normalize(text)
  const words = splitText(normal)
  if (isHexSeed(normal)) return { valid: true, form: 'hex', words: words.length, problems: [] }
  const problems = unknownWords(
    words,
    (word) => indexOf(word) !== null,
    (word) => near(word, WORDS),
  )
  if (words.length !== 12 && words.length !== 24) problems.push(problem('word-count'))
  return { valid: problems.length === 0, form: 'words', words: words.length, problems }
}

/** The text as an Electrum seed of before 2.0. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const found = check(text)
  return [reading('electrum-old', { ...found, language: found.form === 'words' ? 'english' : null })]
}

/**
 * The seed as Electrum keeps and hashes it: hexadecimal text, 8 digits for each three words. Three words can
 * stand for a little more than 32 bits and then have 9 digits; Electrum takes such seeds as they are.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`
 */
export function toHexSeed(text: string): string {
  const normal = normalize(text)
  if (isHexSeed(normal)) return normal
  const words = splitText(normal)
  if (words.length !== 12 && words.length !== 24) fail('word-count', { words: words.length, expected: '12' })
  const values = words.map((word, i) => indexOf(word) ?? fail('word-unknown', { position: i + 1 }))
  return Array.from({ length: values.length / 3 }, (_, i) => decode(values.slice(i * 3, i * 3 + 3))).join('')
}

/**
 * The words for 32 or 64 hexadecimal digits.
 * @throws CairnError `entropy-length`, `phrase-unreadable` when it is not hexadecimal
 */
export function fromHexSeed(seed: string): string {
  if (!/^[0-9a-f]*$/i.test(seed)) fail('phrase-unreadable')
  if (seed.length !== 32 && seed.length !== 64)
    fail('entropy-length', { bytes: seed.length / 2, expected: '16 or 32' })
  const values = (seed.match(/.{8}/g) as string[]).map((digits) => Number.parseInt(digits, 16))
  return values.flatMap(encode).join(' ')
}

/**
 * The master private key, 32 bytes, of what `toHexSeed` returns: 100,000 rounds of SHA-256, a quarter of a
 * second here. Electrum hashes the hexadecimal text and not the bytes it stands for.
 */
export function stretchOldSeed(hexSeed: string): Uint8Array {
  const seed = utf8(hexSeed)
  let key: Uint8Array = seed
  for (let round = 0; round < STRETCHES; round++) {
    const input = new Uint8Array(key.length + seed.length)
    input.set(key)
    input.set(seed, key.length)
    key = sha256(input)
  }
  return key
}

/** "each word does not represent a given digit […] it depends on the previous word" */
function decode([first, second, third]: readonly number[]): string {
  const [a, b, c] = [first as number, second as number, third as number]
  const value = a + N * ((b - a + N) % N) + N * N * ((c - b + N) % N)
  return value.toString(16).padStart(8, '0')
}

function encode(value: number): readonly string[] {
  const a = value % N
  const b = (Math.floor(value / N) + a) % N
  const c = (Math.floor(value / (N * N)) + b) % N
  return [a, b, c].map((index) => WORDS[index] as string)
}

function normalize(text: string): string {
  splitWords(text, splitText)
  return normalizeText(text)
}

/** What Python's bytes.fromhex() reads as 16 or 32 bytes: pairs of digits, with spaces between pairs. */
function isHexSeed(text: string): boolean {
  return /^([0-9a-f]{2} ?){16}$/.test(text) || /^([0-9a-f]{2} ?){32}$/.test(text)
}
