/**
 * Slips of the pen on sheets that are copied by hand, and whether the check that stands on the same sheet shows them. A
 * slip in words is one of nine, each as often: one word or two replaced by others of the list, one by a word that is like
 * it, one letter or two written as others, two neighbours swapped, two words anywhere swapped, one word lost, one written
 * twice. Words of codex32 are its characters. Slips in squares are in `grid-slips.ts`, those of the punch in
 * `steel/slips.ts`.
 */
import { phraseFingerprint, type Stretching } from '../../src/keys/accounts.js'
import { type Chance, seeded } from '../../src/sheets/damage/seeded.js'
import { LISTS } from '../../src/words/bip39/lists.js'
import { check as checkBip39, fromEntropy } from '../../src/words/bip39.js'
import { WORDS as BYTEWORDS } from '../../src/words/bytewords/words.js'
import { parityWords, repair } from '../../src/words/parity.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { type SchemeName, schemeNamed, splitWith } from '../../src/words/shares.js'
import { WORDS as SLIP39_WORDS } from '../../src/words/slip39/words.js'
import { stream } from '../draws.js'
import { gridType } from './grid-slips.js'

export interface SheetType {
  readonly name: string
  /** The check that stands on the sheet. */
  readonly check: string
  readonly make: (seed: number) => Original
}

/** A new sheet. */
export interface Original {
  /** A copy with a slip in it, or a true one. */
  readonly copied: (chance: Chance | null) => Verdict
}

/** `same` for a slip that changed nothing: one word replaced by itself. */
export type Verdict = 'same' | 'shown' | 'passes'

const GROUPS = { groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 }
const BECH32 = [...'qpzry9x8gf2tvdw0s3jn54khce6mua7l']

interface Written {
  readonly text: string
  readonly separator: string
  /** What replaces a word. */
  readonly list: readonly string[]
  readonly passes: (copy: string) => boolean
}

function written({ text, separator, list, passes }: Written): Original {
  return {
    copied: (chance) => {
      const copy = chance ? slipped(text.split(separator), list, chance).join(separator) : text
      if (chance && copy === text) return 'same'
      return passes(copy) ? 'passes' : 'shown'
    },
  }
}

function shareType(
  scheme: SchemeName,
  check: string,
  { separator, list }: Pick<Written, 'separator' | 'list'>,
): SheetType {
  const parsed = (copy: string) => quietly(() => schemeNamed(scheme).facts(copy, 1))
  return {
    name: `share of ${schemeNamed(scheme).title}`,
    check,
    make: (seed) => {
      const plan = { scheme, ...GROUPS }
      const [[text = ''] = []] = splitWith(new Uint8Array(16).fill(seed), plan, stream(seed).draw)
      return written({ text, separator, list, passes: (copy) => parsed(copy) !== null })
    },
  }
}

interface PhraseChecked {
  /** What is written beside the words. */
  readonly beside?: (phrase: string) => string
  readonly passes: (phrase: string) => (copy: string) => boolean
}

function phraseType(words: 12 | 24, check: string, { beside, passes }: PhraseChecked): SheetType {
  return {
    name: `phrase of ${words} words`,
    check,
    make: (seed) => {
      const phrase = fromEntropy(stream(seed).draw((words / 3) * 4))
      const text = beside ? `${phrase} ${beside(phrase)}` : phrase
      return written({ text, separator: ' ', list: LISTS.english, passes: passes(phrase) })
    },
  }
}

const checksum = (copy: string) => checkBip39(copy).valid

/** The parity words are copied too, and slips are made in them as in the others. */
const PARITY: PhraseChecked = {
  beside: (phrase) => parityWords(phrase, { count: 2 }).join(' '),
  passes: (phrase) => (copy) => {
    const text = copy.split(' ').toSpliced(phrase.split(' ').length, 0, '+').join(' ')
    const found = quietly(() => repair(text))
    return found?.repaired === true && found.changes.length === 0 && found.parity.length === 2
  },
}

function fingerprint(stretching: Stretching): PhraseChecked {
  const of = (phrase: string) => phraseFingerprint(parsePhrase(phrase, 'bip39'), '', stretching)
  return {
    passes: (phrase) => {
      const meant = of(phrase)
      return (copy) => checksum(copy) && of(copy) === meant
    },
  }
}

function quietly<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null // refused
  }
}

/** Sheets whose check shows every slip; @param stretching PBKDF2 of the machine */
export function checkedSheets(stretching: Stretching): readonly SheetType[] {
  return [
    shareType('slip39', 'checksum of 30 bits in the share', { separator: ' ', list: SLIP39_WORDS }),
    shareType('sskr', 'checksum of 32 bits in the share', { separator: ' ', list: BYTEWORDS }),
    shareType('codex32', 'checksum of 65 bits in the share', { separator: '', list: BECH32 }),
    phraseType(12, 'two parity words', PARITY),
    phraseType(12, 'the fingerprint of the wallet', fingerprint(stretching)),
    phraseType(24, 'the fingerprint of the wallet', fingerprint(stretching)),
    gridType({ words: 12, compact: false }),
    gridType({ words: 24, compact: false }),
    gridType({ words: 12, compact: true }),
    gridType({ words: 24, compact: true }),
  ]
}

/** Sheets with nothing but the checksum that the phrase itself has: 4 bits for 12 words, 8 for 24. */
export const BARE_SHEETS: readonly SheetType[] = [
  phraseType(12, 'nothing but its checksum of 4 bits', { passes: () => checksum }),
  phraseType(24, 'nothing but its checksum of 8 bits', { passes: () => checksum }),
]

/** How many slips one sheet is copied with, before the next sheet is made. */
const COPIES = 50

/** @param seeds one a slip, from 1 on */
export function slipsOf(
  type: SheetType,
  seeds: Iterable<number>,
): { readonly tried: number; readonly lost: readonly string[] } {
  const lost: string[] = []
  let [tried, sheet] = [0, type.make(1)]
  for (const seed of seeds) {
    if (seed % COPIES === 0) sheet = type.make(1 + seed / COPIES)
    const chance = seeded(seed)
    const verdict = Array.from({ length: 9 }, () => chance).reduce<Verdict>(
      (before) => (before === 'same' ? sheet.copied(chance) : before),
      'same',
    )
    if (verdict === 'same') continue
    tried++
    if (verdict === 'passes') lost.push(`seed ${seed}: not shown`)
  }
  return { tried, lost }
}

function slipped(words: readonly string[], list: readonly string[], chance: Chance): readonly string[] {
  const below = (limit: number) => Math.floor(chance() * limit)
  const [at, other] = [below(words.length), below(words.length)]
  const any = () => list[below(list.length)]!
  switch (below(9)) {
    case 0:
      return words.with(at, any())
    case 1:
      return words.with(at, any()).with(other, any())
    case 2:
      return words.with(at, alike(words[at]!, list, chance))
    case 3:
      return words.with(at, miswritten(words[at]!, chance))
    case 4:
      return words.with(at, miswritten(words[at]!, chance)).with(other, miswritten(words[other]!, chance))
    case 5:
      return swapped(words, at, (at + 1) % words.length)
    case 6:
      return swapped(words, at, other)
    case 7:
      return words.toSpliced(at, 1)
    default:
      return words.toSpliced(at, 0, words[at]!)
  }
}

function swapped<T>(words: readonly T[], a: number, b: number): readonly T[] {
  return words.with(a, words[b]!).with(b, words[a]!)
}

function miswritten(word: string, chance: Chance): string {
  const at = Math.floor(chance() * word.length)
  return word.slice(0, at) + String.fromCharCode(97 + Math.floor(chance() * 26)) + word.slice(at + 1)
}

const known = new Map<string, readonly string[]>()

/** Another word of the list with the same three letters in front, or with one letter that is another. */
function alike(word: string, list: readonly string[], chance: Chance): string {
  const found = known.get(word) ?? list.filter((other) => other !== word && isLike(word, other))
  known.set(word, found)
  return found[Math.floor(chance() * found.length)] ?? word
}

function isLike(a: string, b: string): boolean {
  if (a.length > 3 && a.slice(0, 3) === b.slice(0, 3)) return true
  return a.length === b.length && [...a].filter((letter, i) => letter !== b[i]).length === 1
}
