/**
 * The kinds of plates: style, size and what is on which plate of a phrase that needs several. docs/steel.md.
 *
 * The mark in the upper left says it on the plate itself: twelve places for punches, with what a reader must know
 * before it can tell the columns apart, and which list the numbers are of: every list has a word for every number, and
 * the checksum of a phrase holds in all of them.
 */
import { fail } from '../../errors.js'
import { PAPERS, type Size } from '../drawing.js'
import { isShareCount, type SteelList, WORD_COUNTS, type WordCount } from './content.js'

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
  readonly list: SteelList
}

export type PlateSet = Omit<PlateKind, 'number'>

/** Rows that a plate has room for; of letters, places of words. */
const ROOM: Readonly<Record<'dots' | 'letters', Readonly<Record<SteelSize, number>>>> = {
  dots: { card: 12, square: 24 },
  letters: { card: 15, square: 36 },
}

/** What a list is marked as is its place here; shares of SLIP-39 have none of their own, their number of words says it. */
const MARKED_LISTS: readonly SteelList[] = [
  ...(['english', 'japanese', 'korean', 'spanish', 'chinese_simplified', 'chinese_traditional'] as const),
  ...(['french', 'italian', 'czech', 'portuguese', 'russian', 'turkish'] as const),
]

/** Words with which the four letters of a BIP-39 phrase end; a share has a checksum of its own. */
export const CHECK_WORDS = 2

/** All plates of a phrase. @throws CairnError `usage` for a SeedQR of a share */
export function platesOf(set: PlateSet): readonly PlateKind[] {
  if (set.style === 'seedqr' && isShareCount(set.words))
    fail('usage', { reason: 'a SeedQR is of a BIP-39 phrase, not of a share' })
  return Array.from({ length: countOf(set) }, (_, i) => ({ ...set, number: i + 1 }))
}

/** How many plates the phrase needs. */
export function countOf({ style, size, words }: Pick<PlateKind, 'style' | 'size' | 'words'>): number {
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

/** Places of the mark: style 2, words 3, plate or compact 2, one that makes the punches odd in number, list 4. */
export const MARK_PLACES = 12
/** From 0. */
const PARITY_PLACE = 7

export function encodeMark(kind: PlateKind): readonly boolean[] {
  const last = kind.style === 'seedqr' ? Number(kind.compact) : Math.min(kind.number - 1, 3)
  const value = (STEEL_STYLES.indexOf(kind.style) << 5) | (WORD_COUNTS.indexOf(kind.words) << 2) | last
  const list = Math.max(0, MARKED_LISTS.indexOf(kind.list))
  return withParity([...bitsOf(value, 7), ...bitsOf(list, 4)])
}

/** Null for punches that are no mark. */
export function decodeMark(bits: readonly boolean[], size: SteelSize): PlateKind | null {
  if (bits.filter((bit) => bit).length % 2 === 0) return null
  const value = numberOf(bits.slice(0, PARITY_PLACE))
  const style = STEEL_STYLES[value >> 5] as SteelStyle
  const words = WORD_COUNTS[(value >> 2) & 7]
  const marked = MARKED_LISTS[numberOf(bits.slice(PARITY_PLACE + 1))]
  if (words === undefined || marked === undefined) return null
  const compact = style === 'seedqr' && (value & 3) === 1
  if (style === 'seedqr' && (value & 3) > 1) return null
  if (isShareCount(words) && marked !== 'english') return null
  const list = isShareCount(words) ? 'slip39' : marked
  const kind = { style, size, words, compact, list, number: style === 'seedqr' ? 1 : (value & 3) + 1 }
  return isKind(kind) ? kind : null
}

/** Every plate there is of a size. */
export function everyKind(size: SteelSize): readonly PlateKind[] {
  return Array.from({ length: 2 ** (MARK_PLACES - 1) }, (_, value) =>
    decodeMark(withParity(bitsOf(value, MARK_PLACES - 1)), size),
  ).filter((kind) => kind !== null)
}

function withParity(bits: readonly boolean[]): readonly boolean[] {
  return bits.toSpliced(PARITY_PLACE, 0, bits.filter((bit) => bit).length % 2 === 0)
}

function bitsOf(value: number, count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, i) => ((value >> (count - 1 - i)) & 1) === 1)
}

function numberOf(bits: readonly boolean[]): number {
  return bits.reduce((sum, bit) => sum * 2 + Number(bit), 0)
}

function isKind(kind: PlateKind): boolean {
  if (kind.style === 'seedqr' && kind.list !== 'english') return false
  return kind.number <= countOf(kind)
}
