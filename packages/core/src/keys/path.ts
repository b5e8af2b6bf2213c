/**
 * Derivation paths, BIP-32 "The key tree": numbers between slashes, hardened ones marked with `'` or `h`.
 * Not the paths with `*` and `<0;1>` of output descriptors; they are read in descriptor/key.ts.
 */
import { fail } from '../errors.js'

/** Child numbers; a hardened one has HARDENED added. */
export type Path = readonly number[]

/** BIP-32: child numbers from 2^31 on are hardened. */
export const HARDENED = 0x8000_0000

/** The depth is written in one byte. */
export const MAX_DEPTH = 255

const STEP = /^(\d{1,10})(['h]?)$/
const MAX_TEXT = 'm/'.length + MAX_DEPTH * "2147483647'/".length

/**
 * Reads `m/84'/0h/0`, `84h/0`, `m`; a slash at the end, as Electrum writes one, is let pass.
 * @throws CairnError `path-invalid`.
 */
export function parsePath(text: string): Path {
  if (text.length > MAX_TEXT) return fail('path-invalid')
  if (text === 'm' || text === 'm/') return []
  const steps = text.replace(/^m\//, '').replace(/\/$/, '')
  const path = steps.split('/').map((step) => parseStep(step) ?? fail('path-invalid'))
  return path.length <= MAX_DEPTH ? path : fail('path-invalid')
}

/** Reads one child number such as `0`, `44'` or `44h`; null when it is none. */
export function parseStep(text: string): number | null {
  const match = STEP.exec(text)
  if (!match) return null
  const index = Number(match[1])
  if (index >= HARDENED) return null
  return match[2] === '' ? index : index + HARDENED
}

export interface PathStyle {
  /** The mark of hardened steps: `'` as in BIP-44 (the default), `h` as in descriptors. */
  readonly mark?: "'" | 'h'
}

/** Writes `m/84'/0'/0'`; the empty path is `m`. */
export function formatPath(path: Path, style: PathStyle = {}): string {
  return ['m', ...path.map((step) => formatStep(step, style))].join('/')
}

/** One child number as text: `0`, `44'`. */
export function formatStep(step: number, { mark = "'" }: PathStyle = {}): string {
  return step >= HARDENED ? `${step - HARDENED}${mark}` : `${step}`
}

/** Whether a child number is a hardened one. */
export function isHardened(step: number): boolean {
  return step >= HARDENED
}
