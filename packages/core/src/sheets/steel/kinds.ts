/**
 * The kinds of plates: style, size and what is on which plate of a phrase that needs several. docs/steel.md.
 *
 * The mark in the upper left says it on the plate itself: eight places for punches, with what a reader must know
 * before it can tell the columns apart.
 */
import { fail } from '../../errors.js'
import { PAPERS, type Size } from '../drawing.js'
import { isShareCount, WORD_COUNTS, type WordCount } from './content.js'

export const STEEL_STYLES = ['binary', 'decimal', 'seedqr', 'letters'] as const
export type SteelStyle = (typeof STEEL_STYLES)[number]

/** A blank of ISO/IEC 7810 ID-1, and a square one of 10 cm, as sold for engraving. */
export const STEEL_SIZES = {
  card: PAPERS.card,
  square: { width: 100, height: 100 },
} as const satisfies Record<string, Size>
export type SteelSize = keyof typeof STEEL_SIZES

export interface PlateKind {
  readonly style: SteelStyle
  readonly size: SteelSize
  /** Of the whole phrase. */
  readonly words: WordCount
  /** From 1. */
  readonly number: number
  /** A CompactSeedQR. */
  readonly compact: boolean
}

export type PlateSet = Omit<PlateKind, 'number'>

/** Rows that a plate has room for; of letters, places of words. */
const ROOM: Readonly<Record<'dots' | 'letters', Readonly<Record<SteelSize, number>>>> = {
  dots: { card: 12, square: 24 },
  letters: { card: 15, square: 36 },
}

/** Words with which the four letters of a BIP-39 phrase end; a share has a checksum of its own. */
export const CHECK_WORDS = 2

/** All plates of a phrase. @throws CairnError `usage` for a SeedQR of a share */
export function platesOf(set: PlateSet): readonly PlateKind[] {
  if (set.style === 'seedqr' && isShareCount(set.words))
    fail('usage', { reason: 'a SeedQR is of a BIP-39 phrase, not of a share' })
  return Array.from({ length: countOf(set) }, (_, i) => ({ ...set, number: i + 1 }))
}

/** How many plates the phrase needs. */
export function countOf({ style, size, words }: PlateSet): number {
  if (style === 'seedqr') return 1
  return Math.ceil(placesOf({ style, words }) / ROOM[style === 'letters' ? 'letters' : 'dots'][size])
}

/** Words of all plates together; of letters with the check words. */
export function placesOf({ style, words }: Pick<PlateKind, 'style' | 'words'>): number {
  return words + (style === 'letters' && !isShareCount(words) ? CHECK_WORDS : 0)
}

/** Which words are on a plate, counted from 1. */
export function spanOf(kind: PlateKind): { readonly first: number; readonly last: number } {
  const places = placesOf(kind)
  const each = Math.ceil(places / countOf(kind))
  const first = (kind.number - 1) * each + 1
  return { first, last: Math.min(places, first + each - 1) }
}

/** The eight places of the mark: style 2, words 3, plate or compact 2, and one that makes the punches odd in number. */
export function encodeMark(kind: PlateKind): readonly boolean[] {
  const last = kind.style === 'seedqr' ? Number(kind.compact) : kind.number - 1
  const value =
    (STEEL_STYLES.indexOf(kind.style) << 5) | (WORD_COUNTS.indexOf(kind.words) << 2) | Math.min(last, 3)
  const bits = Array.from({ length: 7 }, (_, i) => ((value >> (6 - i)) & 1) === 1)
  return [...bits, bits.filter((bit) => bit).length % 2 === 0]
}

/** Null for punches that are no mark. */
export function decodeMark(bits: readonly boolean[], size: SteelSize): PlateKind | null {
  if (bits.filter((bit) => bit).length % 2 === 0) return null
  const value = bits.slice(0, 7).reduce((sum, bit) => sum * 2 + Number(bit), 0)
  const style = STEEL_STYLES[value >> 5] as SteelStyle
  const words = WORD_COUNTS[(value >> 2) & 7]
  if (words === undefined) return null
  const compact = style === 'seedqr' && (value & 3) === 1
  if (style === 'seedqr' && (value & 3) > 1) return null
  const kind = { style, size, words, compact, number: style === 'seedqr' ? 1 : (value & 3) + 1 }
  return isKind(kind) ? kind : null
}

/** Every plate there is of a size. */
export function everyKind(size: SteelSize): readonly PlateKind[] {
  return Array.from({ length: 128 }, (_, value) => {
    const bits = Array.from({ length: 7 }, (_, i) => ((value >> (6 - i)) & 1) === 1)
    return decodeMark([...bits, bits.filter((bit) => bit).length % 2 === 0], size)
  }).filter((kind) => kind !== null)
}

function isKind(kind: PlateKind): boolean {
  if (kind.style === 'seedqr' && isShareCount(kind.words)) return false
  return kind.number <= countOf(kind)
}
