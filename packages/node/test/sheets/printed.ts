/** HTML of sheets as Chromium prints it, and what of it is not as it was meant. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { drawHtml } from '@cairn/core/sheets/draw/html.js'
import type { Drawing, Page, Size } from '@cairn/core/sheets/drawing.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { proveSheet } from '@cairn/node/sheets/prove.js'
import type { Page as Tab } from 'playwright-core'
import { printFile } from '../../../../test/peers/chromium.js'
import { askPoppler, type GreyPage, greyPage } from '../../../../test/peers/poppler.js'
import type { KnownSheet } from './known-sheets.js'
import { type Bundle, joined, together } from './peers.js'

const MM_PER_POINT = 25.4 / 72
/** Chromium cuts the paper to dots of 1/300 inch: 209.89 mm in the place of 210. */
const PAPER_SLACK_MM = 0.15
const DPI = 300
/** Of an edge, in mm: a dot of the scan on each side. */
const EDGE_SLACK_MM = 0.17

export interface Press {
  readonly tab: Tab
  readonly folder: string
  /** What lies in the printer; what the file asks for unless given. */
  readonly paper?: 'Letter'
  /** A renderer that errs. */
  readonly twin?: (html: string) => string
}

export interface PrintedBundle extends Bundle {
  readonly said: readonly string[]
  readonly size: Size
  readonly count: number
}

/** Sheets of one paper and language as one file, printed. */
export async function printedBundles(
  sheets: readonly KnownSheet[],
  press: Press,
): Promise<readonly PrintedBundle[]> {
  const made: PrintedBundle[] = []
  for (const group of together(sheets)) made.push(await printed(group, press))
  return made
}

async function printed(sheets: readonly KnownSheet[], press: Press): Promise<PrintedBundle> {
  const { tab, folder, paper, twin = (html) => html } = press
  const path = join(mkdtempSync(join(folder, 'html-')), 'sheet.html')
  writeFileSync(path, twin(drawHtml(joined(sheets), { fonts: diskFonts() })))
  const { pdf: file, said } = await printFile(tab, path, paper)
  const told = await askPoppler('pdfinfo', file, ['-l', '-1'])
  const sizes = [...told.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+) pts/gm)]
  const [, width, height] = sizes[0] ?? []
  const size = { width: Number(width) * MM_PER_POINT, height: Number(height) * MM_PER_POINT }
  return { sheets, file, said, size, count: sizes.length }
}

/** Of the paper: its size, the number of pages, and what the browser had to say. */
export function paperFaults({ sheets, said, size, count }: PrintedBundle): readonly string[] {
  const { size: meant, pages } = joined(sheets)
  const isNear = Math.hypot(size.width - meant.width, size.height - meant.height) < PAPER_SLACK_MM
  return [
    ...said,
    ...(isNear ? [] : [`${size.width.toFixed(1)} x ${size.height.toFixed(1)} mm`]),
    ...(count === pages.length ? [] : [`${count} pages in the place of ${pages.length}`]),
  ]
}

/** The same sheets on the paper that the browser made of theirs, from the same upper left corner. */
export function onPrinted<T extends Bundle>(bundle: T, size: Size): T {
  const sheets = bundle.sheets.map((sheet) => ({ ...sheet, drawing: { ...sheet.drawing, size } }))
  return { ...bundle, sheets }
}

/** What the proof of our own files says of a sheet that was printed alone: every letter, line and module of it. */
export async function proofFaults({ sheets, file, size }: PrintedBundle): Promise<readonly string[]> {
  const [sheet] = sheets as readonly [KnownSheet]
  const codes = sheet.codes.map((code) => (sheet.isHex ? Buffer.from(code, 'hex') : utf8(code)))
  try {
    await proveSheet({ files: [file], drawing: { ...sheet.drawing, size }, codes }, diskFonts())
    return []
  } catch (error) {
    if (isCairnError(error)) return [`${sheet.name}: ${error.message}`]
    throw error
  }
}

/** Codes and rulers on the first page that begin or end elsewhere: moved, cut or scaled. */
export async function scaleFaults({ sheets, file }: PrintedBundle): Promise<readonly string[]> {
  const [{ name, drawing }] = sheets as readonly [KnownSheet]
  const raster = await greyPage(file, DPI)
  return spansOf(drawing).flatMap(({ y, from, to }) => {
    const [first, last] = inkOn(raster, { y, from: from - AROUND_MM, to: to + AROUND_MM })
    const isNear = Math.abs(first - from) < EDGE_SLACK_MM && Math.abs(last - to) < EDGE_SLACK_MM
    return isNear ? [] : [`${name}: from ${first.toFixed(1)} to ${last.toFixed(1)} mm`]
  })
}

/** Looked at on both sides of a span, in mm: no more than a code is apart from other ink. */
const AROUND_MM = 1

interface Span {
  readonly y: number
  readonly from: number
  readonly to: number
}

/** The upper row of each code, which is black at both ends, and each ruler. */
export function spansOf({ pages }: Drawing): readonly Span[] {
  const { marks } = pages[0] as Page
  return marks.flatMap((mark) => {
    if (mark.kind === 'modules')
      return [{ y: mark.y + mark.side / 2, from: mark.x, to: mark.x + mark.side * mark.rows.length }]
    if (mark.kind !== 'line' || mark.from[1] !== mark.to[1]) return []
    const [from, to] = [mark.from[0], mark.to[0]]
    return [50, 100].includes(Math.round((to - from) * 1000) / 1000) ? [{ y: mark.from[1], from, to }] : []
  })
}

/** The first and the last ink on a row, in mm; hairlines may lie on the dots beside it. */
function inkOn({ width, grey }: GreyPage, { y, from, to }: Span): readonly [number, number] {
  const dots = (mm: number) => Math.round((mm * DPI) / 25.4)
  const row = dots(y)
  const isInk = (x: number) => [-1, 0, 1].some((i) => (grey[(row + i) * width + x] ?? 255) < 128)
  const columns = Array.from({ length: dots(to) - dots(from) }, (_, i) => dots(from) + i)
  const first = columns.find(isInk) ?? 0
  const last = columns.findLast(isInk) ?? -1
  return [(first / DPI) * 25.4, ((last + 1) / DPI) * 25.4]
}
