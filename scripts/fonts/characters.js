// @ts-check
// Which characters the fonts of the sheets have. Word lists are covered by the character sets below; a test of the
// core holds the fonts to every list. What else is in them is for names of wallets, people and places.

/** `U+41-5A, U+61`, as in stylesheets. @param {string} range @returns {readonly number[]} */
export function codesOf(range) {
  return range.split(',').flatMap((part) => {
    const [first = 0, last = first] = part
      .trim()
      .replace('U+', '')
      .split('-')
      .map((digits) => Number.parseInt(digits, 16))
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}

/**
 * Latin of Europe and Vietnam, combining marks, Greek, Cyrillic, punctuation, currencies, arrows, fractions, boxes. What
 * is invisible is not among them: paper would not keep it.
 */
export const WESTERN = codesOf(
  'U+20-7E, U+A0-24F, U+259, U+2B0-2FF, U+300-36F, U+370-3FF, U+400-4FF, U+1E00-1EFF, U+2000-206F, U+2070-209F, U+20A0-20BF, U+2100-214F, U+2190-2199, U+2200-22FF, U+25A0-25FF, U+2713, U+2717, U+FFFD',
)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => !/\p{C}/u.test(character))
  .join('')

const KANA_AND_MARKS = codesOf('U+3000-3017, U+3040-30FF, U+31F0-31FF, U+FF01-FF9F, U+FFE0-FFE6')

/**
 * The characters of a double-byte encoding, by rows and cells.
 * @param {string} encoding @param {[number, number]} rows @param {[number, number]} cells
 */
function encoded(encoding, rows, cells) {
  const decoder = new TextDecoder(encoding)
  const found = []
  for (let row = rows[0]; row <= rows[1]; row++)
    for (let cell = cells[0]; cell <= cells[1]; cell++)
      found.push(decoder.decode(Uint8Array.of(row, cell)).codePointAt(0) ?? 0)
  return found.filter((code) => code > 0x7f && code !== 0xfffd)
}

/** All hanzi of GB 2312; those of Big5 in common use; kanji of JIS level 1; the hangul of KS X 1001. */
const SIMPLIFIED = encoded('gb18030', [0xb0, 0xf7], [0xa1, 0xfe])
const TRADITIONAL = encoded('big5', [0xa4, 0xc6], [0x40, 0xfe])
const JAPANESE = encoded('shift_jis', [0x88, 0x98], [0x40, 0xfc])
const KOREAN = encoded('euc-kr', [0xb0, 0xc8], [0xa1, 0xfe])

/** By the package of Noto Sans that has them. */
export const EAST_ASIAN = {
  sc: new Set([...SIMPLIFIED, ...KANA_AND_MARKS]),
  jp: new Set([...JAPANESE, ...KANA_AND_MARKS]),
  // two characters of the BIP-39 list are none of those in common use
  tc: new Set([...TRADITIONAL, ...KANA_AND_MARKS, ...codesOf('U+70F4, U+927A')]),
  kr: new Set([...KOREAN, ...codesOf('U+3131-3163')]),
}
