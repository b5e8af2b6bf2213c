/**
 * Pages of a SQLite 3 database and the payloads of their cells (https://www.sqlite.org/fileformat2.html, sections 1.6
 * "B-tree Pages" and 1.7 "Cell Payload Overflow Pages"). A walk meets each page once, so it ends on any bytes.
 */
import { concat } from '../../bytes.js'

export interface DatabaseFile {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly pageSize: number
  /** Bytes of a page that hold content; the rest is reserved for extensions. */
  readonly usable: number
  /** How many pages there are; the first one is number 1. */
  readonly pages: number
  /** Throws the error of the wallet that is read. */
  readonly damaged: (reason?: string) => never
}

/** One walk from a root. */
export interface Walk {
  readonly file: DatabaseFile
  readonly seen: Set<number>
}

/** A page of a b-tree. */
export interface Page {
  readonly interior: boolean
  /** Offsets of the cells in the file, in the order of their keys. */
  readonly cells: readonly number[]
  /** Where the content of the page ends. */
  readonly end: number
  /** Of an interior page: the child with the largest keys. */
  readonly last: number
}

/** A page as its parent points to it. */
export interface PageRef {
  readonly number: number
  /** 1 for a root. */
  readonly depth: number
  /** The first byte of leaves and of interior pages, by what the tree is. */
  readonly leaf: number
  readonly interior: number
}

const MAX_DEPTH = 20 // SQLite follows no deeper tree (btreeInt.h, BTCURSOR_MAX_DEPTH)
const FILE_HEADER_BYTES = 100 // stands before the header of the first page

export function openPage(walk: Walk, { number, depth, leaf, interior }: PageRef): Page {
  const { view, usable, damaged } = walk.file
  const begin = meet(walk, number)
  const header = number === 1 ? begin + FILE_HEADER_BYTES : begin
  const type = view.getUint8(header)
  const count = view.getUint16(header + 3)
  const pointers = header + (type === interior ? 12 : 8)
  const [first, end] = [pointers + 2 * count, begin + usable]
  if ((type !== leaf && type !== interior) || depth > MAX_DEPTH || first > end) return damaged()
  const cells = Array.from({ length: count }, (_, i) => begin + view.getUint16(pointers + 2 * i))
  if (cells.some((cell) => cell < first || cell >= end)) return damaged()
  return {
    interior: type === interior,
    cells,
    end,
    last: type === interior ? view.getUint32(header + 8) : 0,
  }
}

/** Where a page begins. One that was met before would be a cycle, or content that counts twice. */
function meet({ file, seen }: Walk, number: number): number {
  if (number < 1 || number > file.pages || seen.has(number)) return file.damaged()
  seen.add(number)
  return (number - 1) * file.pageSize
}

export interface Extent {
  /** Where the payload starts, and where its page ends. */
  readonly start: number
  readonly end: number
  readonly length: bigint
  /** The longest payload that stays whole on its page. */
  readonly most: number
}

/** The payload of a cell; a view of the file unless it goes on in overflow pages. */
export function readPayload(walk: Walk, { start, end, length, most }: Extent): Uint8Array {
  const { bytes, usable, damaged } = walk.file
  if (length > BigInt(bytes.length)) return damaged()
  const size = Number(length)
  const local = size <= most ? size : localBytes(size, most, usable)
  if (start + local + (local < size ? 4 : 0) > end) return damaged()
  const first = bytes.subarray(start, start + local)
  return local === size ? first : concat(first, ...readOverflow(walk, start + local, size - local))
}

/** How much of a payload that is too long stays on its page. */
function localBytes(size: number, most: number, usable: number): number {
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const spill = least + ((size - least) % (usable - 4))
  return spill <= most ? spill : least
}

function readOverflow(walk: Walk, pointer: number, size: number): Uint8Array[] {
  const { bytes, view, usable } = walk.file
  const parts: Uint8Array[] = []
  for (let left = size, next = pointer; left > 0; ) {
    const begin = meet(walk, view.getUint32(next))
    const part = bytes.subarray(begin + 4, begin + 4 + Math.min(left, usable - 4))
    parts.push(part)
    left -= part.length
    next = begin
  }
  return parts
}

export function uint32At({ view, damaged }: DatabaseFile, offset: number, end: number): number {
  return offset + 4 <= end ? view.getUint32(offset) : damaged()
}

/** "A variable-length integer": big-endian, seven bits in each byte, eight in the ninth. Also where it ends. */
export function varintAt(bytes: Uint8Array, offset: number, end: number): readonly [bigint, number] | null {
  let value = 0n
  for (let i = 0; i < 9; i++) {
    const byte = bytes[offset + i]
    if (byte === undefined || offset + i >= end) return null
    if (i === 8) return [(value << 8n) | BigInt(byte), offset + 9]
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return [value, offset + i + 1]
  }
  return null
}
