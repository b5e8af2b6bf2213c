/**
 * Bytewords (BCR-2020-012): bytes as words of four letters, one a byte, with a CRC-32 as the last four words.
 * https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-012-bytewords.md
 *
 * Not here: what the bytes mean (`sskr.ts`, `ur.ts`). A CRC finds every error in one word and all but one in 2^32 of
 * larger ones; it is no protection against a person who alters words on purpose.
 */
import { concat, equal } from '../bytes.js'
import { fail } from '../errors.js'
import { byteOf, byteOfPair, pairOf, WORDS } from './bytewords/words.js'
import { crc32 } from './crc32.js'

export { WORDS } from './bytewords/words.js'

/** `standard`: words with spaces; `uri`: words with dashes; `minimal`: first and last letters without anything. */
export type BytewordsStyle = 'standard' | 'uri' | 'minimal'

const CHECKSUM_BYTES = 4

/** The words of any bytes and their checksum. */
export function encode(bytes: Uint8Array, style: BytewordsStyle = 'standard'): string {
  const words = Array.from(concat(bytes, checksumOf(bytes)), (byte) => WORDS[byte] as string)
  if (style === 'minimal') return words.map(pairOf).join('')
  return words.join(style === 'uri' ? '-' : ' ')
}

/** What words in one of the three styles hold, or what is wrong with them. */
export type Bytewords =
  | { readonly bytes: Uint8Array; readonly words: number }
  | {
      readonly bytes: null
      readonly words: number
      /** Places of words that are not in the list, from 1; none when the checksum is wrong. */
      readonly unknown: readonly number[]
    }

/**
 * Reads words in any of the three styles, told apart by what stands between them. Case and additional white space
 * do not count; nothing is corrected or completed. The text is bounded by the caller.
 */
export function decode(text: string): Bytewords {
  const words = splitBytewords(text)
  const values = words.map(byteOfWord)
  const unknown = values.flatMap((value, i) => (value === null ? [i + 1] : []))
  if (unknown.length > 0 || words.length <= CHECKSUM_BYTES)
    return { bytes: null, words: words.length, unknown }
  const all = Uint8Array.from(values as readonly number[])
  const bytes = all.slice(0, -CHECKSUM_BYTES)
  const right = equal(checksumOf(bytes), all.subarray(-CHECKSUM_BYTES))
  return right ? { bytes, words: words.length } : { bytes: null, words: words.length, unknown: [] }
}

/**
 * The bytes of a text that must be right.
 * @throws CairnError `bytewords-word` for a word that is not in the list, `bytewords-checksum`
 */
export function toBytes(text: string): Uint8Array {
  const read = decode(text)
  if (read.bytes) return read.bytes
  const [position] = read.unknown
  return position === undefined ? fail('bytewords-checksum') : fail('bytewords-word', { position })
}

/** The words, or the pairs of letters of the minimal style, in lower case. */
export function splitBytewords(text: string): readonly string[] {
  const trimmed = text.trim().toLowerCase()
  if (/[\s-]/.test(trimmed) || trimmed.length === 4) return trimmed.split(/[\s-]+/).filter(Boolean)
  return trimmed.match(/[\s\S]{1,2}/g) ?? []
}

function byteOfWord(word: string): number | null {
  return word.length === 2 ? byteOfPair(word) : byteOf(word)
}

/** "a four-word (four byte, 32 bit) CRC32 checksum in network order (big-endian)" */
function checksumOf(bytes: Uint8Array): Uint8Array {
  const checksum = new Uint8Array(CHECKSUM_BYTES)
  new DataView(checksum.buffer).setUint32(0, crc32(bytes))
  return checksum
}
