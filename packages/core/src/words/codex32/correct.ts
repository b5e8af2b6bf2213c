/**
 * Corrections of a codex32 string, as proposals. "Implementations SHOULD NOT automatically proceed with a corrected
 * codex32 string without user confirmation" (BIP-93): nothing in Cairn uses what `correct` returns on its own.
 */
import { fail } from '../../errors.js'
import { type Code, codeFor } from './code.js'
import { ALPHABET, elementOf } from './field.js'
import { findChanges } from './locate.js'
import { compact, isLength, PREFIX, problemsOf, unreadable } from './string.js'

export interface Correction {
  /** The whole string as it would be, all in capitals or all in small letters as most of it was written. */
  readonly text: string
  /** What was changed, in order; empty when the string is right as it is. A secret, as the string is. */
  readonly changes: readonly CharacterChange[]
  /**
   * How much speaks for the correction: of strings that were never codex32, one in 2^evidenceBits can be corrected
   * so. With 0 every string could be; 13 or 15 unreadable characters in a row leave nothing to check against.
   */
  readonly evidenceBits: number
}

export interface CharacterChange {
  /** From 1, spaces not counted. */
  readonly position: number
  /** As it was written; `?` for a character that is not ASCII. */
  readonly from: string
  readonly to: string
}

/**
 * Proposes the one valid string that differs in up to 4 characters, or in e unreadable and t wrong ones while
 * e + 2t <= 8, or in unreadable ones only within 13 neighbouring places (15 in long strings). Unreadable are `?` and
 * all characters that are not of bech32. Null when there is none.
 * @throws CairnError `phrase-too-long`; `codex32-prefix`, `codex32-length` for what the code does not cover
 */
export function correct(text: string): Correction | null {
  const written = compact(text)
  if (!isPrefix(written.slice(0, PREFIX.length))) fail('codex32-prefix', { share: 1 })
  if (!isLength(written.length)) fail('codex32-length', { share: 1 })
  const lost = unreadable(written).map((at) => at - PREFIX.length)
  const data = Array.from(written.toLowerCase().slice(PREFIX.length), (character) =>
    Math.max(0, elementOf(character)),
  )
  const code = codeFor(data.length) as Code
  const changes = findChanges(code, data, lost)
  if (!changes) return null
  const values = new Map(changes.map(({ at, difference }) => [at, difference]))
  const corrected = data.map((value, at) => ALPHABET[value ^ (values.get(at) ?? 0)]).join('')
  const errors = changes.filter(({ at }) => !lost.includes(at)).length
  return proposal(written, PREFIX + corrected, evidence(code, data.length, { errors, lost: lost.length }))
}

/** Null for a header that no string has: the nearest valid codeword is then no codex32 string. */
function proposal(written: string, lower: string, evidenceBits: number): Correction | null {
  if (problemsOf(lower).length > 0) return null
  const capitals = written.match(/[A-Z]/g)?.length ?? 0
  const small = written.match(/[a-z]/g)?.length ?? 0
  const text = capitals > small ? lower.toUpperCase() : lower
  const changes = Array.from(text, (to, at) => ({ position: at + 1, from: written[at] as string, to }))
  return { text, changes: changes.filter(({ from, to }) => from !== to), evidenceBits }
}

function isPrefix(start: string): boolean {
  return (
    start.length === PREFIX.length &&
    Array.from(start.toLowerCase()).every((c, i) => c === '?' || c === PREFIX[i])
  )
}

/** The bits of the checksum less those of the choice among all corrections of as many characters. */
function evidence(code: Code, length: number, { errors, lost }: { errors: number; lost: number }): number {
  const places = Array.from({ length: errors }, (_, i) => Math.log2((length - lost - i) / (i + 1)))
  const choices = places.reduce((sum, bits) => sum + bits + Math.log2(31), 0)
  return Math.max(0, Math.floor(5 * (code.length - lost) - choices))
}
