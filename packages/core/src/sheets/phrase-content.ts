/**
 * What stands on the sheet of a phrase: its words as their list has them, the wallet that they lead to, and what its code
 * says. Not here: where on the paper (`phrase-sheet.ts`).
 */
import { fail, isCairnError } from '../errors.js'
import { type ListedAddress, phraseAddresses, type RowChoice } from '../keys/accounts.js'
import type { Network } from '../types.js'
import { LANGUAGES as BIP39_LANGUAGES } from '../words/bip39/lists.js'
import { checkPhrase } from '../words/check.js'
import { splitText } from '../words/electrum/normalize.js'
import { LANGUAGES as ELECTRUM_LANGUAGES } from '../words/electrum.js'
import { fromHexSeed, toHexSeed } from '../words/electrum-old.js'
import { KINDS, titleOf } from '../words/kinds.js'
import { LISTS as MONERO, LANGUAGES as MONERO_LANGUAGES, type MoneroLanguage } from '../words/monero/lists.js'
import { type ParityCount, parityWords } from '../words/parity.js'
import { type Phrase, parsePhrase } from '../words/phrase.js'
import { LANGUAGES as POLYSEED_LANGUAGES } from '../words/polyseed/lists.js'
import type { PhraseKind } from '../words/reading.js'
import { encode as encodeSeedQr } from '../words/seedqr.js'
import { splitWords } from '../words/text.js'
import { sheetLanguage } from './languages.js'
import { isUntold, type PassphraseChoice, passphraseFacts } from './passphrase.js'
import type { PhraseSheet } from './phrase-sheet.js'

export interface PhraseContent extends Pick<RowChoice, 'chain' | 'standard'>, PassphraseChoice {
  /** Recognised unless given. */
  readonly kind?: PhraseKind
  readonly parity?: ParityCount
  readonly name?: string
  /** YYYY-MM-DD. */
  readonly date: string
  readonly network?: Network
  readonly code?: 'none'
  readonly address?: 'none'
}

/** Kinds that are shares, and have a sheet of their own. */
const SHARES: readonly PhraseKind[] = ['slip39', 'sskr', 'codex32']
/** Texts that stand for the words of a BIP-39 phrase, which the sheet shows instead. */
const DISGUISED: readonly PhraseKind[] = ['ur', 'seedqr']

/**
 * The content of a sheet for a phrase that is right.
 * @throws CairnError `phrase-unreadable` and what reading the phrase and its passphrase throws; `usage` for shares, and
 * for parity words of another kind than BIP-39
 */
export function phraseContent(text: string, options: PhraseContent): PhraseSheet {
  const given = options.kind ?? checkPhrase(text).kind
  if (SHARES.some((kind) => kind === given))
    return fail('usage', { reason: 'this is a share, which has another sheet: cairn sheet share' })
  const parsed = parsePhrase(text, given === 'unknown' ? undefined : given)
  const isBip39 = parsed.kind === 'bip39' && 'text' in parsed
  const kind = DISGUISED.some((disguise) => disguise === given) ? 'bip39' : (given as PhraseKind)
  const plain = isBip39 && kind === 'bip39' ? parsed.text : text
  const list = KINDS.find((row) => row.kind === kind)?.readings(plain)[0]?.language ?? null
  const words = wordsOf(plain, { kind, list })
  const { name, date, parity } = options
  if (parity !== undefined && kind !== 'bip39')
    return fail('usage', { reason: `parity words are for BIP-39 phrases, and this is a ${titleOf(kind)}` })
  return {
    kind: titleOf(kind),
    words,
    language: sheetLanguage(list),
    date,
    ...(parity === undefined ? {} : { parity: parityWords(plain, { count: parity }).map(nfc) }),
    ...(name === undefined ? {} : { name }),
    ...walletOf(parsed, options),
    ...(options.code === 'none' ? {} : { qr: codeOf(plain, { kind, list, words }) }),
  }
}

/** How many words a phrase of a kind has: the first is what most have. Other kinds have any number. */
const LENGTHS: Readonly<Partial<Record<PhraseKind, readonly number[]>>> = {
  bip39: [24, 12, 15, 18, 21],
  slip39: [20, 22, 23, 25, 27, 28, 30, 31, 33],
  sskr: [29, 31, 34, 36, 38, 40, 42, 44, 46],
  'electrum-old': [12, 24],
  electrum: Array.from({ length: 15 }, (_, i) => 12 + i), // its lists differ in size
  aezeed: [24],
  monero: [25, 24],
  mymonero: [13, 12],
  algorand: [25],
  polyseed: [16],
  ton: [24],
}

/** Of a form that nobody gave a number of words. */
export function usualLength(kind: PhraseKind): number {
  return LENGTHS[kind]?.[0] ?? 24
}

/** Kinds that are not written as words. */
const WORDLESS: readonly PhraseKind[] = ['ur', 'codex32', 'seedqr']
/** The lists of kinds that have several. */
const LISTED: Readonly<Partial<Record<PhraseKind, readonly string[]>>> = {
  bip39: BIP39_LANGUAGES,
  electrum: ELECTRUM_LANGUAGES,
  monero: MONERO_LANGUAGES,
  mymonero: MONERO_LANGUAGES,
  polyseed: POLYSEED_LANGUAGES,
}

/** A list that the kind has not would be on the form for good. @throws CairnError `usage` */
function refuseForm(kind: PhraseKind, list: string | null): void {
  const refuse = (reason: string) => fail('usage', { reason })
  if (WORDLESS.includes(kind)) refuse(`a form has lines for words, and a ${titleOf(kind)} has none`)
  if (list !== null && !(LISTED[kind] ?? []).includes(list))
    refuse(`a ${titleOf(kind)} has no words of the list ${list}`)
}

/**
 * A form for a phrase or a share, to be filled in by hand.
 * @throws CairnError `usage` for a number of words, or a list, that the kind has not, and for kinds without words
 */
export function blankContent(
  form: Pick<PhraseSheet, 'passphrase'> & {
    readonly kind: PhraseKind
    readonly words: number
    readonly parity?: number
    readonly list: string | null
    readonly name?: string
  },
): PhraseSheet {
  const { kind, words, parity = 0, list, name, passphrase } = form
  refuseForm(kind, list)
  const lengths = LENGTHS[kind]
  if (lengths && !lengths.includes(words)) {
    const sorted = lengths.toSorted((a, b) => a - b)
    const known = [sorted.slice(0, -1).join(', '), sorted.at(-1)].filter((part) => part !== '').join(' or ')
    fail('usage', {
      reason: `a form for a ${titleOf(kind)} has ${known} words, not ${words}; --kind names another kind`,
    })
  }
  const blank = (count: number) => Array.from({ length: count }, () => null)
  return {
    kind: titleOf(kind),
    ...(kind === 'slip39' || kind === 'sskr' ? { share: kind } : {}),
    words: blank(words),
    ...(parity > 0 ? { parity: blank(parity) } : {}),
    language: sheetLanguage(list),
    ...(name === undefined ? {} : { name }),
    fingerprint: null,
    address: null,
    passphrase,
    date: '',
  }
}

function nfc(text: string): string {
  return text.normalize('NFC')
}

/**
 * As their list has them, German ones with capitals. Electrum's words in Chinese and Japanese may stand without spaces;
 * its old seeds may be in hexadecimal.
 */
function wordsOf(text: string, { kind, list }: { kind: PhraseKind; list: string | null }): readonly string[] {
  if (kind === 'electrum-old') return fromHexSeed(toHexSeed(text)).split(' ')
  const words = kind === 'electrum' ? splitWords(text, splitText) : splitWords(text)
  const capitals = kind === 'monero' || kind === 'mymonero' ? MONERO[list as MoneroLanguage].words : []
  return words.map((word) =>
    nfc(capitals.find((known) => known.normalize('NFKD').toLowerCase() === word) ?? word),
  )
}

type WalletPart = Pick<PhraseSheet, 'fingerprint' | 'address' | 'passphrase'>

/** Of the wallet that a person will look for. */
function walletOf(phrase: Phrase, options: PhraseContent): WalletPart {
  const isHidden = options.address === 'none' || isUntold(options)
  return {
    ...passphraseFacts(phrase, options),
    address: isHidden ? null : addressOf(phrase, options),
  }
}

/** What most wallets show first today. */
const PREFERRED = ['bip84', 'electrum-segwit']

function addressOf(phrase: Phrase, options: PhraseContent): PhraseSheet['address'] {
  const { passphrase = '', network, chain, standard, stretch } = options
  const found = listed(() =>
    phraseAddresses(phrase, passphrase, {
      count: 1,
      ...(network === undefined ? {} : { network }),
      ...(chain === undefined ? {} : { chain }),
      ...(standard === undefined ? {} : { standard }),
      ...(stretch === undefined ? {} : { stretch }),
    }),
  )
  const first = found.find((one) => PREFERRED.includes(one.standard)) ?? found[0]
  return first === undefined ? null : { text: first.address, of: whereIs(first) }
}

/** Kinds without a row of the table, such as the seeds of two-factor wallets, have no address to show. */
function listed(list: () => readonly ListedAddress[]): readonly ListedAddress[] {
  try {
    return list()
  } catch (error) {
    if (isCairnError(error, 'phrase-unsupported')) return []
    throw error
  }
}

function whereIs({ chain, standard, path }: ListedAddress): string {
  const name = `${chain[0]?.toUpperCase()}${chain.slice(1)}`
  return [`${name}, ${standard}`, ...(path === null ? [] : [path])].join(', ')
}

/** The digits of SeedQR where they exist, which signing devices read; else the words. */
function codeOf(
  text: string,
  { kind, list, words }: { kind: PhraseKind; list: string | null; words: readonly string[] },
): string {
  return kind === 'bip39' && list === 'english' ? encodeSeedQr(text) : words.join(' ')
}
