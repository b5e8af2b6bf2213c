/**
 * UR, Uniform Resources (BCR-2020-005): CBOR of a named type as text for QR codes, `ur:type/bytewords`, or in several
 * parts, `ur:type/7-5/bytewords`. https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-005-ur.md
 *
 * Not here: what the types hold (one file each in `ur/`), and version 1 of UR (`ur:bytes/1of3/…`), which is bc32.
 */
import { fail } from '../errors.js'
import { decode as decodeWords, encode as encodeWords } from './bytewords.js'
import { type Cbor, decodeCbor, encodeCbor } from './ur/cbor.js'
import { encodeParts, type Part, parsePart, partBytes, type Reassembly, reassemble } from './ur/fountain.js'

export interface Ur {
  /** In lower case; letters, digits and dashes. */
  readonly type: string
  readonly item: Cbor
}

/** Of all parts together. What keys and words need is below 2,000. */
const MAX_CHARACTERS = 400_000
const MAX_PARTS = 4_096

/** One text of a UR: the whole of it, or one of its parts. */
type Piece =
  | { readonly type: string; readonly message: Uint8Array }
  | { readonly type: string; readonly part: Part }

/** How much of a UR is there, while its parts are scanned one by one. */
export interface UrState {
  readonly type: string
  /** Null until enough parts are there. */
  readonly ur: Ur | null
  /** Fragments that are known, and that there are; 1 of 1 for a UR in one part. */
  readonly have: number
  readonly need: number
}

/** True when a text says that it is one, whatever follows. */
export function isUr(text: string): boolean {
  return /^\s*ur:/i.test(text)
}

/**
 * The UR in a text; the parts of one in several stand one after another with white space between, in any order.
 * @throws CairnError `ur-invalid`, `ur-word`, `ur-checksum`, `ur-foreign`; `ur-missing` when parts are missing
 */
export function parseUr(text: string): Ur {
  const { ur, have, need } = urState(text)
  return ur ?? fail('ur-missing', { have, need })
}

/**
 * What the parts in a text make together.
 * @throws CairnError `ur-invalid`, `ur-word`, `ur-checksum`; `ur-foreign` for parts of different messages
 */
export function urState(text: string): UrState {
  if (text.length > MAX_CHARACTERS) fail('ur-invalid', { reason: 'it is too long' })
  const pieces = text.trim().split(/\s+/)
  if (pieces.length > MAX_PARTS) fail('ur-invalid', { reason: 'it has too many parts' })
  const [first, ...others] = pieces.map(parsePiece) as [Piece, ...Piece[]]
  if (others.some(({ type }) => type !== first.type)) fail('ur-foreign')
  if ('message' in first) {
    if (others.some((other) => !('message' in other) || other.message.join() !== first.message.join()))
      fail('ur-foreign')
    return { type: first.type, ur: toUr(first.type, first.message), have: 1, need: 1 }
  }
  const parts = [first, ...others].map((piece) => ('part' in piece ? piece.part : fail('ur-foreign')))
  return { type: first.type, ...fromParts(first.type, reassemble(parts)) }
}

/** A UR in one part. @throws CairnError `ur-invalid` for a type that is none */
export function formatUr({ type, item }: Ur): string {
  return `ur:${checkType(type)}/${encodeWords(encodeCbor(item), 'minimal')}`
}

/**
 * The same in parts of at most so many bytes of the message each: as many as there are fragments, then `extra` ones
 * that mix fragments and stand in for any that were missed.
 * @throws CairnError `ur-invalid`
 */
export function formatParts(
  ur: Ur,
  options: { readonly maxBytes: number; readonly extra?: number },
): readonly string[] {
  const parts = encodeParts(encodeCbor(ur.item), options)
  const [only] = parts
  if (!only || only.count === 1) return [formatUr(ur)]
  const type = checkType(ur.type)
  return parts.map(
    (part) => `ur:${type}/${part.number}-${part.count}/${encodeWords(partBytes(part), 'minimal')}`,
  )
}

/** @throws CairnError `ur-invalid`, `ur-word`, `ur-checksum` */
function parsePiece(text: string): Piece {
  const [scheme, rest = ''] = text.toLowerCase().split(/:(.*)/s)
  if (scheme !== 'ur') fail('ur-invalid', { reason: 'it does not begin with ur:' })
  const [type = '', ...path] = rest.split('/')
  checkType(type)
  const body = bodyOf(path.at(-1) ?? '')
  if (path.length === 1) return { type, message: body }
  const part = parsePart(body)
  if (path.length !== 2 || !part) return fail('ur-invalid', { reason: 'it is not of the form of a part' })
  if (path[0] !== `${part.number}-${part.count}`)
    fail('ur-invalid', { reason: 'the number of the part differs from what the part says' })
  return { type, part }
}

function bodyOf(words: string): Uint8Array {
  const read = decodeWords(words)
  if (read.bytes) return read.bytes
  return read.unknown.length > 0 ? fail('ur-word') : fail('ur-checksum')
}

/** "Types MUST consist only of characters from the English letters (ignoring case), Arabic numerals, and the hyphen" */
function checkType(type: string): string {
  return /^[a-z0-9-]{1,64}$/.test(type) ? type : fail('ur-invalid', { reason: 'its type is not a name' })
}

function toUr(type: string, message: Uint8Array): Ur {
  const item = decodeCbor(message)
  return item === null
    ? fail('ur-invalid', { reason: 'what it holds is not deterministic CBOR' })
    : { type, item }
}

function fromParts(type: string, { message, have, need }: Reassembly): Omit<UrState, 'type'> {
  return { ur: message && toUr(type, message), have, need }
}
