/**
 * The recovery sheet: one SLIP-39 share of a vault secret, as words on paper. Written as plain lines for a terminal or a
 * text file, and read back from these, from what a person types, from its code, and from pages: those that `vault-sheet.ts`
 * draws, and the list of an older form. Nothing is corrected: a misspelt word is told later, by the checksum of the share.
 */
import { fail } from '../errors.js'
import { plainText } from './html.js'

export const SHEET_LIMIT_CHARACTERS = 65_536
/** Of a drawn page, which is outlines for the most part. */
const PAGE_LIMIT_CHARACTERS = 1_048_576
const WORDS_LIMIT = 59 // SLIP-39: the longest share, of a secret of 512 bits
const COLUMNS = 3

export interface RecoverySheet {
  /** The fingerprint of the vault. */
  readonly vault: string
  /** What the unlock policy calls this factor. */
  readonly name: string
  /** The share, a SLIP-39 mnemonic: secret. */
  readonly words: string
  /** Plain sentences: who opens the vault, what can be lost. */
  readonly policy: readonly string[]
  /** Where the copies of the vault are. */
  readonly places: readonly string[]
  /** The day of the sheet, YYYY-MM-DD. */
  readonly date: string
  /** The newest snapshot when the sheet was made: a store that shows less hides something. Null before the first. */
  readonly newest: { readonly seq: number; readonly date: string; readonly anchor?: string } | null
}

export interface ReadSheet {
  /** The words in order, lower case, single spaces: secret. Their checksum is not checked here. */
  readonly words: string
  /** The fingerprint of the vault, when the text holds it. */
  readonly vault: string | null
}

/** For a terminal or a text file: the numbered words in columns, then the sentences. */
export function drawText(sheet: RecoverySheet): readonly string[] {
  const head = [
    `RECOVERY SHEET of vault ${plainText(sheet.vault)}`,
    `${plainText(sheet.name)}, made on ${plainText(sheet.date)}`,
  ]
  const rest = sections(sheet).flatMap(({ title, lines }) => [
    '',
    title,
    ...lines.map((line) => `- ${plainText(line)}`),
  ])
  return [...head, '', ...columns(sheet.words.split(' ')), ...rest]
}

/**
 * What the code on a sheet says: the vault and the words, in capitals, which take the least room in a QR code (ISO/IEC
 * 18004, alphanumeric mode). `readSheet` reads it.
 */
export function sheetCode({ vault, words }: Pick<RecoverySheet, 'vault' | 'words'>): string {
  return `CAIRN SHEET ${vault} ${words}`.toUpperCase()
}

/** `CAIRN SHEET`, the fingerprint, the words. */
const CODE = /^CAIRN SHEET ([0-9A-F-]{4,80}) ((?:[A-Z]+ )*[A-Z]+)$/

function readCode(text: string): ReadSheet | null {
  const [, vault, words] = CODE.exec(text.trim()) ?? []
  return vault === undefined || words === undefined
    ? null
    : { vault: vault.toLowerCase(), words: words.toLowerCase() }
}

/**
 * The words of a sheet: from its saved HTML or text file, or typed, with the numbers or without.
 * @throws CairnError `sheet-unreadable`, `input-too-long`
 */
export function readSheet(text: string): ReadSheet {
  const limit = isPage(text) ? PAGE_LIMIT_CHARACTERS : SHEET_LIMIT_CHARACTERS
  if (text.length > limit) return fail('input-too-long', { limit })
  const code = readCode(text)
  if (code) return code
  const words = wordsOfHtml(text) ?? wordsOfDrawing(text) ?? numberedWords(text) ?? bareWords(text)
  if (words === null || words.length === 0 || words.length > WORDS_LIMIT) return fail('sheet-unreadable')
  return { words: words.join(' ').toLowerCase(), vault: vaultOf(text) }
}

interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

function sections(sheet: RecoverySheet): readonly Section[] {
  const { newest, places } = sheet
  return [
    {
      title: 'What this is',
      lines: ['One of the keys to wallet backups. On its own it opens nothing.', ...sheet.policy],
    },
    {
      title: 'How to use it',
      lines: [
        'With Cairn, on any computer: cairn restore NAME --from STORE --to FOLDER, then type the words when asked.',
        'Without Cairn: README.txt in every copy of the vault says how, with age, gunzip and any SLIP-39 program.',
      ],
    },
    { title: 'Where it is', lines: places.length > 0 ? places : ['Write it here by hand:'] },
    {
      title: 'Newest snapshot',
      lines: newest
        ? [
            `Number ${newest.seq} of ${newest.date}, when this sheet was made. A copy that ends before it lacks some.`,
            ...(newest.anchor ? [`With --anchor, Cairn holds every copy to it: ${newest.anchor}`] : []),
          ]
        : ['None yet, when this sheet was made.'],
    },
    {
      title: 'Care',
      lines: [
        'Keep it apart from the other factors, dry and out of sight. Take no photo and type the words nowhere else.',
        'A printer can keep what it printed: use your own, then delete the file this page came from.',
      ],
    },
  ]
}

/** Column by column, as the numbers run down the paper. */
function columns(words: readonly string[]): readonly string[] {
  const rows = Math.ceil(words.length / COLUMNS)
  const cell = (i: number) => (i < words.length ? `${String(i + 1).padStart(3)} ${words[i]?.padEnd(10)}` : '')
  const row = (r: number) => Array.from({ length: COLUMNS }, (_, c) => cell(c * rows + r)).join('')
  return Array.from({ length: rows }, (_, r) => row(r).trimEnd())
}

function isPage(text: string): boolean {
  return /^\s*<!doctype html>/i.test(text.slice(0, 100))
}

/** Only of a text that is a page: in lines, a name or place may look like a list. */
function wordsOfHtml(text: string): readonly string[] | null {
  const start = isPage(text) ? text.indexOf('<ol id="words">') : -1
  const end = text.indexOf('</ol>', start)
  if (start === -1 || end === -1) return null
  return Array.from(text.slice(start, end).matchAll(/<li>([a-z]+)<\/li>/gi), ([, word = '']) => word)
}

/** The text over the outlines of a drawn page: numbers from 1, each with its word behind it. */
function wordsOfDrawing(text: string): readonly string[] | null {
  if (!isPage(text) || !text.includes('<svg')) return null
  const lines = Array.from(text.matchAll(/<text[\s>][^>]*>([^<]*)<\/text>/g), ([, line = '']) => line)
  const words: string[] = []
  for (const [i, line] of lines.entries()) {
    const word = lines[i + 1] ?? ''
    if (line === `${words.length + 1}` && isWord(word)) words.push(word)
  }
  return words.length > 0 ? words : null
}

/** Lines that hold nothing but numbers, each with its word; the numbers must run from 1 without a gap. */
function numberedWords(text: string): readonly string[] | null {
  const pairs = text.split('\n').flatMap(pairsOf)
  const sorted = pairs.sort((a, b) => a.number - b.number)
  if (sorted.length === 0 || sorted.some(({ number }, i) => number !== i + 1)) return null
  return sorted.map(({ word }) => word)
}

function pairsOf(line: string): readonly { readonly number: number; readonly word: string }[] {
  const tokens = line.trim().split(/\s+/)
  const numbers = tokens.filter((_, i) => i % 2 === 0)
  const words = tokens.filter((_, i) => i % 2 === 1)
  if (words.length !== numbers.length || !numbers.every(isNumber) || !words.every(isWord)) return []
  return words.map((word, i) => ({ number: Number.parseInt(numbers[i] as string, 10), word }))
}

function bareWords(text: string): readonly string[] | null {
  const words = text.trim().split(/[\s,]+/)
  return words.every(isWord) ? words : null
}

function isNumber(token: string): boolean {
  return /^\d{1,2}[.):]?$/.test(token)
}

function isWord(token: string): boolean {
  return /^[a-z]+$/i.test(token)
}

function vaultOf(text: string): string | null {
  const found =
    /<b id="vault">([\w -]{1,80})<\/b>/.exec(text) ??
    /<title>Recovery sheet of vault ([\w -]{1,80})<\/title>/.exec(text) ??
    /^RECOVERY SHEET of vault ([\w -]{1,80})$/m.exec(text)
  return found?.[1] ?? null
}
