/**
 * The kinds of phrase that `fix.ts` proposes repairs for, each with its list, its lengths and its checksum on word
 * indexes. A kind that is not here is checked, and not repaired.
 */
import { checksumHolds, LENGTHS } from '../bip39/checksum.js'
import { joinWords, LANGUAGES, type Language, LISTS } from '../bip39/lists.js'
import { type ElectrumLanguage, seedType } from '../electrum.js'
import { meant, near } from '../near.js'
import { verify } from '../slip39/rs1024.js'
import { WORDS as SHARE_WORDS } from '../slip39/words.js'

export type FixKind = 'bip39' | 'electrum' | 'slip39'

/** One way to read a text. */
export interface Reading {
  readonly kind: FixKind
  readonly language: Language
  readonly list: readonly string[]
  readonly lengths: readonly number[]
  /** Bits: how much rarer such phrases are than BIP-39's. */
  readonly rarity: number
  /** Phrases that may be tried: the time of a check differs. `asked`: when this kind was named. */
  readonly tries: { readonly unasked: number; readonly asked: number }
  /** Of random words, one in so many passes the check. */
  readonly oneIn: (words: number) => number
  holds(indexes: readonly number[]): boolean
  join(words: readonly string[]): string
}

/** Share values of 128 to 512 bits in steps of 16, ten bits a word, and seven words more (SLIP-0039). */
const SHARE_LENGTHS = Array.from({ length: 25 }, (_, i) => Math.ceil((128 + 16 * i) / 10) + 7)
/** Electrum counts no words; these are what its versions made. */
const SEED_LENGTHS = [12, 13, 24]
/** Four prefixes: one of 8 bits, three of 12. */
const SEED_ONE_IN = 4096 / 19

const ELECTRUM_LANGUAGES = [
  'english',
  'spanish',
  'japanese',
  'chinese_simplified',
] as const satisfies readonly ElectrumLanguage[]

const bip39 = (language: Language): Reading => ({
  kind: 'bip39',
  language,
  list: LISTS[language],
  lengths: LENGTHS,
  rarity: 0,
  tries: { unasked: 60_000, asked: 60_000 },
  oneIn: (words) => 2 ** (words / 3),
  holds: checksumHolds,
  join: (words) => joinWords(words, language),
})

const electrum = (language: ElectrumLanguage): Reading => ({
  kind: 'electrum',
  language,
  list: LISTS[language],
  lengths: SEED_LENGTHS,
  rarity: 6,
  tries: { unasked: 3_000, asked: 30_000 },
  oneIn: () => SEED_ONE_IN,
  holds: (indexes) => seedType(indexes.map((index) => LISTS[language][index]).join(' ')) !== null,
  join: (words) => words.join(' '),
})

const slip39: Reading = {
  kind: 'slip39',
  language: 'english',
  list: SHARE_WORDS,
  lengths: SHARE_LENGTHS,
  rarity: 2,
  tries: { unasked: 40_000, asked: 70_000 },
  oneIn: () => 2 ** 30,
  // Section "Format of the share mnemonic": the extendable flag is bit 4 of the second word.
  holds: (indexes) => verify(indexes, (((indexes[1] as number) >> 4) & 1) === 1),
  join: (words) => words.join(' '),
}

const ROWS: readonly Reading[] = [...LANGUAGES.map(bip39), ...ELECTRUM_LANGUAGES.map(electrum), slip39]

/** The readings that a text may have, of each kind those whose list has most of the words. */
export function readingsOf(words: readonly string[], kinds: readonly FixKind[]): readonly Reading[] {
  return kinds.flatMap((kind) => {
    const rows = ROWS.filter((row) => row.kind === kind && isNearLength(row, words.length))
    const known = mostOf(rows, words, (word, list) => meant(word, list) !== null)
    return known.length > 0 ? known : mostOf(rows, words, (word, list) => near(word, list).length > 0)
  })
}

/** One word too few or too many is looked at. */
function isNearLength({ lengths }: Reading, words: number): boolean {
  return lengths.some((length) => Math.abs(length - words) <= 1)
}

/** The rows in which most words count; none when in each of them less than half do. */
function mostOf(
  rows: readonly Reading[],
  words: readonly string[],
  counts: (word: string, list: readonly string[]) => boolean,
): readonly Reading[] {
  const typed = words.filter((word) => !isLost(word))
  const found = rows.map(({ list }) => typed.filter((word) => counts(word, list)).length)
  const most = Math.max(0, ...found)
  return most * 2 < typed.length || most === 0 ? [] : rows.filter((_, i) => found[i] === most)
}

/** `?` stands for a word that is lost. */
export function isLost(word: string): boolean {
  return /^\?+$/.test(word)
}
