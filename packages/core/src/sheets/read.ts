/**
 * What stands on a sheet, from the text or the bytes of a code, or from words that were typed: which kind of thing,
 * which sheet of which set, and its text. Not here: pictures, which `read/codes.ts` reads.
 */
import { text as decodeText } from '../bytes.js'
import { decodeCompact } from '../words/seedqr.js'
import { readPage } from './paper/page.js'
import { parsePage } from './paper.js'
import { readAge, readAnyKey } from './read/keys.js'
import type { Reader, Reading } from './read/reading.js'
import { readUr } from './read/uniform.js'
import { readNumbered, readPhrase, readShare, readVaultSheet } from './read/words.js'

export type { Reading, SheetKind, Tells } from './read/reading.js'

/** More than any sheet; a file of text with more is no sheet. */
export const MAX_SHEET_CHARACTERS = 400_000

/** The most telling ones first: one text in billions is valid as two of them. */
const READERS: readonly Reader[] = [
  readPaperPage,
  readVaultSheet,
  readUrShare,
  readUr,
  readAge,
  readShare,
  readPhrase,
  readAnyKey,
]

/**
 * What the bytes of one code are.
 * @param about the title of the sheet and the words on it, where they can be had: a SeedQR on the sheet of a recovery
 * phrase is that phrase
 */
export function readContent(bytes: Uint8Array, about = ''): Reading {
  const text = asText(bytes)
  const reading = text === null ? (readCompact(bytes) ?? unknown('')) : (readOne(text) ?? unknown(text))
  const isPhraseSheet = reading.kind === 'seedqr' && /^\s*Recovery phrase$/m.test(about)
  return isPhraseSheet ? { ...reading, kind: 'phrase' } : reading
}

/**
 * What a text is that a person typed or a program saved: one thing, or one a line. Empty when nothing in it is known.
 */
export function readTyped(text: string): readonly Reading[] {
  if (text.length > MAX_SHEET_CHARACTERS) return []
  const whole = readOne(text) ?? readNumbered(text)
  if (whole) return [whole]
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : (readOne(line) ?? [])))
}

/** The words of a recovery sheet of a vault in a page of HTML, from its tags; empty for other pages. */
export function readMarkup(html: string): readonly Reading[] {
  const reading = html.length > MAX_SHEET_CHARACTERS ? null : readVaultSheet(html)
  return reading ? [reading] : []
}

/** Parts of one UR that several codes bear, put together; the other readings as they are. */
export function joinParts(readings: readonly Reading[]): readonly Reading[] {
  const parts = readings.filter(({ kind, tells }) => kind === 'ur' && tells.parts_needed !== 1)
  const groups: string[][] = []
  for (const { text } of parts) {
    const own = groups.find(([first]) => readUr(`${first}\n${text}`) !== null)
    if (own) own.push(text)
    else groups.push([text])
  }
  const joined = groups.flatMap((texts) => readUr([...new Set(texts)].join('\n')) ?? [])
  return [...readings.filter((reading) => !parts.includes(reading)), ...joined]
}

function readOne(text: string): Reading | null {
  for (const read of READERS) {
    const reading = read(text)
    if (reading) return reading
  }
  return null
}

/** An SSKR share is a UR too. */
function readUrShare(text: string): Reading | null {
  const [, type] = /^\s*ur:((?:crypto-)?sskr)\//i.exec(text) ?? []
  const share = type === undefined ? null : readShare(text.toLowerCase())
  return share && { ...share, tells: { ...share.tells, ur: (type as string).toLowerCase() } }
}

/** Public: what a page bears is sealed. */
function readPaperPage(text: string): Reading | null {
  const read = readPage(parsePage(text))
  if (read.kind !== 'page') return null
  const { set, number } = read.page
  const tells = { set: set.id, page: number, pages: set.data + set.parity, need: set.data }
  return { kind: 'paper-page', secret: false, text: text.trim(), tells }
}

/** Entropy of 12 to 24 words as bytes, which nothing but their number tells. */
function readCompact(bytes: Uint8Array): Reading | null {
  if (![16, 20, 24, 28, 32].includes(bytes.length)) return null
  const reading = readPhrase(decodeCompact(bytes))
  return reading && { ...reading, kind: 'seedqr', tells: { ...reading.tells, compact: true } }
}

/** Null for bytes that no text has: malformed UTF-8, or control characters. */
function asText(bytes: Uint8Array): string | null {
  try {
    const text = decodeText(bytes)
    return /[^\P{Cc}\t\n\r]/u.test(text) ? null : text
  } catch {
    return null
  }
}

function unknown(text: string): Reading {
  return { kind: 'unknown', secret: true, text, tells: {} }
}
