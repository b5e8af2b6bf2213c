/**
 * Sheets on their way out: in which format and under which names, proven before anything is written or printed, and all
 * of them or none.
 */
import { rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { type Drawing, isCoded, type Paper } from '@cairn/core/sheets/drawing.js'
import { makeSheet, SHEET_FORMATS, type SheetFormat } from '@cairn/node/sheets/make.js'
import type { Context } from './context.js'
import {
  type Delivered,
  type DeliveryOptions,
  deliverSheet,
  type Prepared,
  prepareDelivery,
} from './deliver-sheet.js'
import type { Holding, Printed } from './print-sheet.js'

export interface OutOptions extends DeliveryOptions {
  readonly format?: SheetFormat
  readonly paper: Paper
  /** The name as it is, also where it has the sign for a number in it. */
  readonly names?: 'literal'
}

export interface PreparedOut extends Prepared {
  readonly options: OutOptions
  readonly format: SheetFormat
}

export interface SheetOut {
  readonly drawing: Drawing
  /** What the codes on it say, as text or as bytes. */
  readonly codes: readonly (string | Uint8Array)[]
}

/** A drawing and what its code says, where it has one. */
export function sheetOf(drawing: Drawing, code: string | undefined): SheetOut {
  return { drawing, codes: code !== undefined && isCoded(drawing) ? [code] : [] }
}

export interface SheetsOut {
  readonly files: readonly string[]
  readonly printed: readonly Printed[]
  readonly pages: number
  readonly text: readonly string[]
  readonly next: readonly string[]
}

/** In the name of a file: the number of a page or share. */
const NUMBER = '%'

/**
 * Before a secret is asked for.
 * @throws CairnError `usage` for a name that tells no format; those of `prepareDelivery`
 */
export async function prepareOut(
  context: Context,
  options: OutOptions,
  holding: Holding,
): Promise<PreparedOut> {
  const format = chosenFormat(options)
  const first = options.out === undefined ? {} : { out: pathOf(options, options.out, []) }
  return { ...(await prepareDelivery(context, { ...options, ...first }, holding)), options, format }
}

function chosenFormat({ out, format, print }: OutOptions): SheetFormat {
  const ending = out === undefined ? '.pdf' : extname(out).toLowerCase()
  const chosen = format ?? SHEET_FORMATS.find((one) => ending === `.${one}`)
  if (!chosen)
    return fail('usage', { reason: '--out ends in .pdf, .svg or .html, or --format says which is meant' })
  if (print !== undefined && chosen !== 'pdf')
    return fail('usage', { reason: 'what is printed is PDF: without --format, and --out ends in .pdf' })
  return chosen
}

/** Whether each sheet of several gets a file of its own. */
export function isNumbered({ out = '', names }: OutOptions): boolean {
  return names !== 'literal' && out.includes(NUMBER)
}

/**
 * Hands over sheets that were proven: one file each when the name has a place for a number, else all in one.
 * @throws CairnError those of `makeSheet` and `deliverSheet`; no file is left behind then
 */
export async function sendOut(
  context: Context,
  sheets: readonly SheetOut[],
  prepared: PreparedOut,
): Promise<SheetsOut> {
  const made = await makeAll(sheets, prepared)
  const { paper } = prepared.options
  const delivered: Delivered[] = []
  try {
    for (const { out, content } of made) {
      const options = out === undefined ? prepared.options : { ...prepared.options, out }
      const request = { content, title: 'Cairn: a sheet', paper }
      delivered.push(await deliverSheet(context, { ...prepared, options, request }))
    }
  } catch (error) {
    for (const { json } of delivered) if (json.out !== undefined) await rm(json.out, { force: true })
    throw error
  }
  return {
    files: delivered.flatMap(({ json }) => json.out ?? []),
    printed: delivered.flatMap(({ json }) => json.printed ?? []),
    pages: sheets.reduce((sum, { drawing }) => sum + drawing.pages.length, 0),
    text: delivered.flatMap(({ text }) => text),
    next: [...new Set(delivered.flatMap(({ next }) => next))],
  }
}

/** Of a command's JSON: where it went. */
export function sentJson({ files, printed }: SheetsOut): object {
  return { files, ...(printed.length > 0 ? { printed } : {}) }
}

/** The same of a command that does nothing else: and what went there. */
export function sheetJson(sent: SheetsOut, { format, options: { paper } }: PreparedOut): object {
  return { ...sentJson(sent), format, paper, pages: sent.pages }
}

interface MadeFile {
  readonly out: string | undefined
  readonly content: Uint8Array
}

async function makeAll(
  sheets: readonly SheetOut[],
  { options, format }: PreparedOut,
): Promise<readonly MadeFile[]> {
  const groups = isNumbered(options) ? sheets.map((sheet) => [sheet]) : [sheets]
  const made: MadeFile[] = []
  for (const [i, group] of groups.entries()) {
    const numbered = groups.length > 1 ? [i + 1] : []
    for (const { number, bytes } of await makeSheet({ ...joined(group), format })) {
      const numbers = [...numbered, ...(number === null ? [] : [number])]
      made.push({
        out: options.out === undefined ? undefined : pathOf(options, options.out, numbers),
        content: bytes,
      })
    }
  }
  return made
}

function joined(sheets: readonly SheetOut[]): SheetOut {
  const [first] = sheets as readonly [SheetOut]
  return {
    drawing: { ...first.drawing, pages: sheets.flatMap(({ drawing }) => drawing.pages) },
    codes: sheets.flatMap(({ codes }) => codes),
  }
}

/** `share-%.pdf` is `share-2.pdf`; without a place for it the number comes before the ending. */
function pathOf(options: OutOptions, out: string, numbers: readonly number[]): string {
  const number = numbers.join('-')
  if (isNumbered(options)) return out.replaceAll(NUMBER, number === '' ? '1' : number)
  const ending = extname(out)
  return number === '' ? out : `${out.slice(0, out.length - ending.length)}-${number}${ending}`
}
