/**
 * Random slips of the punch and of stamps: of each, what is read is the phrase itself, or it is noticed. Of dots and squares
 * half are one to three anywhere, half those that a hand makes: one beside its place, a row beside its own or in the place
 * of its neighbour, a part of a row left out. Under a template rows do not change places; by hand they do (`swappedRows`).
 */
import { isCairnError } from '@cairn/core/errors.js'
import { readSeedQrPhrase } from '@cairn/core/sheets/seedqr.js'
import { holds, oddOnes } from '@cairn/core/sheets/steel/check.js'
import { parseSteelWords } from '@cairn/core/sheets/steel/content.js'
import type { SteelStyle } from '@cairn/core/sheets/steel/kinds.js'
import { holdWords, wordOfLetters } from '@cairn/core/sheets/steel/letters.js'
import { makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { LISTS } from '@cairn/core/words/bip39/lists.js'
import { check as checkBip39 } from '@cairn/core/words/bip39.js'
import { slippedGrid } from '../grid-slips.js'
import { draws } from './photo.js'
import { randomPhrase } from './photos.js'

export interface Slips {
  readonly style: SteelStyle
  /** Punches or letters at once, at most. */
  readonly most: 1 | 2 | 3
}

/** True where something is noticed or put right. */
export type Check = (slipped: Plate, phrase: string) => boolean

/** Slips that each phrase gets before the next one. */
const EACH = 200

export function slipsNoticed(seeds: Iterable<number>, { style, most }: Slips, check: Check = noticed) {
  let tried = 0
  const lost: string[] = []
  let [phrase, plate] = ['', null as Plate | null]
  for (const seed of seeds) {
    if (!plate || seed % EACH === 0) {
      phrase = randomPhrase(seed, 12)
      plate = makePlates(parseSteelWords(phrase), { style, size: 'card' })[0] as Plate
    }
    tried++
    if (!check(slip(plate, most, draws(seed)), phrase)) lost.push(`seed ${seed}`)
  }
  return { tried, lost }
}

/** Of the check of each style, as the reader of plates uses it. */
export const noticed: Check = (plate, phrase) => {
  if (plate.style === 'letters') return lettersNoticed(plate, phrase)
  if (plate.style !== 'seedqr') return !holds(oddOnes(plate.holes ?? []))
  try {
    return readSeedQrPhrase(plate.holes ?? []).phrase === phrase
  } catch (error) {
    if (isCairnError(error)) return true
    throw error
  }
}

/** Broken: looks at rows only. */
export const rowsOnly: Check = ({ holes }) => oddOnes(holes ?? []).rows.length > 0

/** Broken: takes words that are words. */
export const anyWords: Check = ({ letters, words }) =>
  (letters ?? []).slice(0, words).some((place) => wordOfLetters(place, 'english') === null)

function lettersNoticed({ letters, words }: Plate, phrase: string): boolean {
  const found = (letters ?? []).map((place) => {
    const word = wordOfLetters(place, 'english')
    return word === null ? null : LISTS.english.indexOf(word)
  })
  const held = holdWords(found, words)
  return held === null || held.map((index) => LISTS.english[index]).join(' ') === phrase
}

function slip(plate: Plate, most: number, draw: () => number): Plate {
  const count = 1 + Math.floor(draw() * most)
  if (plate.letters) return withLetters(plate, count, draw)
  return draw() < 0.5 ? withHoles(plate, count, draw) : byHand(plate, draw)
}

/** Another plate each time. */
function byHand(plate: Plate, draw: () => number): Plate {
  const before = plate.holes ?? []
  for (;;) {
    const holes = slippedGrid(before, draw, 'template')
    if (holes.some((row, y) => row.some((hole, x) => hole !== before[y]?.[x]))) return { ...plate, holes }
  }
}

/** Two rows of dots, one below the other, punched in each other's place: what the check and the checksum let through. */
export function swappedRows(seeds: Iterable<number>): {
  readonly tried: number
  readonly lost: readonly string[]
} {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    const words = randomPhrase(seed, 12).split(' ')
    const at = Math.floor(draws(seed)() * (words.length - 1))
    if (words[at] === words[at + 1]) continue
    const swapped = words.with(at, words[at + 1] as string).with(at + 1, words[at] as string)
    tried++
    if (checkBip39(swapped.join(' ')).valid) lost.push(`seed ${seed}`)
  }
  return { tried, lost }
}

/** Other holes each time. */
function withHoles(plate: Plate, count: number, draw: () => number): Plate {
  const holes = (plate.holes ?? []).map((row) => [...row])
  const seen = new Set<string>()
  while (seen.size < count) {
    const row = Math.floor(draw() * holes.length)
    const column = Math.floor(draw() * (holes[0]?.length ?? 1))
    if (seen.has(`${row} ${column}`)) continue
    seen.add(`${row} ${column}`)
    const line = holes[row] as boolean[]
    line[column] = !line[column]
  }
  return { ...plate, holes }
}

const STAMPS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Another letter, a missing one, or one too many at the end of a short word. */
function withLetters(plate: Plate, count: number, draw: () => number): Plate {
  const letters = [...(plate.letters ?? [])]
  for (let i = 0; i < count; i++) {
    const place = Math.floor(draw() * letters.length)
    const word = (letters[place] as string).padEnd(4)
    const at = Math.floor(draw() * 4)
    const stamp = draw() < 0.2 ? ' ' : (STAMPS[Math.floor(draw() * 26)] as string)
    letters[place] = `${word.slice(0, at)}${stamp}${word.slice(at + 1)}`.trimEnd()
  }
  return { ...plate, letters }
}
