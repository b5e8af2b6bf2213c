/**
 * The words of one SLIP-0039 share, section "Format of the share mnemonic". What a share says is read here;
 * how shares fit together is in `recovery.ts`.
 *
 * Words are taken in either case, whole or cut off where that leaves one word of the list only, as wallets take them.
 * Nothing is corrected: a repaired word can turn a damaged share into a valid share of another secret (SLIP-0039,
 * "Checksum design").
 */
import { fail, isCairnError } from '../../errors.js'
import { near } from '../near.js'
import { type Problem, problem, unknownWords } from '../problem.js'
import type { Member } from '../shamir/recovery.js'
import { splitWords } from '../text.js'
import { CHECKSUM_WORDS, checksum, verify } from './rs1024.js'
import { indexOf, WORDS } from './words.js'

export interface Share extends Member {
  /** 15 bits, the same in all shares of a set. */
  readonly identifier: number
  /** The identifier is not part of the encryption, so that more sets can be made of one secret. */
  readonly extendable: boolean
  /** 0 to 15: decryption takes 10,000 * 2^exponent iterations. */
  readonly iterationExponent: number
  /** 16 to 64 bytes, an even number. */
  readonly value: Uint8Array
}

/** "at least 128 bits and a multiple of 16 bits"; a BIP-32 seed, what shares are for, has at most 512. */
export const MIN_SECRET_BYTES = 16
export const MAX_SECRET_BYTES = 64

const HEADER_WORDS = 4
const META_WORDS = HEADER_WORDS + CHECKSUM_WORDS
const WORD_BITS = 10
const MAX_PADDING_BITS = 8

/**
 * Reads a share from its words, separated by any white space.
 * @param position number of the share in the messages, from 1
 * @throws CairnError `share-length`, `share-word-unknown`, `share-checksum`, `share-padding`, `share-invalid`,
 * `phrase-too-long`
 */
export function parseShare(mnemonic: string, position = 1): Share {
  const words = toIndices(mnemonic, position)
  const share = parseHeader(words)
  if (!verify(words, share.extendable)) fail('share-checksum', { share: position })
  if (share.groupThreshold > share.groupCount)
    fail('share-invalid', { share: position, reason: 'it asks for more groups than there are' })
  if (share.groupIndex >= share.groupCount)
    fail('share-invalid', { share: position, reason: 'the number of its group is beyond the last group' })
  const value = bytesOf(words.slice(HEADER_WORDS, -CHECKSUM_WORDS))
  return { ...share, value: value ?? fail('share-padding', { share: position }) }
}

/** What is wrong with the words of one share. */
export interface ShareCheck {
  readonly valid: boolean
  readonly words: number
  readonly problems: readonly Problem[]
}

/**
 * Everything that is wrong with a share, by the place of the word.
 * @throws CairnError `phrase-too-long`
 */
export function checkShare(mnemonic: string): ShareCheck {
  const words = splitWords(mnemonic)
  const problems = unknownWords(
    words,
    (word) => indexOf(word) !== null,
    (word) => near(word, WORDS),
  )
  if (!isLength(words.length)) problems.push(problem('share-length'))
  if (problems.length === 0) problems.push(...problemsOf(mnemonic))
  return { valid: problems.length === 0, words: words.length, problems }
}

/**
 * The words of a share, in lower case with single spaces.
 * @throws CairnError `share-plan` when a field is out of range
 */
export function formatShare(share: Share): string {
  if (!inRange(share)) fail('share-plan', { reason: 'a field of a share is out of range' })
  const data = [...headerOf(share), ...wordsOf(share.value)]
  const indices = [...data, ...checksum(data, share.extendable)]
  return indices.map((index) => WORDS[index]).join(' ')
}

function problemsOf(mnemonic: string): readonly Problem[] {
  try {
    parseShare(mnemonic)
    return []
  } catch (error) {
    if (isCairnError(error)) return [problem(error.code)]
    throw error
  }
}

function toIndices(mnemonic: string, position: number): readonly number[] {
  const words = splitWords(mnemonic)
  if (!isLength(words.length)) fail('share-length', { share: position, words: words.length })
  return words.map(
    (word, i) => indexOf(word) ?? fail('share-word-unknown', { share: position, position: i + 1 }),
  )
}

function isLength(words: number): boolean {
  const bits = (words - META_WORDS) * WORD_BITS
  const padding = bits % 16
  const bytes = (bits - padding) / 8
  return padding <= MAX_PADDING_BITS && bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES
}

/** id 15 bits, ext 1, e 4 | GI 4, Gt 4, g 2 + 2, I 4, t 4: ten bits a word. */
function parseHeader(words: readonly number[]): Omit<Share, 'value'> {
  const [a, b, c, d] = words as [number, number, number, number]
  return {
    identifier: (a << 5) | (b >> 5),
    extendable: ((b >> 4) & 1) === 1,
    iterationExponent: b & 15,
    groupIndex: c >> 6,
    groupThreshold: ((c >> 2) & 15) + 1,
    groupCount: (((c & 3) << 2) | (d >> 8)) + 1,
    memberIndex: (d >> 4) & 15,
    memberThreshold: (d & 15) + 1,
  }
}

function headerOf(share: Share): readonly number[] {
  const groupCount = share.groupCount - 1
  return [
    share.identifier >> 5,
    ((share.identifier & 31) << 5) | (share.extendable ? 16 : 0) | share.iterationExponent,
    (share.groupIndex << 6) | ((share.groupThreshold - 1) << 2) | (groupCount >> 2),
    ((groupCount & 3) << 8) | (share.memberIndex << 4) | (share.memberThreshold - 1),
  ]
}

/** "left-padded with 0 bits so that the length […] in bits becomes the nearest multiple of 10" */
function wordsOf(value: Uint8Array): readonly number[] {
  const words: number[] = []
  let carry = 0
  let bits = (WORD_BITS - ((value.length * 8) % WORD_BITS)) % WORD_BITS
  for (const byte of value) {
    carry = (carry << 8) | byte
    bits += 8
    if (bits < WORD_BITS) continue
    bits -= WORD_BITS
    words.push(carry >> bits)
    carry &= (1 << bits) - 1
  }
  return words
}

/** Null when the padding bits, at most eight and all in the first word, are not 0. */
function bytesOf(words: readonly number[]): Uint8Array | null {
  const padding = (words.length * WORD_BITS) % 16
  if ((words[0] as number) >> (WORD_BITS - padding) !== 0) return null
  const bytes: number[] = []
  let carry = 0
  let bits = -padding
  for (const word of words) {
    carry = (carry << WORD_BITS) | word
    bits += WORD_BITS
    while (bits >= 8) {
      bits -= 8
      bytes.push(carry >> bits)
      carry &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(bytes)
}

function inRange(share: Share): boolean {
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most
  return (
    within(share.identifier, 0, 0x7fff) &&
    within(share.iterationExponent, 0, 15) &&
    within(share.groupCount, 1, 16) &&
    within(share.groupIndex, 0, share.groupCount - 1) &&
    within(share.groupThreshold, 1, share.groupCount) &&
    within(share.memberIndex, 0, 15) &&
    within(share.memberThreshold, 1, 16) &&
    within(share.value.length / 2, MIN_SECRET_BYTES / 2, MAX_SECRET_BYTES / 2)
  )
}
