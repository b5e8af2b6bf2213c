/**
 * Plates with what is on them: the punches of a phrase, row by row, with the check. docs/steel.md.
 */
import { fail } from '../../errors.js'
import type { Language } from '../../words/bip39/lists.js'
import { seedQrModules } from '../seedqr.js'
import { withChecks } from './check.js'
import {
  formatSteelWords,
  isShareCount,
  type SteelList,
  type SteelWords,
  WORD_COUNTS,
  type WordCount,
} from './content.js'
import { type DotStyle, encodeDots } from './dots.js'
import { type PlateKind, type PlateSet, platesOf, type SteelSize, type SteelStyle, spanOf } from './kinds.js'
import { fourLetters, isStampable, letterWords, nameOf } from './letters.js'

export interface Plate extends PlateKind {
  readonly of: number
  /** True is a punch; with the check row and column. Null for letters and for a blank plate. */
  readonly holes: readonly (readonly boolean[])[] | null
  /** Four capitals, fewer for a short word, for each place. Null for dots and for a blank plate. */
  readonly letters: readonly string[] | null
}

export interface SteelPlan {
  readonly style: SteelStyle
  readonly size: SteelSize
  readonly compact?: boolean
}

/**
 * The plates of a phrase or a share.
 * @throws CairnError `usage` for a SeedQR of a share or of a list other than English; `steel-letters` for a list whose
 * words four letters do not tell apart
 */
export function makePlates(content: SteelWords, plan: SteelPlan): readonly Plate[] {
  const words = wordCount(content.numbers.length)
  if (isShareCount(words) !== (content.list === 'slip39'))
    return fail('usage', { reason: 'a share for steel has 20 or 33 words' })
  const set = setOf(words, plan, content.list)
  const filled = fill(content, set)
  return platesOf(set).map((kind, _, { length }) => ({
    ...kind,
    of: length,
    ...filled(kind),
  }))
}

/**
 * The same without secrets.
 * @param words of a phrase in `list`, English unless given, or of a share
 * @throws CairnError `usage`, `steel-letters`
 */
export function blankPlates(words: number, plan: SteelPlan & { readonly list?: Language }): readonly Plate[] {
  const count = wordCount(words)
  const list = isShareCount(count) ? 'slip39' : (plan.list ?? 'english')
  if (plan.style === 'letters' && !isStampable(list)) return fail('steel-letters', { list: nameOf(list) })
  if (plan.style === 'seedqr' && !isShareCount(count)) requireEnglish(list)
  return platesOf(setOf(count, plan, list)).map((kind, _, { length }) => {
    return { ...kind, of: length, holes: null, letters: null }
  })
}

type Filled = Pick<Plate, 'holes' | 'letters'>

function fill(content: SteelWords, set: PlateSet): (kind: PlateKind) => Filled {
  if (set.style === 'letters') {
    const places = letterWords(content).map((word) => fourLetters(word, content.list))
    return (kind) => ({ holes: null, letters: onPlate(places, kind) })
  }
  if (set.style === 'seedqr') return () => ({ holes: seedQr(content, set), letters: null })
  const rows = content.numbers.map((number) => encodeDots(number, set.style as DotStyle))
  return (kind) => ({ holes: withChecks(onPlate(rows, kind)), letters: null })
}

function seedQr(content: SteelWords, { compact }: PlateSet): readonly (readonly boolean[])[] {
  requireEnglish(content.list)
  return seedQrModules(formatSteelWords(content), { compact })
}

function requireEnglish(list: SteelList): void {
  if (list !== 'english') fail('usage', { reason: 'a SeedQR is of a phrase in English words' })
}

function onPlate<T>(places: readonly T[], kind: PlateKind): readonly T[] {
  const { first, last } = spanOf(kind)
  return places.slice(first - 1, last)
}

function setOf(words: WordCount, { style, size, compact = false }: SteelPlan, list: SteelList): PlateSet {
  return { style, size, words, list, compact: style === 'seedqr' && compact }
}

function wordCount(words: number): WordCount {
  const found = WORD_COUNTS.find((count) => count === words)
  return (
    found ??
    fail('usage', { reason: `${words} words do not go onto steel: 12 to 24, or a share of 20 or 33` })
  )
}
