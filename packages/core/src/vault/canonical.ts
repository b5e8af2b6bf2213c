/**
 * Canonical JSON: the one text of a value that is signed, authenticated and hashed.
 * Rules of RFC 8785 restricted to what the vault writes: objects with keys sorted by UTF-16 code unit,
 * arrays, strings, booleans, null and safe integers; no white space, no fractions, no exponents.
 * Reading is strict: a text whose value does not encode to the same text again is refused, so that a
 * signature covers every byte of a file and nobody can write the same thing twice.
 */
import { text, utf8 } from '../bytes.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The canonical text of a value. @throws TypeError on numbers that are not safe integers. */
export function encodeCanonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(encodeCanonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return encodeObject(value as { readonly [key: string]: Json })
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('not a safe integer')
  return JSON.stringify(value)
}

/** Bytes of the canonical text and a newline, as files of the vault hold it. */
export function canonicalFile(value: Json): Uint8Array {
  return utf8(`${encodeCanonical(value)}\n`)
}

/** The value of a canonical file; null when it is not canonical, not UTF-8, or longer than `limit` bytes. */
export function parseCanonicalFile(bytes: Uint8Array, limit: number): Json | null {
  if (bytes.length > limit) return null
  try {
    const file = text(bytes)
    const value = JSON.parse(file) as Json
    return file === `${encodeCanonical(value)}\n` ? value : null
  } catch {
    return null
  }
}

/** The value of any JSON text; null when it is none, or longer than `limit` bytes. Trusted for nothing but its version. */
export function parseLoosely(bytes: Uint8Array, limit: number): unknown {
  if (bytes.length > limit) return null
  try {
    return JSON.parse(text(bytes))
  } catch {
    return null
  }
}

function encodeObject(value: { readonly [key: string]: Json }): string {
  const members = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${encodeCanonical(value[key] as Json)}`)
  return `{${members.join(',')}}`
}
