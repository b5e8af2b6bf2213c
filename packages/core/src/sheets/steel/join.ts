/**
 * The words of the plates that were read: all plates of a phrase together, held to their check and to the checksum of
 * the phrase. docs/steel.md, section "Reading".
 */
import { fail } from '../../errors.js'
import type { Language } from '../../words/bip39/lists.js'
import { readSeedQrModules } from '../seedqr.js'
import { formatSteelWords, isShareCount, parseSteelWords, type SteelList, wordsOf } from './content.js'
import { CHECK_WORDS } from './kinds.js'
import { holdWords, MOST_OPEN, wordOfLetters } from './letters.js'
import type { PlateReading } from './read.js'
import { LEAST_FIT, type Stamps } from './stamps.js'

export interface SteelText {
  /** A phrase or a share. */
  readonly text: string
  readonly list: SteelList
  /** Places that were not clear, or were wrong, and that the check put right. */
  readonly settled: readonly string[]
}

/**
 * @param plates of one phrase, in any order
 * @param language of the words, English unless given; a share needs none
 * @throws CairnError `steel-missing`, `steel-foreign`, `steel-unsure`, `steel-check`, `steel-number`; `phrase-checksum`,
 * `share-checksum`; `seedqr-unreadable`
 */
export function joinPlates(plates: readonly PlateReading[], language: Language = 'english'): SteelText {
  const sorted = [...plates].sort((a, b) => a.kind.number - b.kind.number)
  const [first] = sorted
  if (!first) return fail('steel-unseen')
  requireAll(first, sorted)
  if (first.modules) return fromModules(first)
  const list = isShareCount(first.kind.words) ? 'slip39' : language
  const found = first.kind.style === 'letters' ? fromLetters(sorted, list) : fromNumbers(sorted)
  const text = formatSteelWords({ list, numbers: found.numbers })
  parseSteelWords(text, list === 'slip39' ? undefined : list)
  return { text, list, settled: found.settled }
}

function requireAll(first: PlateReading, plates: readonly PlateReading[]): void {
  const isSame = ({ kind }: PlateReading) =>
    kind.style === first.kind.style && kind.words === first.kind.words
  const numbers = plates.map(({ kind }) => kind.number)
  if (!plates.every(isSame) || new Set(numbers).size < plates.length) fail('steel-foreign')
  for (let plate = 1; plate <= first.of; plate++)
    if (!numbers.includes(plate)) fail('steel-missing', { of: first.of, missing: plate })
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

function fromModules({ modules, where }: PlateReading): SteelText {
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
const LEAST_LEAD = 0.12

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
