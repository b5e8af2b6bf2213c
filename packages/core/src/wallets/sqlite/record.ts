/**
 * Records of SQLite 3, the payload of rows and index entries: a header of serial types, then the values
 * (https://www.sqlite.org/fileformat2.html#record_format).
 */
import { text } from '../../bytes.js'
import { varintAt } from './page.js'

export type Column = null | bigint | number | string | Uint8Array

// Serial types 0 to 9; 10 and 11 are reserved. 7 is a float, which no wallet has, read as its eight bytes.
const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]

/** The values of a record, or null when it is malformed. Integers are bigint, floats number. */
export function readRecord(payload: Uint8Array): readonly Column[] | null {
  const header = varintAt(payload, 0, payload.length)
  if (!header || header[0] > BigInt(payload.length)) return null
  const bodyStart = Number(header[0])
  const columns: Column[] = []
  let [at, body] = [header[1], bodyStart]
  while (at < bodyStart) {
    const type = varintAt(payload, at, bodyStart)
    const size = type && sizeOf(type[0])
    if (!type || size === null || size > BigInt(payload.length - body)) return null
    const value = payload.subarray(body, body + Number(size))
    const column = decode(type[0], value)
    if (column === undefined) return null
    columns.push(column)
    at = type[1]
    body += value.length
  }
  return at === bodyStart && body === payload.length ? columns : null
}

function sizeOf(type: bigint): bigint | null {
  if (type >= 12n) return (type - 12n) >> 1n
  const size = FIXED_BYTES[Number(type)]
  return size === undefined ? null : BigInt(size)
}

function decode(type: bigint, value: Uint8Array): Column | undefined {
  if (type >= 12n) return type & 1n ? decodeText(value) : value
  if (type === 0n) return null
  if (type === 7n) return new DataView(value.buffer, value.byteOffset).getFloat64(0)
  if (type >= 8n) return type - 8n
  const unsigned = value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return BigInt.asIntN(8 * value.length, unsigned)
}

function decodeText(value: Uint8Array): string | undefined {
  try {
    return text(value)
  } catch {
    return undefined
  }
}
