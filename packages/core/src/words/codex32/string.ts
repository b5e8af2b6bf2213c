/**
 * One codex32 string (BIP-93): "ms1", a threshold, an identifier of four characters, an index, the payload and a
 * checksum. Spaces are no part of it, since people write it in groups.
 */
import { fail } from '../../errors.js'
import { type Problem, problem } from '../problem.js'
import { splitWords } from '../text.js'
import { type Code, checksum, codeFor, differenceOf } from './code.js'
import { ALPHABET, elementOf } from './field.js'

/** A share, or with the index `s` the secret itself. */
export interface Codex32 {
  /** How many shares give the secret: 2 to 9; 0 for a secret that was never shared. */
  readonly threshold: number
  /** 4 lower-case bech32 characters, the same in all shares of a set. */
  readonly identifier: string
  /** One lower-case bech32 character. */
  readonly index: string
  /** 5-bit values, as many as 16 to 64 bytes need. */
  readonly payload: readonly number[]
}

export const PREFIX = 'ms1'
export const SECRET_INDEX = 's'
export const MIN_SEED_BYTES = 16
export const MAX_SEED_BYTES = 64

/** Threshold, identifier and index. */
const HEADER = 6

/**
 * Reads a string in capitals or small letters.
 * @param share number of the share in the user's list, for errors
 * @throws CairnError `phrase-too-long`, `codex32-prefix`, `codex32-character`, `codex32-case`, `codex32-length`,
 * `codex32-checksum`, `codex32-header`
 */
export function parse(text: string, share = 1): Codex32 {
  const [first] = problemsOf(text)
  if (first) fail(first.code, { share, ...(first.position !== null && { position: first.position }) })
  const lower = compact(text).toLowerCase()
  const data = Array.from(lower.slice(PREFIX.length), elementOf)
  return {
    threshold: Number(lower[3]),
    identifier: lower.slice(4, 8),
    index: lower[8] as string,
    payload: data.slice(HEADER, -(codeFor(data.length) as Code).length),
  }
}

/** In small letters; capitals "SHOULD be used for handwritten codex32 strings" and for QR codes. */
export function format({ threshold, identifier, index, payload }: Codex32): string {
  const header = `${threshold}${identifier}${index}`
  const data = [...Array.from(header, elementOf), ...payload]
  const code = codeFor(data.length + 13) ?? (codeFor(data.length + 15) as Code)
  const text = [...payload, ...checksum(code, data)].map((value) => ALPHABET[value]).join('')
  return `${PREFIX}${header}${text}`
}

/** What stands in the way of `parse`, without the places that a correction would point at. */
export function problemsOf(text: string): readonly Problem[] {
  const written = compact(text)
  if (!written.toLowerCase().startsWith(PREFIX)) return [problem('codex32-prefix')]
  const unknown = unreadable(written).map((at): Problem => {
    return { position: at + 1, code: 'codex32-character', suggestions: 0 }
  })
  if (!isLength(written.length)) return [...unknown, problem('codex32-length')]
  if (unknown.length > 0) return unknown
  if (written !== written.toLowerCase() && written !== written.toUpperCase()) return [problem('codex32-case')]
  const data = Array.from(written.toLowerCase().slice(PREFIX.length), elementOf)
  const code = codeFor(data.length) as Code
  if (differenceOf(code, data).some((value) => value !== 0)) return [problem('codex32-checksum')]
  return isHeader(written.toLowerCase()) ? [] : [problem('codex32-header')]
}

/**
 * The text without the spaces between its groups, and with `?` for whatever is not printable ASCII. A line break
 * within it stays and is wrong: where it is, another string may begin.
 * @throws CairnError `phrase-too-long`
 */
export function compact(text: string): string {
  splitWords(text)
  return text
    .trim()
    .replace(/[ \t\u00a0]/g, '')
    .normalize('NFC')
    .replace(/[^!-~]/gu, '?')
}

/** Indexes in the text of characters that are not of bech32, after the prefix. */
export function unreadable(written: string): readonly number[] {
  return Array.from(written.toLowerCase(), (character, at) => ({ character, at }))
    .filter(({ character, at }) => at >= PREFIX.length && elementOf(character) < 0)
    .map(({ at }) => at)
}

/** True for a number of characters that a string of 16 to 64 bytes has. */
export function isLength(characters: number): boolean {
  const data = characters - PREFIX.length
  const code = codeFor(data)
  return code !== null && isPayloadLength(data - HEADER - code.length)
}

/** "Any incomplete group at the end MUST be 4 bits or less" */
function isPayloadLength(values: number): boolean {
  const bytes = Math.floor((values * 5) / 8)
  return bytes >= MIN_SEED_BYTES && bytes <= MAX_SEED_BYTES && values * 5 - bytes * 8 <= 4
}

/** "a single digit between '2' and '9', or the digit '0'", with which the index must be "s" */
function isHeader(lower: string): boolean {
  return /^ms1([2-9]|0.{4}s)/.test(lower)
}

/** The payload for bytes: most significant bit first, filled up with zero bits. */
export function payloadOf(bytes: Uint8Array): readonly number[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((group) => Number.parseInt(group.padEnd(5, '0'), 2))
}

/** The bytes of a payload; up to 4 bits at the end are no part of them, whatever they are. */
export function bytesOf(payload: readonly number[]): Uint8Array {
  const bits = payload.map((value) => value.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
