/**
 * JSON Lines (https://jsonlines.org), the form of all records: one JSON object a line, UTF-8, each line ended by
 * `\n`. Written canonically, so that equal records are equal bytes; read with bounds.
 */
import { text, utf8 } from '../bytes.js'

/** A wallet with a million records has some 200 MB of them; no wallet program copes with that. */
const MAX_LINES = 1_000_000
/** In bytes. A label is a remark, BIP-329 suggests to cut it at 255 characters. */
const MAX_LINE = 64 * 1024

export type JsonObject = { readonly [key: string]: unknown }

/** Called with the number of the line, from 1; throws the error that fits the records. */
export type Refuse = (line: number) => never

/** The objects as bytes; `keys` are all keys that are written, in the order that they are written in. */
export function writeLines(
  objects: readonly JsonObject[],
  keys: readonly string[],
  refuse: Refuse,
): Uint8Array {
  if (objects.length > MAX_LINES) refuse(MAX_LINES + 1)
  const lines = objects.map((object, i) => {
    const line = JSON.stringify(object, [...keys])
    return line.length * 3 > MAX_LINE && utf8(line).length > MAX_LINE ? refuse(i + 1) : `${line}\n`
  })
  return utf8(lines.join(''))
}

/**
 * Gives each line's object to `read`, with the number of the line. Blank lines are passed over, and a carriage
 * return before the line end is dropped, as editors on Windows leave them. `read` returns null for what it ignores.
 */
export function readLines<T>(
  bytes: Uint8Array,
  read: (object: JsonObject, line: number) => T | null,
  refuse: Refuse,
): readonly T[] {
  const found: T[] = []
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    if (line > MAX_LINES || end - start > MAX_LINE) refuse(line)
    const object = parseLine(bytes.subarray(start, end), line, refuse)
    const value = object && read(object, line)
    if (value !== null) found.push(value)
    start = end + 1
  }
  return found
}

const NEWLINE = 0x0a
const isBlank = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0d

function parseLine(bytes: Uint8Array, line: number, refuse: Refuse): JsonObject | null {
  if (bytes.every(isBlank)) return null
  const value = parseJson(bytes)
  return isObject(value) ? value : refuse(line)
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
