/**
 * The recovery sheet: one SLIP-39 share of a vault secret, as words on paper. Drawn as one HTML page without
 * scripts or outside resources, for A4 and Letter, or as plain lines for a terminal; and read back from either,
 * or from what a person types. Not here: QR codes and PDF. Nothing is corrected: a misspelt word is told later,
 * by the checksum of the share.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'
import { escapeHtml, plainText } from './html.js'

export const SHEET_LIMIT_CHARACTERS = 65_536
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

/** One HTML file, complete in itself. The policy of the page lets nothing run or load. */
export function drawHtml(sheet: RecoverySheet): string {
  const words = sheet.words.split(' ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${STYLE_HASH}'">
<meta name="viewport" content="width=device-width">
<title>Recovery sheet of vault ${escapeHtml(sheet.vault)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Recovery sheet</h1>
<p>Vault <b id="vault">${escapeHtml(sheet.vault)}</b></p>
<p>Factor <b>${escapeHtml(sheet.name)}</b></p>
<p>Made on <b>${escapeHtml(sheet.date)}</b></p>
</header>
<ol id="words">
${words.map((word) => `<li>${escapeHtml(word)}</li>`).join('\n')}
</ol>
${sections(sheet)
  .map(({ title, lines }) => `<section>\n<h2>${escapeHtml(title)}</h2>\n${list(lines)}\n</section>`)
  .join('\n')}
<footer>
<p>Kept at</p><p>Compared with the screen on</p><p>Last drill on</p>
</footer>
</body>
</html>
`
}

/** The same for a terminal or a text file: the numbered words in columns, then the sentences. */
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
 * The words of a sheet: from its saved HTML or text file, or typed, with the numbers or without.
 * @throws CairnError `sheet-unreadable`, `input-too-long`
 */
export function readSheet(text: string): ReadSheet {
  if (text.length > SHEET_LIMIT_CHARACTERS) return fail('input-too-long', { limit: SHEET_LIMIT_CHARACTERS })
  const words = wordsOfHtml(text) ?? numberedWords(text) ?? bareWords(text)
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

function list(lines: readonly string[]): string {
  return `<ul>\n${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n')}\n</ul>`
}

/** Column by column, as the numbers run down the paper. */
function columns(words: readonly string[]): readonly string[] {
  const rows = Math.ceil(words.length / COLUMNS)
  const cell = (i: number) => (i < words.length ? `${String(i + 1).padStart(3)} ${words[i]?.padEnd(10)}` : '')
  const row = (r: number) => Array.from({ length: COLUMNS }, (_, c) => cell(c * rows + r)).join('')
  return Array.from({ length: rows }, (_, r) => row(r).trimEnd())
}

/** Only of a text that is a page: in lines, a name or place may look like a list. */
function wordsOfHtml(text: string): readonly string[] | null {
  const start = /^\s*<!doctype html>/i.test(text) ? text.indexOf('<ol id="words">') : -1
  const end = text.indexOf('</ol>', start)
  if (start === -1 || end === -1) return null
  return Array.from(text.slice(start, end).matchAll(/<li>([a-z]+)<\/li>/gi), ([, word = '']) => word)
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
    /<b id="vault">([\w -]{1,80})<\/b>/.exec(text) ?? /^RECOVERY SHEET of vault ([\w -]{1,80})$/m.exec(text)
  return found?.[1] ?? null
}

const STYLE = `
@page { margin: 14mm 18mm }
* { margin: 0; padding: 0; box-sizing: border-box }
html { background: #fff; color: #000; font: 9.5pt/1.4 Georgia, "Noto Serif", "DejaVu Serif", serif }
body { max-width: 174mm; margin: 0 auto; padding: 10mm 0 }
header { display: grid; grid-template-columns: 1fr auto; column-gap: 8mm; align-items: baseline; border-bottom: 1.5pt solid #000; padding-bottom: 3mm }
h1 { font-size: 24pt; font-weight: normal; line-height: 1.1; grid-row: span 3; align-self: end }
header b { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.92em }
header p { text-align: right }
#words { columns: 3; column-gap: 6mm; margin: 6mm 0 4mm; padding: 4mm 6mm 4mm 14mm; border: 0.75pt solid #000; font: bold 12.5pt/1.65 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
#words li { break-inside: avoid; padding-left: 1.5mm }
#words li::marker { font: 9pt Georgia, "Noto Serif", "DejaVu Serif", serif; font-variant-numeric: tabular-nums }
section { display: grid; grid-template-columns: 34mm 1fr; column-gap: 6mm; padding: 2mm 0; border-bottom: 0.4pt solid #000; break-inside: avoid }
h2 { font-size: 9.5pt; font-weight: bold }
ul { list-style: none }
ul li + li { margin-top: 0.8mm }
ul li { overflow-wrap: anywhere }
footer { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm; margin-top: 14mm; font-size: 8.5pt }
footer p { border-top: 0.4pt solid #000; padding-top: 1mm }
@media print { body { padding: 0 } }
`

/** CSP level 3, section 2.3.1: the hash of the one style that may apply. */
const STYLE_HASH = `sha256-${base64.encode(sha256(utf8(STYLE)))}`
