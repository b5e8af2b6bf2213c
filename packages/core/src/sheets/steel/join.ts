/**
 * The words of the plates that were read: all plates of a phrase together, held to their check and to the checksum of
 * the phrase. docs/steel.md, section "Reading".
 */
import { CairnError, fail, isCairnError } from '../../errors.js'
import { readSeedQrModules } from '../seedqr.js'
import { formatSteelWords, isShareCount, parseSteelWords, type SteelList, wordsOf } from './content.js'
import type { PlateReading } from './frame-reading.js'
import { CHECK_WORDS } from './kinds.js'
import { holdWords, MOST_OPEN, wordOfLetters } from './letters.js'
import { LEAST_FIT, type Stamps } from './stamps.js'

export interface SteelText {
  /** A phrase or a share. */
  readonly text: string
  readonly list: SteelList
  /** Places that were not clear, or were wrong, and that the check put right. */
  readonly settled: readonly string[]
  /** Each once. */
  readonly plates: readonly PlateReading[]
}

/**
 * What plates say that were shown together, in any order: a phrase for each that is whole on one plate, and one for those
 * that belong together. The same plate may be there several times.
 * @throws CairnError as `joinPlates`
 */
export function readSteel(plates: readonly PlateReading[]): readonly SteelText[] {
  const setOf = ({ kind }: PlateReading) =>
    [kind.style, kind.size, kind.words, kind.compact, kind.list].join(' ')
  return [...new Set(plates.map(setOf))].flatMap((name) => {
    const set = plates.filter((plate) => setOf(plate) === name)
    const different = distinct(set)
    return different[0]?.of === 1 ? different.map((plate) => joinPlates([plate])) : [joinPlates(different)]
  })
}

/**
 * The plates of one phrase, in any order.
 * @throws CairnError `steel-missing`, `steel-foreign`, `steel-unsure`, `steel-check`, `steel-number`, `steel-order`;
 * `seedqr-unreadable`
 */
export function joinPlates(shown: readonly PlateReading[]): SteelText {
  const plates = distinct(shown).toSorted((a, b) => a.kind.number - b.kind.number)
  const [first] = plates
  if (!first) return fail('steel-unseen')
  requireAll(first, plates)
  if (first.modules) return { ...fromModules(first), plates }
  const { list } = first.kind
  const { numbers, settled } =
    first.kind.style === 'letters' ? fromLetters(plates, list) : fromNumbers(plates)
  const text = formatSteelWords({ list, numbers })
  requirePhrase(text, list)
  return { text, list, settled, plates }
}

/** Their checksum does not hold, though the check of every plate does. */
function requirePhrase(text: string, list: SteelList): void {
  try {
    parseSteelWords(text, list === 'slip39' ? undefined : list)
  } catch (error) {
    throw isCairnError(error) ? new CairnError('steel-order') : error
  }
}

function requireAll(first: PlateReading, plates: readonly PlateReading[]): void {
  const isSame = ({ kind }: PlateReading) =>
    kind.style === first.kind.style &&
    kind.size === first.kind.size &&
    kind.words === first.kind.words &&
    kind.list === first.kind.list
  if (!plates.every(isSame)) fail('steel-foreign', { why: 'they are of different kinds' })
  const numbers = plates.map(({ kind }) => kind.number)
  const twice = numbers.find((number, i) => numbers.indexOf(number) < i)
  if (twice !== undefined) fail('steel-foreign', { why: `there are two plates ${twice}, and they differ` })
  const missing = Array.from({ length: first.of }, (_, i) => i + 1).filter(
    (plate) => !numbers.includes(plate),
  )
  if (missing.length > 0) fail('steel-missing', { of: first.of, missing: missing.join(' and ') })
}

/** The best reading of each plate: one that was taken twice is there once. */
function distinct(plates: readonly PlateReading[]): readonly PlateReading[] {
  const kept: PlateReading[] = []
  for (const plate of plates.toSorted((a, b) => openIn(a) - openIn(b)))
    if (!kept.some((other) => isSamePlate(plate, other))) kept.push(plate)
  return kept
}

function openIn({ check, where }: PlateReading): number {
  return check === 'holds' ? 0 : check === 'settled' ? 1 : 2 + where.length
}

/** Of places that are clear on both, those that must be the same: of plates of two phrases half are. */
const LEAST_SAME = 0.93

function isSamePlate(a: PlateReading, b: PlateReading): boolean {
  if (a.kind.number !== b.kind.number || a.kind.size !== b.kind.size) return false
  if (a.stamps && b.stamps)
    return lettersOn(a.stamps).every((word, i) => word === lettersOn(b.stamps ?? [])[i])
  const both = (a.found ?? []).flatMap((one, i) => {
    const other = b.found?.[i] ?? null
    return one === null || other === null ? [] : [one === other]
  })
  const same = both.filter((equal) => equal).length / Math.max(1, both.length)
  return openIn(a) === 0 && openIn(b) === 0 ? same === 1 : same > LEAST_SAME
}

/** The letters that fit best, word by word. */
function lettersOn(stamps: readonly Stamps[]): readonly string[] {
  return stamps.map(({ fits }) =>
    fits.map((fit) => [...fit].reduce((best, one) => (one[1] > best[1] ? one : best))[0]).join(''),
  )
}

interface Numbers {
  readonly numbers: readonly number[]
  readonly settled: readonly string[]
}

function fromNumbers(plates: readonly PlateReading[]): Numbers {
  const numbers = plates.flatMap(({ kind, check, where, numbers }) => {
    const plate = kind.number
    if (check === 'unsure') return fail('steel-unsure', { plate, where: named(where) })
    if (check === 'fails' || numbers === null) return fail('steel-check', { plate, where: named(where) })
    return numbers.map((number, row) => number ?? fail('steel-number', { plate, row: row + 1 }))
  })
  return {
    numbers,
    settled: plates.flatMap(({ kind, where }) => where.map((at) => `plate ${kind.number} ${at}`)),
  }
}

function fromModules({ modules, where }: PlateReading): Omit<SteelText, 'plates'> {
  const { phrase, wrong } = readSeedQrModules(modules ?? [])
  const settled = wrong.map(({ row, column }) => `row ${row + 1} column ${column + 1}`)
  return { text: phrase, list: 'english', settled: [...new Set([...where, ...settled])] }
}

/** Words that letters fit, where one fits clearly better than all others; with the check words one that does not. */
function fromLetters(plates: readonly PlateReading[], list: SteelList): Numbers {
  const places = plates.flatMap(({ kind, stamps }) =>
    (stamps ?? []).map((stamp) => ({ plate: kind.number, stamp })),
  )
  const found = places.map(({ stamp }) => bestWord(stamp, list))
  const open = places.filter((_, i) => found[i] === null)
  const unsure = () =>
    fail('steel-unsure', {
      plate: open[0]?.plate ?? 1,
      where: named(open.map(({ stamp }) => `word ${stamp.name}`)),
    })
  const words = plates[0]?.kind.words as number
  if (isShareCount(words as 12)) {
    if (open.length > 0) return unsure()
    return { numbers: found.map((index) => (index as number) + 1), settled: [] }
  }
  if (open.length > MOST_OPEN) return unsure()
  const held = holdWords(found, words)
  if (!held) {
    if (open.length > 0) return unsure()
    return fail('steel-check', { plate: 1, where: `the check words C1 and C${CHECK_WORDS}` })
  }
  return {
    numbers: held.map((index) => index + 1),
    settled: open.map(({ stamp }) => `word ${stamp.name}`),
  }
}

/** Of the sum of four correlations. */
const LEAST_LEAD = 0.06

/** The index of the word, or null. */
function bestWord({ fits }: Stamps, list: SteelList): number | null {
  let [best, second, index] = [-9, -9, -1]
  for (const [i, word] of wordsOf(list).entries()) {
    const letters = lettersIn(word, list)
    if (letters === null) continue
    const score = letters.reduce((sum, letter, n) => sum + (fits[n]?.get(letter) ?? -1), 0)
    if (score > best) [best, second, index] = [score, best, i]
    else if (score > second) second = score
  }
  const letters = lettersIn(wordsOf(list)[index] as string, list) ?? []
  const weakest = Math.min(...letters.map((letter, n) => fits[n]?.get(letter) ?? -1))
  return best - second > LEAST_LEAD && weakest > LEAST_FIT ? index : null
}

const cut = new Map<string, readonly string[] | null>()

/** Four, the last of which may be none. */
function lettersIn(word: string, list: SteelList): readonly string[] | null {
  const key = `${list} ${word}`
  const known = cut.get(key)
  if (known !== undefined) return known
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().slice(0, 4)
  const letters = wordOfLetters(plain, list) === word ? [0, 1, 2, 3].map((i) => plain[i] ?? '') : null
  cut.set(key, letters)
  return letters
}

const MOST_NAMED = 8

function named(places: readonly string[]): string {
  return [...places.slice(0, MOST_NAMED), ...(places.length > MOST_NAMED ? ['…'] : [])].join(', ')
}
