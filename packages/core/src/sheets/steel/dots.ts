/**
 * The number of a word as punches in a row: the sum of the values of the punched columns is the number. docs/steel.md.
 *
 * Binary has the twelve columns 2048 to 1, as Tinyseed and the KeyTag dot map: "abandon" is 1, and no word is an empty
 * row. Decimal has 1-2-4-8 for each digit, as Stackbit 1248, here in one row.
 * https://github.com/selfcustody/krux/tree/main/src/krux/pages (tiny_seed.py, stack_1248.py)
 * https://github.com/OneKeyHQ/bip39-dotmap
 */
export const DOT_COLUMNS = {
  binary: [2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1],
  decimal: [1000, 2000, 100, 200, 400, 800, 10, 20, 40, 80, 1, 2, 4, 8],
} as const

export type DotStyle = keyof typeof DOT_COLUMNS

/** Columns that stand together; the check column follows them by itself. */
export const DOT_GROUPS: Readonly<Record<DotStyle, readonly number[]>> = {
  binary: [4, 4, 4],
  decimal: [2, 4, 4, 4],
}

/** @param number 1 to 2048 */
export function encodeDots(number: number, style: DotStyle): readonly boolean[] {
  return DOT_COLUMNS[style].map((value) => (partOf(number, value, style) & leading(value)) !== 0)
}

/** The number of a row; null for a row that is none, such as a digit of ten or a number above 2048. */
export function decodeDots(row: readonly boolean[], style: DotStyle): number | null {
  const columns: readonly number[] = DOT_COLUMNS[style]
  const number = columns.reduce((sum, value, i) => sum + (row[i] ? value : 0), 0)
  if (number < 1 || number > 2048) return null
  return encodeDots(number, style).every((punched, i) => punched === row[i]) ? number : null
}

/** The digit that a column is part of, or the whole number. */
function partOf(number: number, value: number, style: DotStyle): number {
  return style === 'binary' ? number : Math.floor(number / 10 ** (String(value).length - 1)) % 10
}

/** 1, 2, 4 or 8 of a column of a digit; the value itself of a power of two. */
function leading(value: number): number {
  return value % 10 === 0 ? Number(String(value)[0]) : value
}
