/**
 * One SSKR share: five bytes of metadata and the share value, as a CBOR byte string, in Bytewords with a tag or in a
 * UR without one (BCR-2020-011). Its checksum is the CRC-32 of Bytewords.
 *
 * Words are taken as they are, in either case: nothing is corrected or completed.
 */
import { concat } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { byteOf, byteOfPair } from '../bytewords/words.js'
import { decode as decodeWords, encode as encodeWords, splitBytewords, WORDS } from '../bytewords.js'
import { near } from '../near.js'
import { type Problem, problem, unknownWords } from '../problem.js'
import type { Member } from '../shamir/recovery.js'
import { splitWords } from '../text.js'
import { type Cbor, decodeCbor, encodeCbor, isTagged } from '../ur/cbor.js'
import { formatUr, isUr, parseUr } from '../ur.js'

export interface Share extends Member {
  /** 16 bits, the same in all shares of a set. */
  readonly identifier: number
  /** 16 to 32 bytes, an even number. */
  readonly value: Uint8Array
}

/** `words`: Bytewords with spaces; `uri` with dashes; `minimal` of two letters each; `ur`: a UR. */
export type ShareForm = 'words' | 'uri' | 'minimal' | 'ur'

/** The reference takes no others (bc-shamir, SHAMIR_MIN_SECRET_SIZE and SHAMIR_MAX_SECRET_SIZE). */
export const MIN_SECRET_BYTES = 16
export const MAX_SECRET_BYTES = 32

const META_BYTES = 5
const TAG = 40_309
/** Of version 1, `crypto-sskr`, "deprecated, but may still be supported". */
const OLD_TAG = 309
export const UR_TYPES: readonly string[] = ['sskr', 'crypto-sskr']

/** Tag, head of the byte string, metadata, value and checksum: 29 for 16 bytes, 46 for 32. */
const LENGTHS: readonly number[] = Array.from({ length: 9 }, (_, i) => MIN_SECRET_BYTES + 2 * i).map(
  (bytes) => 3 + (META_BYTES + bytes < 24 ? 1 : 2) + META_BYTES + bytes + 4,
)

/** False for what is neither a UR of this type nor words or pairs of letters: nothing to tell what is wrong with. */
export function couldBeShare(text: string): boolean {
  if (isUr(text)) return UR_TYPES.some((type) => new RegExp(`^\\s*ur:${type}/`, 'i').test(text))
  const trimmed = text.trim()
  if (!/^[a-z\s-]+$/i.test(trimmed)) return false
  return /[\s-]/.test(trimmed) || isLength(trimmed.length / 2)
}

/**
 * Reads a share in any of its forms.
 * @param position number of the share in the messages, from 1
 * @throws CairnError `share-length`, `share-word-unknown`, `share-checksum`, `share-invalid`, `phrase-too-long`
 */
export function parseShare(text: string, position = 1): Share {
  const item = isUr(text) ? fromUr(text, position) : fromWords(text, position)
  if (!(item instanceof Uint8Array))
    return fail('share-invalid', { share: position, reason: 'what it holds is no SSKR share' })
  return parseBytes(item, position)
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
export function checkShare(text: string): ShareCheck {
  const words = isUr(text) ? splitWords(text) : splitWords(text, splitBytewords)
  const problems: Problem[] = isUr(text) ? [] : [...unknownWords(words, isKnown, (word) => near(word, WORDS))]
  if (!isUr(text) && !isLength(words.length)) problems.push(problem('share-length'))
  if (problems.length === 0) problems.push(...problemsOf(text))
  return { valid: problems.length === 0, words: words.length, problems }
}

/** @throws CairnError `share-plan` when a field is out of range */
export function formatShare(share: Share, form: ShareForm = 'words'): string {
  if (!inRange(share)) fail('share-plan', { reason: 'a field of a share is out of range' })
  const bytes = concat(headerOf(share), share.value)
  if (form === 'ur') return formatUr({ type: 'sskr', item: bytes })
  const style = form === 'words' ? 'standard' : form
  return encodeWords(encodeCbor({ tag: TAG, value: bytes }), style)
}

/** True for a word of the list, or a pair of letters of the minimal style. */
function isKnown(word: string): boolean {
  return (word.length === 2 ? byteOfPair(word) : byteOf(word)) !== null
}

function problemsOf(text: string): readonly Problem[] {
  try {
    parseShare(text)
    return []
  } catch (error) {
    if (isCairnError(error)) return [problem(error.code)]
    throw error
  }
}

function fromUr(text: string, position: number): Cbor {
  const { type, item } = read(text, position)
  if (!UR_TYPES.includes(type))
    fail('share-invalid', { share: position, reason: 'the UR holds no SSKR share' })
  return item
}

function read(text: string, position: number) {
  try {
    return parseUr(text)
  } catch (error) {
    if (isCairnError(error, 'ur-checksum', 'ur-word')) return fail('share-checksum', { share: position })
    throw error
  }
}

function fromWords(text: string, position: number): Cbor {
  const words = splitWords(text, splitBytewords).length
  if (!isLength(words)) fail('share-length', { share: position, words })
  const read = decodeWords(text)
  if (!read.bytes) {
    const [place] = read.unknown
    return place === undefined
      ? fail('share-checksum', { share: position })
      : fail('share-word-unknown', { share: position, position: place })
  }
  const item = decodeCbor(read.bytes)
  return item !== null && isTagged(item) && (item.tag === TAG || item.tag === OLD_TAG) ? item.value : null
}

function isLength(words: number): boolean {
  return LENGTHS.includes(words)
}

/** identifier 16 bits | group threshold 4, group count 4 | group index 4, member threshold 4 | reserved 4, member index 4 */
function parseBytes(bytes: Uint8Array, position: number): Share {
  const refuse = (reason: string) => fail('share-invalid', { share: position, reason })
  const value = bytes.slice(META_BYTES)
  if (!isSecretLength(value.length)) refuse('its value has a length that no secret has')
  const [a, b, c, d, e] = [...bytes] as [number, number, number, number, number]
  if (e >> 4 !== 0) refuse('the reserved bits are not zero')
  const share: Share = {
    identifier: (a << 8) | b,
    groupThreshold: (c >> 4) + 1,
    groupCount: (c & 15) + 1,
    groupIndex: d >> 4,
    memberThreshold: (d & 15) + 1,
    memberIndex: e & 15,
    value,
  }
  if (share.groupThreshold > share.groupCount) refuse('it asks for more groups than there are')
  if (share.groupIndex >= share.groupCount) refuse('the number of its group is beyond the last group')
  return share
}

function headerOf(share: Share): Uint8Array {
  return Uint8Array.of(
    share.identifier >> 8,
    share.identifier & 0xff,
    ((share.groupThreshold - 1) << 4) | (share.groupCount - 1),
    (share.groupIndex << 4) | (share.memberThreshold - 1),
    share.memberIndex,
  )
}

export function isSecretLength(bytes: number): boolean {
  return bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES && bytes % 2 === 0
}

function inRange(share: Share): boolean {
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most
  return (
    within(share.identifier, 0, 0xffff) &&
    within(share.groupCount, 1, 16) &&
    within(share.groupIndex, 0, share.groupCount - 1) &&
    within(share.groupThreshold, 1, share.groupCount) &&
    within(share.memberIndex, 0, 15) &&
    within(share.memberThreshold, 1, 16) &&
    isSecretLength(share.value.length)
  )
}
