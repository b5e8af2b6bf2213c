/** Phrases, SeedQR digits, shares of every scheme, and recovery sheets of a vault, as texts. */
import { phraseFingerprint } from '../../keys/accounts.js'
import { checkPhrase, type PhraseReport } from '../../words/check.js'
import { parsePhrase } from '../../words/phrase.js'
import { decode as decodeSeedQr } from '../../words/seedqr.js'
import { check as checkShare, type ShareFacts } from '../../words/shares.js'
import { splitWords } from '../../words/text.js'
import { readSheet } from '../recovery-sheet.js'
import { quietly } from './quietly.js'
import type { Reading, Tells } from './reading.js'

/** Kinds whose text is one of several shares. */
const SHARES: readonly string[] = ['slip39', 'sskr', 'codex32']
/** Kinds whose seed takes milliseconds, so that their fingerprint can be told at once. */
const QUICK: readonly string[] = ['bip39', 'electrum']

/** A whole valid phrase of any kind and language. */
export function readPhrase(text: string): Reading | null {
  const report = reportOf(text)
  if (!report?.valid || SHARES.includes(report.kind)) return null
  if (report.kind === 'seedqr') return readDigits(text)
  // one text of any kind in 256 is an Electrum seed by its hash: its words must be of a list as well
  if (report.kind === 'electrum' && report.language === null) return null
  const tells = {
    phrase: report.kind,
    language: report.language,
    words: report.words,
    ...fingerprintOf(text, report.kind),
  }
  return { kind: 'phrase', secret: true, text: spaced(text), tells }
}

/** The digits of a SeedQR, as the words they stand for. */
function readDigits(text: string): Reading | null {
  const words = quietly(() => decodeSeedQr(text))
  if (words === null) return null
  const tells = {
    phrase: 'bip39',
    language: 'english',
    words: words.split(' ').length,
    ...fingerprintOf(words, 'bip39'),
  }
  return { kind: 'seedqr', secret: true, text: words, tells }
}

/** One share that is intact by itself. A part of Seed XOR is a phrase like any other and is read as one. */
export function readShare(text: string): Reading | null {
  const facts = factsOf(text)
  if (!facts || facts.scheme === 'seedxor') return null
  return { kind: 'share', secret: true, text: spaced(text), tells: tellsOf(facts) }
}

/** A recovery sheet that names its vault; its words are an intact share of SLIP-39. */
export function readVaultSheet(text: string): Reading | null {
  const sheet = quietly(() => readSheet(text))
  if (!sheet || sheet.vault === null) return null
  const facts = factsOf(sheet.words)
  if (facts?.scheme !== 'slip39') return null
  return {
    kind: 'vault-share',
    secret: true,
    text: sheet.words,
    tells: { vault: sheet.vault, ...tellsOf(facts) },
  }
}

/** Words with their numbers, as they stand on paper, in lines or in columns, among whatever else is written there. */
export function readNumbered(text: string): Reading | null {
  const tokens = text.split(/\s+/)
  const starts = tokens.flatMap((token, i) => (numberOf(token) === 1 ? [i] : [])).slice(0, MOST_STARTS)
  for (const start of starts) {
    const words = wordsFrom(tokens, start).join(' ')
    const reading = words === '' ? null : (readPhrase(words) ?? readShare(words))
    if (reading) return reading
  }
  return null
}

const MOST_STARTS = 20
/** Of the longest share of SLIP-39. */
const MOST_WORDS = 59

/** As long as each number is followed by a word, and then by the next number. */
function wordsFrom(tokens: readonly string[], start: number): readonly string[] {
  const words: string[] = []
  for (let at = start; words.length < MOST_WORDS; at += 2) {
    const word = tokens[at + 1] ?? ''
    if (numberOf(tokens[at] ?? '') !== words.length + 1 || !/^\p{L}[\p{L}\p{M}]*$/u.test(word)) break
    words.push(word)
  }
  return words
}

function numberOf(token: string): number {
  return /^\d{1,2}[.):]?$/.test(token) ? Number.parseInt(token, 10) : Number.NaN
}

function factsOf(text: string): ShareFacts | null {
  return quietly(() => checkShare(text))?.facts ?? null
}

function tellsOf({ scheme, set, group, groups, groupsNeed, member, need }: ShareFacts): Tells {
  return { scheme, set, group, groups, groups_need: groupsNeed, member, need }
}

function reportOf(text: string): PhraseReport | null {
  return quietly(() => checkPhrase(text))
}

/** Of the wallet without a passphrase. */
function fingerprintOf(text: string, kind: string): Tells {
  if (!QUICK.includes(kind)) return {}
  return { fingerprint: quietly(() => phraseFingerprint(parsePhrase(text), '')) }
}

/** As it was written, on one line and without the numbers of a list. The wide space of Japanese stays. */
function spaced(text: string): string {
  const pieces = text.trim().split(/\s+/)
  const isList = pieces.length > 2 && pieces.some((piece) => /^\d/.test(piece))
  return isList ? splitWords(text).join(' ') : text.trim().replace(/[ \t\r\n]+/g, ' ')
}
