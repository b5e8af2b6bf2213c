/**
 * Electrum seeds since version 2.0: words of any list whose HMAC begins with the version of the seed, which
 * names the kind of wallet and serves as checksum (8 bits for `standard`, 12 for the others).
 * https://electrum.readthedocs.io/en/latest/seedphrase.html, electrum/mnemonic.py
 *
 * Not BIP-39, though the words are mostly from its lists: the same words can be both and give other keys.
 * Not here: seeds before 2.0 (`electrum-old.ts`), and the keys of two-factor wallets (`keys/electrum-2fa.ts`).
 */
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { hex, utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { LISTS } from './bip39/lists.js'
import { normalizeText, splitText } from './electrum/normalize.js'
import { near } from './near.js'
import type { Pbkdf2 } from './pbkdf2.js'
import { type Problem, problem, unknownCount, unknownWords } from './problem.js'
import type { Reading } from './reading.js'
import { isWellFormed, splitWords } from './text.js'

export { normalizeText } from './electrum/normalize.js'

export type ElectrumSeedType = 'standard' | 'segwit' | '2fa' | '2fa_segwit'

/** Lists of BIP-39 that Electrum makes seeds with; its Portuguese list, of Monero, is not known here. */
export type ElectrumLanguage = 'english' | 'spanish' | 'japanese' | 'chinese_simplified'

export interface ElectrumCheck {
  readonly valid: boolean
  readonly seedType: ElectrumSeedType | null
  /** The list that more than half of the words are from. Electrum itself asks for no list. */
  readonly language: ElectrumLanguage | null
  readonly words: number
  readonly problems: readonly Problem[]
}

export const LANGUAGES = ['english', 'spanish', 'japanese', 'chinese_simplified'] as const
const ROUNDS = 2048

/** electrum/version.py: "The hash of the mnemonic seed must begin with this" */
const PREFIXES: readonly (readonly [ElectrumSeedType, string])[] = [
  ['standard', '01'],
  ['segwit', '100'],
  ['2fa', '101'],
  ['2fa_segwit', '102'],
]

/**
 * The kind of wallet a text is a seed of, or null. Asks for no word list, as Electrum; Electrum takes a text
 * that is also a seed of before 2.0 for the older one.
 * @throws CairnError `phrase-too-long`
 */
export function seedType(text: string): ElectrumSeedType | null {
  const words = splitWords(text, splitText)
  if (!isWellFormed(text)) return null
  const version = hex(hmac(sha512, utf8('Seed version'), utf8(normalizeText(text))))
  const type = PREFIXES.find(([, prefix]) => version.startsWith(prefix))?.[0] ?? null
  const count = words.length
  return type === '2fa' && count !== 12 && count < 20 ? null : type
}

/**
 * Everything that is wrong with a seed. Where more than half of the words are from a list, the others are
 * taken for slips even if the version fits: it does by chance once in 190.
 * @throws CairnError `phrase-too-long`
 */
export function check(text: string): ElectrumCheck {
  const words = splitWords(text, splitText).map(normalizeText)
  const type = seedType(text)
  const language = languageOf(words)
  const problems = language
    ? unknownWords(
        words,
        (word) => setOf(language).has(word),
        (word) => near(word, LISTS[language]),
      )
    : []
  if (problems.length === 0 && type === null) problems.push(problem('phrase-checksum'))
  return { valid: problems.length === 0, seedType: type, language, words: words.length, problems }
}

/** The text as an Electrum seed. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  const { words, problems, language } = check(text)
  const known = language ? words - unknownCount(problems) : 0
  return [{ kind: 'electrum', language, words, known, length: 'any', problems }]
}

/**
 * The 64-byte seed for BIP-32, of a text that `seedType` knows.
 * @throws CairnError `phrase-too-long`, `phrase-checksum`, `passphrase-text`
 */
export function toSeed(text: string, passphrase = '', machine?: Pbkdf2): Uint8Array {
  return seedType(text) === null ? fail('phrase-checksum') : toSeedUnchecked(text, passphrase, machine)
}

/**
 * What Electrum makes of any text, a seed or not: a slip of the pen gives another seed and no error.
 * @throws CairnError `phrase-too-long`, `phrase-unreadable`, `passphrase-text`
 */
export function toSeedUnchecked(text: string, passphrase = '', machine?: Pbkdf2): Uint8Array {
  splitWords(text, splitText)
  if (!isWellFormed(text)) fail('phrase-unreadable')
  if (!isWellFormed(passphrase)) fail('passphrase-text')
  const salt = utf8(`electrum${normalizeText(passphrase)}`)
  const password = utf8(normalizeText(text))
  if (machine) return machine(password, salt, { iterations: ROUNDS, bytes: 64 })
  return pbkdf2(sha512, password, salt, { c: ROUNDS, dkLen: 64 })
}

function languageOf(words: readonly string[]): ElectrumLanguage | null {
  const known = (language: ElectrumLanguage) => words.filter((word) => setOf(language).has(word)).length
  return LANGUAGES.find((language) => known(language) * 2 > words.length) ?? null
}

const sets = new Map<ElectrumLanguage, ReadonlySet<string>>()

/** The words of a list as Electrum hashes them. */
function setOf(language: ElectrumLanguage): ReadonlySet<string> {
  const known = sets.get(language)
  if (known) return known
  const set = new Set(LISTS[language].map(normalizeText))
  sets.set(language, set)
  return set
}
