/** The fields of a key file in JSON, each as the one type that it may have. What is wrong is told by the caller. */
import { text, unhex } from '../bytes.js'
import { fail } from '../errors.js'

export type Fields = { readonly [name: string]: unknown }

/** How the caller refuses a file, for a reason. */
export type Refusal = (reason: string) => never

/** A keystore has some 500 bytes. */
export const MAX_KEYSTORE_BYTES = 64 * 1024

/**
 * The object of a JSON text, the names of its members in lower case, as some programs write `Crypto`.
 * @throws CairnError `wallet-too-large`, and what `refuse` throws.
 */
export function parseJsonObject(bytes: Uint8Array, refuse: Refusal): Fields {
  if (bytes.length > MAX_KEYSTORE_BYTES) {
    return fail('wallet-too-large', { bytes: bytes.length, limit: MAX_KEYSTORE_BYTES })
  }
  return objectOf(parseJson(bytes), () => refuse('it is not a JSON object'))
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}

/** The fields of a JSON object, with names in lower case. */
export function objectOf(value: unknown, refuse: Refusal): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('a field is missing')
  const fields = Object.entries(value).map(([name, field]) => [name.toLowerCase(), field] as const)
  if (new Set(fields.map(([name]) => name)).size < fields.length) return refuse('a field is there twice')
  return Object.fromEntries(fields)
}

/** A whole number above zero. */
export function count(value: unknown, refuse: Refusal): number {
  return Number.isInteger(value) && (value as number) > 0
    ? (value as number)
    : refuse('a cost is not a number')
}

/** Bytes of a hexadecimal string with or without `0x`. */
export function bytesOf(
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
  refuse: Refusal,
): Uint8Array {
  const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : '?'
  if (digits.length < 2 * least || digits.length > 2 * most || !/^(?:[0-9a-f]{2})*$/i.test(digits)) {
    return refuse('a field is missing or is not hexadecimal')
  }
  return unhex(digits)
}
