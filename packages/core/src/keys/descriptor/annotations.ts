/**
 * Annotations of output descriptors, BIP-393: `?bh=800000&gl=30` behind the script tells where a recovery should begin
 * to look and how far. They change no output script.
 */
import { fail } from '../../errors.js'
import type { Annotation } from './types.js'

/** More than any descriptor needs; a number of 40 digits is beyond all heights and indexes. */
const MAX_ANNOTATIONS = 32
const PAIR = /^([a-z]{1,32})=(0|[1-9]\d{0,39})$/

export interface Annotated {
  /** The descriptor without them. */
  readonly payload: string
  readonly annotations: readonly Annotation[]
}

/** Splits a descriptor without its checksum. @throws CairnError `descriptor-invalid`. */
export function parseAnnotations(text: string): Annotated {
  const [payload = '', ...rest] = text.split('?')
  if (rest.length === 0) return { payload, annotations: [] }
  const pairs = (rest[0] as string).split('&')
  if (rest.length > 1 || pairs.length > MAX_ANNOTATIONS) return invalid()
  const annotations = pairs.map((pair) => {
    const [, key, value] = PAIR.exec(pair) ?? []
    return key === undefined || value === undefined ? invalid() : { key, value }
  })
  // "Each key MUST appear at most once in an annotation expression."
  return new Set(annotations.map(({ key }) => key)).size === annotations.length
    ? { payload, annotations }
    : invalid()
}

export function formatAnnotations(annotations: readonly Annotation[]): string {
  if (annotations.length === 0) return ''
  return `?${annotations.map(({ key, value }) => `${key}=${value}`).join('&')}`
}

/** The number of an annotation, or null when it is not there or beyond all use. */
export function annotation(annotations: readonly Annotation[], key: 'bh' | 'gl' | 'ml'): number | null {
  const value = Number(annotations.find((found) => found.key === key)?.value ?? Number.NaN)
  return Number.isSafeInteger(value) ? value : null
}

function invalid(): never {
  return fail('descriptor-invalid', { reason: 'its annotations are malformed' })
}
