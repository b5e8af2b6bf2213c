/** Sheets as files: in which format and under which names, proven before they are written. */
import { extname } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import type { Drawing, Paper } from '@cairn/core/sheets/drawing.js'
import { makeSheet, SHEET_FORMATS, type SheetFormat } from '@cairn/node/sheets/make.js'
import { refuseExisting, writeNewFiles } from './new-file.js'

export interface OutOptions {
  readonly out: string
  readonly format?: SheetFormat
  readonly paper: Paper
}

export interface SheetOut {
  readonly drawing: Drawing
  /** What the codes on it say. */
  readonly codes: readonly string[]
}

/** In the name of a file: the number of a page or share. */
const NUMBER = '%'

/** @throws CairnError `usage` for a name that tells no format; those of `refuseExisting` */
export async function checkOut(options: OutOptions): Promise<SheetFormat> {
  const format =
    options.format ?? SHEET_FORMATS.find((one) => extname(options.out).toLowerCase() === `.${one}`)
  if (!format)
    return fail('usage', { reason: '--out ends in .pdf, .svg or .html, or --format says which is meant' })
  await refuseExisting(options.out.replaceAll(NUMBER, '1'))
  return format
}

/** Whether each sheet of several gets a file of its own. */
export function isNumbered({ out }: OutOptions): boolean {
  return out.includes(NUMBER)
}

/**
 * Writes sheets that were proven: one file each when the name has a place for a number, else all in one.
 * @returns the paths
 * @throws CairnError those of `makeSheet` and `writeNewFiles`; nothing is left behind then
 */
export async function writeSheets(
  sheets: readonly SheetOut[],
  { options, format }: { readonly options: OutOptions; readonly format: SheetFormat },
): Promise<readonly string[]> {
  const groups = isNumbered(options) ? sheets.map((sheet) => [sheet]) : [sheets]
  const files = []
  for (const [i, group] of groups.entries()) {
    const numbered = groups.length > 1 ? [i + 1] : []
    for (const { number, bytes } of await makeSheet({ ...joined(group), format }))
      files.push({ path: pathOf(options.out, [...numbered, ...(number === null ? [] : [number])]), bytes })
  }
  await writeNewFiles(files)
  return files.map(({ path }) => path)
}

function joined(sheets: readonly SheetOut[]): SheetOut {
  const [first] = sheets as readonly [SheetOut]
  return {
    drawing: { ...first.drawing, pages: sheets.flatMap(({ drawing }) => drawing.pages) },
    codes: sheets.flatMap(({ codes }) => codes),
  }
}

/** `share-%.pdf` is `share-2.pdf`; without a place for it the number comes before the ending. */
function pathOf(out: string, numbers: readonly number[]): string {
  const number = numbers.join('-')
  if (out.includes(NUMBER)) return out.replaceAll(NUMBER, number === '' ? '1' : number)
  const ending = extname(out)
  return number === '' ? out : `${out.slice(0, out.length - ending.length)}-${number}${ending}`
}
