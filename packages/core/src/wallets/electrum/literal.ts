/**
 * Python literals as `repr` of Python 2 wrote them: Electrum 1.x stored its wallets so. Dictionaries, lists, tuples,
 * both kinds of text, whole and broken numbers, True, False, None. Nothing is executed.
 * https://docs.python.org/2.7/reference/lexical_analysis.html#literals
 */
import { text as utf8Text } from '../../bytes.js'
import { damaged, unsupported } from './damaged.js'
import type { Json } from './json.js'
import { MAX_DEPTH } from './segments.js'

interface Cursor {
  readonly text: string
  at: number
  depth: number
}

const NAMES: Readonly<Record<string, Json>> = { True: true, False: false, None: null }
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
}
const CODE = /^(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/
const TOKEN = /(?<prefix>[ub]?)(?<quote>['"])|(?<number>-?\d[\d.]*(?:e[+-]?\d+)?)L?|(?<name>[A-Z]\w+)/y

// Electrum 1.x kept no more than some thousand transactions; a literal takes ten times as long as JSON.
const MAX_TEXT = 8 * 1024 * 1024

/** The value as JSON has it: a tuple is a list, and a key that is a number is its digits. */
export function parseLiteral(text: string): Json {
  if (text.length > MAX_TEXT) return unsupported('it is too large for a wallet of Electrum 1.x')
  const cursor = { text, at: 0, depth: 0 }
  const value = readValue(cursor)
  skipSpace(cursor)
  return cursor.at === text.length ? value : malformed()
}

function readValue(cursor: Cursor): Json {
  skipSpace(cursor)
  if (cursor.depth > MAX_DEPTH) return damaged('it is nested too deeply')
  const opening = cursor.text.charAt(cursor.at)
  if (opening === '{') return Object.fromEntries(readItems(cursor, { close: '}', read: readPair }))
  if (opening === '[') return readItems(cursor, { close: ']', read: readValue })
  return opening === '(' ? readItems(cursor, { close: ')', read: readValue }) : readScalar(cursor)
}

interface Items<T> {
  readonly close: string
  readonly read: (cursor: Cursor) => T
}

function readItems<T>(cursor: Cursor, { close, read }: Items<T>): T[] {
  const items: T[] = []
  cursor.at++
  cursor.depth++
  while (!took(cursor, close)) {
    items.push(read(cursor))
    if (!took(cursor, ',') && !sees(cursor, close)) return malformed()
  }
  cursor.depth--
  return items
}

function readPair(cursor: Cursor): [string, Json] {
  const key = readValue(cursor)
  if (typeof key === 'object' || !took(cursor, ':')) return malformed()
  return [String(key), readValue(cursor)]
}

function readScalar(cursor: Cursor): Json {
  TOKEN.lastIndex = cursor.at
  const match = TOKEN.exec(cursor.text)
  if (!match?.groups) return malformed()
  cursor.at = TOKEN.lastIndex
  const { prefix, quote, number, name = '' } = match.groups
  if (quote) return readText(cursor, { quote, isUnicode: prefix === 'u' })
  if (number !== undefined) return finite(Number(number))
  const value = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined
  return value === undefined ? malformed() : value
}

/** Without `u` a text is bytes; Electrum meant them as UTF-8. */
function readText(
  cursor: Cursor,
  { quote, isUnicode }: { readonly quote: string; readonly isUnicode: boolean },
): string {
  const parts: string[] = []
  const stops = `\\${quote}`
  for (;;) {
    const start = cursor.at
    while (cursor.at < cursor.text.length && !stops.includes(cursor.text.charAt(cursor.at))) cursor.at++
    parts.push(cursor.text.slice(start, cursor.at))
    if (cursor.at >= cursor.text.length) return malformed()
    if (cursor.text.charAt(cursor.at++) === quote) break
    parts.push(readEscape(cursor))
  }
  const text = parts.join('')
  return isUnicode ? text : asUtf8(text)
}

function readEscape(cursor: Cursor): string {
  const match = CODE.exec(cursor.text.slice(cursor.at, cursor.at + 9))
  const simple = ESCAPES[cursor.text.charAt(cursor.at)]
  cursor.at += match?.[0].length ?? 1
  if (!match) return simple ?? malformed()
  const code = Number.parseInt(match[0].slice(1), 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : malformed()
}

function asUtf8(text: string): string {
  const codes = Array.from(text, (character) => character.codePointAt(0) as number)
  if (codes.some((code) => code > 0xff)) return text
  try {
    return utf8Text(Uint8Array.from(codes))
  } catch {
    return text
  }
}

function took(cursor: Cursor, symbol: string): boolean {
  const seen = sees(cursor, symbol)
  if (seen) cursor.at++
  return seen
}

function sees(cursor: Cursor, symbol: string): boolean {
  skipSpace(cursor)
  return cursor.text.charAt(cursor.at) === symbol
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at++
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : malformed()
}

function malformed(): never {
  return damaged('it is malformed')
}
