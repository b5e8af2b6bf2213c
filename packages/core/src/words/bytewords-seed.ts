/**
 * A seed written as Bytewords: 16 to 32 bytes of entropy as they are (seedtool's format `btw`), or with the tag of
 * `ur:seed` around them (BCR-2020-012, section "Example/Test Vector").
 */
import { fail } from '../errors.js'
import { byteOf } from './bytewords/words.js'
import { decode, encode, splitBytewords, WORDS } from './bytewords.js'
import { near } from './near.js'
import { problem, unknownWords } from './problem.js'
import { type Reading, reading } from './reading.js'
import { couldBeShare } from './sskr.js'
import { splitWords } from './text.js'
import { decodeCbor, isTagged } from './ur/cbor.js'
import { parseSeed } from './ur/seed.js'

const TAGS = [40_300, 300]
const LENGTHS = [16, 20, 24, 28, 32]

/** Nothing for what is not Bytewords with a right checksum, or near it: SSKR shares are Bytewords too. */
export function readings(text: string): readonly Reading[] {
  if (!/[\s-]/.test(text.trim()) || !couldBeShare(text)) return []
  const words = splitWords(text, splitBytewords)
  const read = decode(text)
  if (read.bytes && entropyOf(read.bytes) === null) return []
  const problems = unknownWords(
    words,
    (word) => byteOf(word) !== null,
    (word) => near(word, WORDS),
  )
  if (!read.bytes && problems.length === 0)
    problems.push(problem(isLength(words.length) ? 'bytewords-checksum' : 'word-count'))
  return [reading('bytewords', { language: 'english', words: words.length, problems })]
}

/**
 * The entropy in the words.
 * @throws CairnError `bytewords-word`, `bytewords-checksum`, `word-count`, `phrase-too-long`
 */
export function toEntropy(text: string): Uint8Array {
  const words = splitWords(text, splitBytewords).length
  const { bytes, ...read } = decode(text)
  if (bytes) return entropyOf(bytes) ?? fail('word-count', { words, expected: '20, 24, 28, 32 or 36' })
  const [position] = 'unknown' in read ? read.unknown : []
  return position === undefined ? fail('bytewords-checksum') : fail('bytewords-word', { position })
}

/** The Bytewords of 16 to 32 bytes of entropy, with their checksum. */
export function fromEntropy(entropy: Uint8Array): string {
  return encode(entropy)
}

function isLength(words: number): boolean {
  return LENGTHS.includes(words - 4)
}

function entropyOf(bytes: Uint8Array): Uint8Array | null {
  const item = decodeCbor(bytes)
  if (item === null || !isTagged(item)) return LENGTHS.includes(bytes.length) ? bytes : null
  return TAGS.includes(item.tag) ? parseSeed({ type: 'seed', item: item.value }).payload : null
}
