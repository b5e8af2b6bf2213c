/**
 * Multi-part URs (BCR-2024-001): a message cut into fragments of one length, and parts that hold one fragment or the
 * exclusive or of several. https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2024-001-multipart-ur.md
 *
 * Fragments are found by elimination, so that any parts that determine the message give it; the reference, which
 * only takes known fragments out of mixed parts, may need a few more.
 */
import { concat } from '../../bytes.js'
import { fail } from '../../errors.js'
import { crc32 } from '../crc32.js'
import { decodeCbor, encodeCbor, isList } from './cbor.js'
import { mixOf, type PartNumber } from './mix.js'

export interface Part extends PartNumber {
  /** Bytes of the whole message. */
  readonly length: number
  /** As long as every fragment; the last one is filled up with zeros. */
  readonly data: Uint8Array
}

export interface Reassembly {
  /** Null until the parts determine it. */
  readonly message: Uint8Array | null
  /** How much of the message the parts determine, in fragments, and how many it has. */
  readonly have: number
  readonly need: number
}

const MAX_FRAGMENTS = 1_024
const MAX_MESSAGE_BYTES = 65_536
const MIN_FRAGMENT_BYTES = 10

/** The part in an array of five: its number, fragments, bytes and checksum of the message, data. Null for others. */
export function parsePart(bytes: Uint8Array): Part | null {
  const item = decodeCbor(bytes)
  if (!isList(item) || item.length !== 5) return null
  const [number, count, length, checksum, data] = item
  if (!isWithin(number, 1, 0xffff_ffff) || !isWithin(count, 1, MAX_FRAGMENTS)) return null
  if (!isWithin(length, 1, MAX_MESSAGE_BYTES) || !isWithin(checksum, 0, 0xffff_ffff)) return null
  if (!(data instanceof Uint8Array) || Math.ceil(length / data.length) !== count) return null
  return { number, count, length, checksum, data }
}

export function partBytes({ number, count, length, checksum, data }: Part): Uint8Array {
  return encodeCbor([number, count, length, checksum, data])
}

/** @throws CairnError `ur-invalid` for a message that is too long */
export function encodeParts(
  message: Uint8Array,
  { maxBytes, extra = 0 }: { readonly maxBytes: number; readonly extra?: number },
): readonly Part[] {
  const size = fragmentSize(message.length, maxBytes)
  const count = Math.ceil(message.length / size)
  if (message.length > MAX_MESSAGE_BYTES || count > MAX_FRAGMENTS)
    fail('ur-invalid', { reason: 'it is too long' })
  const filled = concat(message, new Uint8Array(size * count - message.length))
  const checksum = crc32(message)
  return Array.from({ length: count + extra }, (_, i): Part => {
    const number = i + 1
    const data = new Uint8Array(size)
    for (const index of mixOf({ number, count, checksum }))
      mix(data, filled.subarray(index * size, (index + 1) * size))
    return { number, count, length: message.length, checksum, data }
  })
}

/**
 * The message that parts, at least one, determine; the same part may be there twice.
 * @throws CairnError `ur-foreign` for parts of different messages, `ur-checksum` when what comes out is not the message
 */
export function reassemble(parts: readonly Part[]): Reassembly {
  const first = parts[0] as Part
  if (parts.some((part) => !isOfOneMessage(first, part))) fail('ur-foreign')
  const rows: Row[] = []
  const seen = new Set<number>()
  for (const part of parts) {
    if (rows.length === first.count) break
    if (!seen.has(part.number)) eliminate(rows, { indexes: new Set(mixOf(part)), data: part.data.slice() })
    seen.add(part.number)
  }
  const need = first.count
  if (rows.length < need) return { message: null, have: rows.length, need }
  const sorted = [...rows].sort((a, b) => pivotOf(a) - pivotOf(b))
  const message = concat(...sorted.map(({ data }) => data)).slice(0, first.length)
  if (crc32(message) !== first.checksum) fail('ur-checksum')
  return { message, have: need, need }
}

/** An equation: the exclusive or of these fragments is this data. */
interface Row {
  readonly indexes: Set<number>
  readonly data: Uint8Array
}

/** The lowest index; no other row has it. */
function pivotOf({ indexes }: Row): number {
  return Math.min(...indexes)
}

/** Adds an equation to those that are solved as far as they go; nothing when it follows from them. */
function eliminate(rows: Row[], row: Row): void {
  for (const other of rows) if (row.indexes.has(pivotOf(other))) add(row, other)
  if (row.indexes.size === 0) return
  const pivot = pivotOf(row)
  for (const other of rows) if (other.indexes.has(pivot)) add(other, row)
  rows.push(row)
}

function add(row: Row, other: Row): void {
  for (const index of other.indexes) if (!row.indexes.delete(index)) row.indexes.add(index)
  mix(row.data, other.data)
}

function mix(into: Uint8Array, data: Uint8Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) ^ (data[i] as number)
}

/** The longest fragments of at most so many bytes that are as equal as can be, and not below ten bytes. */
function fragmentSize(length: number, maxBytes: number): number {
  const most = Math.max(1, Math.floor(length / MIN_FRAGMENT_BYTES))
  for (let count = 1; count < most; count++) {
    const size = Math.ceil(length / count)
    if (size <= maxBytes) return size
  }
  return Math.ceil(length / most)
}

function isOfOneMessage(a: Part, b: Part): boolean {
  return (
    a.count === b.count &&
    a.length === b.length &&
    a.checksum === b.checksum &&
    a.data.length === b.data.length
  )
}

function isWithin(n: unknown, least: number, most: number): n is number {
  return typeof n === 'number' && n >= least && n <= most
}
