/**
 * The part of CBOR (RFC 8949) that URs use, in its deterministic form: definite lengths, numbers in their shortest
 * form, no key twice. Nothing is allocated for what is not there, since every item takes a byte at least.
 *
 * Not here: negative numbers, floating point (kept as it is written, for the dates of others) and map keys other
 * than numbers. The order of the keys is kept and not asked for: some wallets write them in that of the paper.
 */
import { concat, equal, text as fromUtf8, utf8 } from '../../bytes.js'

export type Cbor =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | readonly Cbor[]
  | CborMap
  | { readonly tag: number; readonly value: Cbor }
  | { readonly float: Uint8Array }

/** Keys are whole numbers. */
export type CborMap = ReadonlyMap<number, Cbor>

const MAX_DEPTH = 16
const UNSIGNED = 0
const BYTES = 2
const TEXT = 3
const ARRAY = 4
const MAP = 5
const TAG = 6
const SIMPLE = 7

/** The bytes of an item; numbers are whole, from 0 to 2^53 - 1. */
export function encodeCbor(item: Cbor): Uint8Array {
  if (typeof item === 'number') return head(UNSIGNED, item)
  if (item === false || item === true || item === null)
    return head(SIMPLE, item === null ? 22 : item ? 21 : 20)
  if (typeof item === 'string') return concat(head(TEXT, utf8(item).length), utf8(item))
  if (item instanceof Uint8Array) return concat(head(BYTES, item.length), item)
  if (isList(item)) return concat(head(ARRAY, item.length), ...item.map(encodeCbor))
  if (isMap(item)) {
    const entries = [...item].flatMap(([key, value]) => [encodeCbor(key), encodeCbor(value)])
    return concat(head(MAP, item.size), ...entries)
  }
  if ('float' in item) return concat(Uint8Array.of(0xf9 + Math.log2(item.float.length / 2)), item.float)
  return concat(head(TAG, item.tag), encodeCbor(item.value))
}

/** The one item that these bytes are; null when they are anything else. */
export function decodeCbor(bytes: Uint8Array): Cbor | null {
  const input = { bytes, at: 0 }
  const item = readItem(input, 0)
  if (item === undefined || input.at !== bytes.length) return null
  return equal(encodeCbor(item), bytes) ? item : null
}

export function isMap(item: Cbor | undefined): item is CborMap {
  return item instanceof Map
}

export function isList(item: Cbor | undefined): item is readonly Cbor[] {
  return Array.isArray(item)
}

export function isTagged(item: Cbor | undefined): item is { readonly tag: number; readonly value: Cbor } {
  return typeof item === 'object' && item !== null && 'tag' in item
}

interface Input {
  readonly bytes: Uint8Array
  at: number
}

/** Undefined for what is not of this form. That numbers are in their shortest form shows when it is encoded again. */
function readItem(input: Input, depth: number): Cbor | undefined {
  const first = input.bytes[input.at++]
  if (first === undefined || depth > MAX_DEPTH) return undefined
  const major = first >> 5
  const info = first & 31
  if (major === SIMPLE) return readSimple(input, info)
  const n = readNumber(input, info)
  if (n === null) return undefined
  switch (major) {
    case UNSIGNED:
      return n
    case BYTES:
      return take(input, n)
    case TEXT:
      return readText(take(input, n))
    case ARRAY:
      return readList(input, n, depth + 1)
    case MAP:
      return readMap(input, n, depth + 1)
    case TAG: {
      const value = readItem(input, depth + 1)
      return value === undefined ? undefined : { tag: n, value }
    }
    default:
      return undefined
  }
}

function readSimple(input: Input, info: number): Cbor | undefined {
  if (info === 20 || info === 21) return info === 21
  if (info === 22) return null
  if (info < 25 || info > 27) return undefined
  const float = take(input, 2 ** (info - 24))
  return float && { float }
}

/** The number in or after the first byte; null when there is none or it is above 2^53 - 1. */
function readNumber(input: Input, info: number): number | null {
  if (info < 24) return info
  if (info > 27) return null
  const bytes = take(input, 2 ** (info - 24))
  if (!bytes) return null
  const n = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return Number.isSafeInteger(n) ? n : null
}

function readList(input: Input, length: number, depth: number): readonly Cbor[] | undefined {
  const items: Cbor[] = []
  while (items.length < length) {
    const item = readItem(input, depth)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function readMap(input: Input, size: number, depth: number): CborMap | undefined {
  const entries = new Map<number, Cbor>()
  while (entries.size < size) {
    const key = readItem(input, depth)
    const value = readItem(input, depth)
    if (typeof key !== 'number' || value === undefined || entries.has(key)) return undefined
    entries.set(key, value)
  }
  return entries
}

function readText(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}

function take(input: Input, length: number): Uint8Array | undefined {
  if (length > input.bytes.length - input.at) return undefined
  input.at += length
  return input.bytes.slice(input.at - length, input.at)
}

/** The shortest form of a major type and a number. */
function head(major: number, n: number): Uint8Array {
  const first = major << 5
  if (n < 24) return Uint8Array.of(first | n)
  const size = n < 0x100 ? 0 : n < 0x1_0000 ? 1 : n < 0x1_0000_0000 ? 2 : 3
  const length = 2 ** size
  const digits = Array.from({ length }, (_, i) => Math.floor(n / 256 ** (length - 1 - i)) % 256)
  return Uint8Array.of(first | (24 + size), ...digits)
}
