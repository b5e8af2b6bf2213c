/**
 * The text form that Electrum hashes, for seeds and passphrases alike: electrum/mnemonic.py, normalize_text.
 * Everything that looks the same after it opens the same wallet, and a wallet made with it can only be opened
 * with it. Electrum runs on Python's Unicode tables and this on the engine's; they differ in characters that
 * were added to Unicode between the two versions.
 */

/** What Python's str.split() takes as white space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+001C to U+001F are among it
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** CJK_INTERVALS: ideographs, radicals, strokes, Bopomofo, kana, Hangul, full-width forms, Yi, Lisu and Miao. */
const CJK =
  '\\u1100-\\u11ff\\u2e80-\\u2fdf\\u2ff0-\\u2fff\\u3040-\\u312f\\u3130-\\u319f\\u31a0-\\u31bf\\u31c0-\\u31ef\\u31f0-\\u31ff' +
  '\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua000-\\ua4cf\\ua4d0-\\ua4ff\\ua960-\\ua97f\\uac00-\\ud7af\\ud7b0-\\ud7ff\\uf900-\\ufaff' +
  '\\uff00-\\uffef\\u{16f00}-\\u{16f9f}\\u{1b000}-\\u{1b0ff}\\u{20000}-\\u{2a6df}\\u{2a700}-\\u{2b81f}' +
  '\\u{2f800}-\\u{2fa1d}\\u{e0100}-\\u{e01ef}'
const SPACE_BETWEEN_CJK = new RegExp(`(?<=[${CJK}]) (?=[${CJK}])`, 'gu')

/** NFKD, lower case, no accents, single spaces, no spaces between CJK characters. */
export function normalizeText(text: string): string {
  const letters = Array.from(text.normalize('NFKD').toLowerCase()).filter((letter) => !isCombining(letter))
  return splitText(letters.join('')).join(' ').replace(SPACE_BETWEEN_CJK, '')
}

/** The words of a text, as Python's str.split() cuts them. */
export function splitText(text: string): readonly string[] {
  return text.split(WHITE_SPACE).filter(Boolean)
}

/**
 * True when the canonical combining class is not 0. JavaScript does not tell the class (\p{M} is wider: it has
 * enclosing and spacing marks too), but normalising sorts marks by class: against U+0334 (class 1) all classes
 * above 1 move, against U+0345 (class 240, the highest) all but 0 and 240.
 */
function isCombining(letter: string): boolean {
  if (letter < '\u0300') return false
  return moves(letter, '\u0334') || moves('\u0345', letter)
}

/** True when the two marks, behind a letter, change places in the normal form. */
function moves(first: string, second: string): boolean {
  return `a${first}${second}`.normalize('NFD') === `a${second}${first}` && first !== second
}
