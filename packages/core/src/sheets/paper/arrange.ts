/**
 * Codes on sheets of paper: several on each, as docs/paper-pages.md says under "Sheets of paper". A sheet is lost as a
 * whole, so that parity is counted in sheets. What the paper calls a page is a sheet here, and one code is a page of
 * paper.ts.
 */
import { fail } from '../../errors.js'
import { MAX_PAGES, PAGE_OVERHEAD_BYTES } from './page.js'
import { listed, type SetState } from './stack.js'

/**
 * Six codes on a sheet of A4 are read from scans of 200 dpi that twelve are not, and twelve take half the paper: six as
 * long as that gives few sheets. So the number of all codes tells how many are on each.
 */
const FEW = { codes: 6, mostSheets: 8 } as const
const MANY = { codes: 12 } as const
/** Codes of a set: more of them are twelve a sheet. */
const MOST_FEW = FEW.codes * FEW.mostSheets

export interface Arrangement {
  /** Codes on each sheet; every sheet is full. */
  readonly perSheet: 6 | 12
  /** K of the codes. */
  readonly data: number
  /** M of the codes: at least those of as many sheets as may be lost. */
  readonly parity: number
  readonly sheets: number
}

export interface Wanted {
  /** Bytes of the content. */
  readonly length: number
  /** Bytes of a page of paper.ts. */
  readonly pageBytes: number
  /** How many sheets may be lost; a quarter of those with content unless given, and one at least. */
  readonly mayLose?: number
}

/** How a content is printed. Its codes may be more than a set has: `fitsSet`. */
export function arrange({ length, pageBytes, mayLose }: Wanted): Arrangement {
  const data = Math.max(1, Math.ceil(length / (pageBytes - PAGE_OVERHEAD_BYTES)))
  const few = arranged(data, FEW.codes, mayLose)
  return few.sheets <= FEW.mostSheets ? few : arranged(data, MANY.codes, mayLose)
}

function arranged(data: number, perSheet: 6 | 12, mayLose: number | undefined): Arrangement {
  const full = Math.ceil(data / perSheet)
  const sheets = full + (mayLose ?? Math.ceil(full / 4))
  return { perSheet, data, parity: sheets * perSheet - data, sheets }
}

/** Whether a set can have so many codes. */
export function fitsSet({ data, parity }: Arrangement): boolean {
  return data + parity <= MAX_PAGES
}

/** How many codes are on each sheet of a set that was arranged here; null of another one. */
export function perSheetOf({
  data,
  parity,
}: {
  readonly data: number
  readonly parity: number
}): 6 | 12 | null {
  const codes = data + parity
  const perSheet = codes <= MOST_FEW ? FEW.codes : MANY.codes
  return codes % perSheet === 0 ? perSheet : null
}

/** Which numbers are on a sheet, from 1. */
export function codesOn(sheet: number, perSheet: number): readonly number[] {
  return Array.from({ length: perSheet }, (_, i) => (sheet - 1) * perSheet + i + 1)
}

/** Sheets that are not wholly there: those of which nothing was read, and those with codes that were not. */
export interface MissingSheets {
  readonly whole: readonly number[]
  readonly partly: readonly { readonly sheet: number; readonly codes: readonly number[] }[]
}

/** @returns null for a set that was not arranged here */
export function missingSheets({ set, missing }: SetState): MissingSheets | null {
  const perSheet = perSheetOf(set)
  if (perSheet === null) return null
  const sheets = Array.from({ length: (set.data + set.parity) / perSheet }, (_, i) => {
    const codes = codesOn(i + 1, perSheet)
    return { sheet: i + 1, codes: codes.filter((code) => missing.includes(code)) }
  })
  return {
    whole: sheets.filter(({ codes }) => codes.length === perSheet).map(({ sheet }) => sheet),
    partly: sheets.filter(({ codes }) => codes.length > 0 && codes.length < perSheet),
  }
}

/** Refuses a set that lacks too much, in words of the paper. @throws CairnError `paper-short` */
export function requireEnough(state: SetState): void {
  const { set, needed } = state
  const perSheet = perSheetOf(set)
  const sheets = missingSheets(state)
  if (needed === 0 || perSheet === null || sheets === null) return
  const parts = sheets.partly.map(({ sheet, codes }) => `${sheet} (its codes ${listed(codes)})`)
  const count = Math.ceil(needed / perSheet)
  fail('paper-short', {
    set: set.id,
    needed: count === 1 ? '1 page' : `${count} pages`,
    codes: needed,
    sheets: (set.data + set.parity) / perSheet,
    missing: [...(sheets.whole.length > 0 ? [listed(sheets.whole)] : []), ...parts].join(', '),
  })
}
