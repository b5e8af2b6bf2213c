/**
 * Slips of the pen on sheets that are copied by hand, and whether the check that stands on the same sheet shows them. A
 * slip is one of six, each as often: one word or two replaced by others of the list, one letter or two written as
 * others, two neighbours swapped, one word lost. Words of codex32 are its characters.
 */
import { phraseFingerprint, type Stretching } from '../../src/keys/accounts.js'
import { seeded } from '../../src/sheets/damage/seeded.js'
import { LISTS } from '../../src/words/bip39/lists.js'
import { check as checkBip39, fromEntropy } from '../../src/words/bip39.js'
import { WORDS as BYTEWORDS } from '../../src/words/bytewords/words.js'
import { parityWords, repair } from '../../src/words/parity.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { type SchemeName, schemeNamed, splitWith } from '../../src/words/shares.js'
import { WORDS as SLIP39_WORDS } from '../../src/words/slip39/words.js'
import { stream } from '../draws.js'

export interface SheetType {
  readonly name: string
  /** The check that stands on the sheet. */
  readonly check: string
  /** A copy of a new sheet: what was written, and whether a copy of it passes the check. */
  readonly make: (seed: number) => {
    readonly text: string
    readonly separator: string
    /** What replaces a word. */
    readonly list: ArrayLike<string>
    readonly passes: (copy: string) => boolean
  }
}

const GROUPS = { groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 }
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

function shareType(scheme: SchemeName, check: string, separator: string, list: ArrayLike<string>): SheetType {
  return {
    name: `share of ${schemeNamed(scheme).title}`,
    check,
    make: (seed) => {
      const [[text = ''] = []] = splitWith(
        new Uint8Array(16).fill(seed),
        { scheme, ...GROUPS },
        stream(seed).draw,
      )
      const passes = (copy: string) =>
        schemeNamed(scheme)
          .readings(copy)
          .some(({ problems }) => problems.length === 0)
      return { text, separator, list, passes }
    },
  }
}

function phraseType(
  words: 12 | 24,
  check: string,
  passesOf: (phrase: string) => (copy: string) => boolean,
): SheetType {
  return {
    name: `phrase of ${words} words`,
    check,
    make: (seed) => {
      const text = fromEntropy(stream(seed).draw((words / 3) * 4))
      return { text, separator: ' ', list: LISTS.english, passes: passesOf(text) }
    },
  }
}

const checksum = (copy: string) => checkBip39(copy).valid

function withParity(phrase: string): (copy: string) => boolean {
  const parity = parityWords(phrase, { count: 2 }).join(' ')
  return (copy) => {
    const found = quietly(() => repair(`${copy} + ${parity}`))
    return found?.repaired === true && found.changes.length === 0
  }
}

function withFingerprint(stretching: Stretching): (phrase: string) => (copy: string) => boolean {
  const of = (phrase: string) => phraseFingerprint(parsePhrase(phrase, 'bip39'), '', stretching)
  return (phrase) => {
    const meant = of(phrase)
    return (copy) => checksum(copy) && of(copy) === meant
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
    shareType('slip39', 'checksum of 30 bits in the share', ' ', SLIP39_WORDS),
    shareType('sskr', 'checksum of 32 bits in the share', ' ', BYTEWORDS),
    shareType('codex32', 'checksum of 65 bits in the share', '', BECH32),
    phraseType(12, 'two parity words', withParity),
    phraseType(12, 'the fingerprint of the wallet', withFingerprint(stretching)),
    phraseType(24, 'the fingerprint of the wallet', withFingerprint(stretching)),
  ]
}

/** Sheets with nothing but the checksum that the phrase itself has: 4 bits for 12 words, 8 for 24. */
export const BARE_SHEETS: readonly SheetType[] = [
  phraseType(12, 'nothing but its checksum of 4 bits', () => checksum),
  phraseType(24, 'nothing but its checksum of 8 bits', () => checksum),
]

/** How many slips one sheet is copied with, before the next sheet is made. */
const COPIES = 50

/** @returns how many slips were made, and how many passed the check */
export function slipsOf(
  type: SheetType,
  count: number,
): { readonly tried: number; readonly undetected: number } {
  let [tried, undetected] = [0, 0]
  for (let seed = 1; tried < count; seed++) {
    const { text, separator, list, passes } = type.make(seed)
    const chance = seeded(seed)
    const below = (limit: number) => Math.floor(chance() * limit)
    for (let i = 0; i < COPIES && tried < count; i++) {
      const copy = slipped(text.split(separator), list, below).join(separator)
      if (copy === text) continue
      tried++
      if (passes(copy)) undetected++
    }
  }
  return { tried, undetected }
}

type Below = (limit: number) => number

function slipped(words: readonly string[], list: ArrayLike<string>, below: Below): readonly string[] {
  const at = below(words.length)
  const other = below(words.length)
  const next = (at + 1) % words.length
  switch (below(6)) {
    case 0:
      return words.with(at, list[below(list.length)]!)
    case 1:
      return words.with(at, list[below(list.length)]!).with(other, list[below(list.length)]!)
    case 2:
      return words.with(at, miswritten(words[at]!, below))
    case 3:
      return words.with(at, miswritten(words[at]!, below)).with(other, miswritten(words[other]!, below))
    case 4:
      return words.with(at, words[next]!).with(next, words[at]!)
    default:
      return words.toSpliced(at, 1)
  }
}

function miswritten(word: string, below: Below): string {
  const at = below(word.length)
  return word.slice(0, at) + String.fromCharCode(97 + below(26)) + word.slice(at + 1)
}
