/**
 * The two BCH codes of codex32 (BIP-93, "Checksum" and "Long codex32"): 13 characters of checksum up to 93 characters
 * of data part, 15 from 96 on. Both have eight consecutive roots, so that any two strings differ in nine places.
 */
import { elementOf, multiply32 } from './field.js'

export interface Code {
  /** Characters of the checksum. */
  readonly length: number
  /** The generator polynomial without its leading 1, highest power first. */
  readonly generator: readonly number[]
  /** What is left of a valid string. */
  readonly target: readonly number[]
  /** The roots are powers of this element of GF(1024) … */
  readonly root: number
  /** … and eight of them are the powers from this one on. */
  readonly firstRoot: number
}

/** "β := G ζ", the roots β^77 to β^84; "x^13 + E x^12 + M x^11 + […] + S" */
export const SHORT: Code = {
  length: 13,
  generator: values('em3gqeeelmcss'),
  target: values('secretshare32'),
  root: elementOf('g') << 5,
  firstRoot: 77,
}

/** "γ := E + X ζ", the roots γ^1019 to γ^1026; "x^15 + 0 x^14 + 2 x^13 + […] + H" */
export const LONG: Code = {
  length: 15,
  generator: values('02e6fe4xh4x9kyh'),
  target: values('secretshare32ex'),
  root: elementOf('e') | (elementOf('x') << 5),
  firstRoot: 1019,
}

/** The human-readable part "ms" as BIP-173 has it: 1, the high bits, 0, the low bits. */
const PREFIX = [1, 3, 3, 0, 13, 19]

/** The code of a data part of this length, checksum included; null for 94 and 95, which no string has. */
export function codeFor(length: number): Code | null {
  if (length <= 93) return SHORT
  return length >= 96 ? LONG : null
}

/** The checksum of a data part. */
export function checksum(code: Code, data: readonly number[]): readonly number[] {
  return differenceOf(code, [...data, ...Array(code.length).fill(0)])
}

/** All zeros when the data part, which ends with its checksum, is valid; else what its errors leave of it. */
export function differenceOf(code: Code, data: readonly number[]): readonly number[] {
  return remainder(code, [...PREFIX, ...data]).map((value, i) => value ^ (code.target[i] as number))
}

/** A polynomial modulo the generator, highest power first. */
export function remainder({ generator, length }: Code, polynomial: readonly number[]): readonly number[] {
  let rest: number[] = Array(length).fill(0)
  for (const value of polynomial) {
    const [top = 0, ...others] = rest
    rest = [...others, value].map((element, i) => element ^ multiply32(top, generator[i] as number))
  }
  return rest
}

function values(text: string): readonly number[] {
  return Array.from(text, elementOf)
}
