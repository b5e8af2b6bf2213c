/**
 * Where the values of a wallet file end. Since 4.5 Electrum appends to a file that is not encrypted: after the JSON of
 * the wallet follow JSON patches, each after a comma (electrum/json_db.py, `_append_pending_changes`).
 * Not a parser: it follows quotes and brackets, so that nothing is parsed which is nested too deeply or cut off.
 */
import { damaged } from './damaged.js'

// What Electrum writes is nested nine deep, in the log of a Lightning channel.
export const MAX_DEPTH = 64

// Electrum writes all anew when the changes have outgrown the wallet.
const MAX_SEGMENTS = 500_000

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * The text of each top-level value. A last one that was cut off is left out, as Electrum does: the program ended while
 * it was appending.
 */
export function segments(text: string): readonly string[] {
  const found: string[] = []
  for (let from = nextStart(text, 0); from < text.length; ) {
    const end = endOf(text, from)
    if (end === null) break
    if (found.push(text.slice(from, end)) > MAX_SEGMENTS)
      return damaged('it has more changes than a wallet takes')
    from = nextStart(text, end)
  }
  return found
}

/** Behind white space and commas. */
function nextStart(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n,'.includes(text.charAt(at))) at++
  return at
}

/** The end of the object or list that starts here; null when it has none. */
function endOf(text: string, start: number): number | null {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (isOpening(code) && ++depth > MAX_DEPTH) return damaged('it is nested too deeply')
    else if (isClosing(code)) depth--
    if (depth <= 0) return at + 1
  }
  return null
}

/** The closing quote, or the end of the text. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

/** `[` and `{` differ by one bit. */
function isOpening(code: number): boolean {
  return (code | 0x20) === 0x7b
}

function isClosing(code: number): boolean {
  return (code | 0x20) === 0x7d
}
