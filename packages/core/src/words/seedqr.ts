/**
 * SeedQR and CompactSeedQR of SeedSigner: what its QR codes of a BIP-39 phrase say. A SeedQR holds four digits for
 * each word, its place in the English list counted from 0; a CompactSeedQR holds the entropy as bytes, without the
 * checksum. https://github.com/SeedSigner/seedsigner/blob/dev/docs/seed_qr/README.md
 * The format is for 12 and 24 words; 15, 18 and 21 are read and written in the same way.
 *
 * Not here: the picture. A text of digits is recognised by its length and the checksum of its words; the bytes of a
 * CompactSeedQR are any bytes at all, and only those who know what they are can have them read.
 */
import { unhex } from '../bytes.js'
import { fail } from '../errors.js'
import { LISTS } from './bip39/lists.js'
import { check as checkBip39, fromEntropy, toEntropy } from './bip39.js'
import { type Problem, problem } from './problem.js'
import type { Reading } from './reading.js'
import { cutPieces, splitWords } from './text.js'

export interface SeedQrCheck {
  readonly valid: boolean
  readonly words: number
  readonly problems: readonly Problem[]
}

const DIGITS = 4
const LENGTHS = [12, 15, 18, 21, 24]

/**
 * The digits of a phrase.
 * @throws CairnError `phrase-too-long`, `word-count`, `word-unknown`, `phrase-checksum`
 */
export function encode(phrase: string): string {
  const words = fromEntropy(toEntropy(phrase, 'english')).split(' ')
  return words.map((word) => String(LISTS.english.indexOf(word)).padStart(DIGITS, '0')).join('')
}

/**
 * The phrase of the digits; white space between them does not count.
 * @throws CairnError `phrase-too-long`, `phrase-unreadable` for a text that is not digits; `seedqr-length`,
 * `word-unknown` for a number above 2047, `phrase-checksum`
 */
export function decode(text: string): string {
  const digits = digitsOf(text) ?? fail('phrase-unreadable')
  const [first] = problemsOf(digits)
  if (first) fail(first.code, first.position === null ? {} : { position: first.position })
  return wordsOf(digits).join(' ')
}

/**
 * Everything that is wrong with the digits, by the place of the word.
 * @throws CairnError `phrase-too-long`, `phrase-unreadable` for a text that is not digits
 */
export function check(text: string): SeedQrCheck {
  const digits = digitsOf(text) ?? fail('phrase-unreadable')
  const problems = problemsOf(digits)
  return { valid: problems.length === 0, words: groupsOf(digits).length, problems }
}

/** None for a text that is not digits, or has far too few or too many. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const digits = digitsOf(text)
  if (!digits || digits.length < 40 || digits.length > 104) return []
  const { words, problems } = check(digits)
  const known = words - problems.filter(({ code }) => code === 'word-unknown').length
  const length = problems.some(({ code }) => code === 'seedqr-length') ? 'wrong' : 'right'
  return [{ kind: 'seedqr', language: 'english', words, known, length, problems }]
}

/**
 * The bytes of a phrase for a CompactSeedQR: 16 for 12 words, 32 for 24.
 * @throws CairnError as `encode`
 */
export function encodeCompact(phrase: string): Uint8Array {
  return toEntropy(phrase, 'english')
}

/** The phrase of the bytes of a CompactSeedQR. @throws CairnError `entropy-length` */
export function decodeCompact(bytes: Uint8Array): string {
  return fromEntropy(bytes)
}

/**
 * The bytes in hexadecimal, as QR readers print them; also with the mode, the length and the padding of the QR code
 * around them, "41 0…0 ec", as zxing does.
 * @throws CairnError `phrase-unreadable`
 */
export function parseCompactHex(text: string): Uint8Array {
  const digits = splitWords(text, cutPieces).join('')
  if (!/^[0-9a-f]+$/.test(digits)) fail('phrase-unreadable')
  const bytes = LENGTHS.map((words) => (words / 3) * 4)
  const length = bytes.find((count) => digits.length === count * 2)
  if (length) return unhex(digits)
  const framed = bytes.find((count) => isFrame(digits, count))
  return framed ? unhex(digits.slice(3, 3 + framed * 2)) : fail('phrase-unreadable')
}

/** ISO/IEC 18004: mode 4 (bytes), a length of 8 bits, the bytes, an end of 4 zero bits, then `ec` and `11` in turn. */
function isFrame(digits: string, bytes: number): boolean {
  const start = `4${bytes.toString(16).padStart(2, '0')}`
  const rest = digits.slice(start.length + bytes * 2)
  return digits.startsWith(start) && /^0(ec11)*(ec)?$/.test(rest)
}

/** Null for a text that has something else than digits. */
function digitsOf(text: string): string | null {
  const digits = splitWords(text, cutPieces).join('')
  return /^[0-9]+$/.test(digits) ? digits : null
}

/** A digit that is missing or too many shifts all that follow: the numbers then say nothing of the words. */
function problemsOf(digits: string): readonly Problem[] {
  if (digits.length % DIGITS !== 0) return [problem('seedqr-length')]
  const unknown = groupsOf(digits).flatMap((group, i): Problem[] => {
    return Number(group) < LISTS.english.length
      ? []
      : [{ position: i + 1, code: 'word-unknown', suggestions: 0 }]
  })
  if (!LENGTHS.includes(digits.length / DIGITS)) return [...unknown, problem('seedqr-length')]
  return unknown.length > 0 ? unknown : checkBip39(wordsOf(digits).join(' ')).problems
}

function groupsOf(digits: string): readonly string[] {
  return digits.match(/.{1,4}/g) ?? []
}

function wordsOf(digits: string): readonly string[] {
  return groupsOf(digits).map((group) => LISTS.english[Number(group)] as string)
}
