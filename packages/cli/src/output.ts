/**
 * Text for people: colours, columns, sizes, times. Not the printing itself (`outcome.ts`).
 * File names, labels and store names come from elsewhere: `safe` takes the control characters out, so
 * that no wallet file can move the cursor, hide text or rename the window of who reads it.
 */
import { styleText } from 'node:util'

type Paint = (text: string) => string

/** Honours NO_COLOR, FORCE_COLOR and output that is no terminal. */
function paint(style: Parameters<typeof styleText>[0]): Paint {
  return (text) => styleText(style, text, { stream: process.stdout, validateStream: true })
}

export const bold = paint('bold')
export const dim = paint('dim')
export const good = paint('green')
export const warn = paint('yellow')
export const bad = paint('red')

// C0 and C1 controls, line and paragraph separators, and the bidirectional overrides of Unicode (UAX #9).
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

/** The text with every character that a terminal would obey replaced by `?`. */
export function safe(text: string): string {
  return text.replace(UNSAFE, '?')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of `paint`
const PAINTED = /\u001b\[\d+m/g
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u

/** Columns of a terminal that a text takes. */
export function width(text: string): number {
  let columns = 0
  for (const character of text.replace(PAINTED, '').normalize('NFC')) {
    if (/\p{Mn}/u.test(character)) continue
    columns += WIDE.test(character) ? 2 : 1
  }
  return columns
}

/** Rows of cells, each column as wide as its widest cell, two spaces between. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell))
  }
  const pad = (cell: string, i: number) => cell + ' '.repeat((widths[i] ?? 0) - width(cell))
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

/** `1 wallet`, `2 wallets`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : plural}`
}

/** Bytes in decimal units with at most one digit behind the point: `512 B`, `1.5 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${value.toFixed(digits)} ${units[unit]}`
}

const STEPS = [
  { ms: 86_400_000, noun: 'day' },
  { ms: 3_600_000, noun: 'hour' },
  { ms: 60_000, noun: 'minute' },
] as const

/** How long ago a moment was, in one unit: `3 days ago`. Moments to come read as `just now`. */
export function ago(then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime()
  for (const { ms, noun } of STEPS) {
    if (passed >= ms) return `${count(Math.floor(passed / ms), noun)} ago`
  }
  return 'just now'
}

/** The day, as the list of places and certificates write it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** `2026-11-23 14:05 UTC`. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Said where a damaged memory of this computer does not stop the work. */
export const LOST_MEMORY =
  'What this computer remembers of its snapshots is damaged, so a store that hides some would go unnoticed. Next: cairn backup, which writes it anew.'
