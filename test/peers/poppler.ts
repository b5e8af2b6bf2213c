/** Poppler (Debian's poppler-utils): PDFs as pixels and as text, by a program that shares nothing with ours. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { run, runBytes, which } from './run.js'

export const poppler: Peer = {
  name: 'poppler-utils',
  install: 'apt-get install poppler-utils',
  available: async () =>
    ['pdftoppm', 'pdftotext', 'pdffonts', 'pdfinfo'].every((program) => which(program) !== null),
}

/** What one of its programs says of a PDF. */
export function askPoppler(
  program: 'pdftotext' | 'pdffonts' | 'pdfinfo',
  pdf: Uint8Array,
  args: readonly string[] = [],
): Promise<string> {
  return run(program, ['-', ...args], { input: pdf })
}

/** The text of each page, in the order in which it was drawn. */
export async function textsIn(pdf: Uint8Array): Promise<readonly string[]> {
  // a form feed ends each page
  return (await askPoppler('pdftotext', pdf, ['-raw', '-'])).split('\f').slice(0, -1)
}

/** Fonts that are not whole inside the file as a subset that says its characters, a line each. */
export async function fontsOutside(pdf: Uint8Array): Promise<readonly string[]> {
  const rows = (await askPoppler('pdffonts', pdf)).split('\n').slice(2).filter(Boolean)
  if (rows.length === 0) return ['no font at all']
  return rows.filter((row) => !/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/.test(row))
}

/** The pixels of the first page, rows from the top. */
export async function greyPage(pdf: Uint8Array, dpi: number): Promise<GreyPage> {
  const args = ['-r', String(dpi), '-gray', '-singlefile', '-']
  const file = await runBytes('pdftoppm', args, { input: pdf })
  // Netpbm, pgm(5): P5, width, height and the largest grey, then a byte a pixel
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64)) ?? []
  return { width: Number(width), height: Number(height), grey: file.subarray(head.length) }
}

export interface GreyPage {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

export interface Scanned {
  readonly dpi: number
  readonly folder: string
  /** The files are `name-1.png` and so on. */
  readonly name: string
}

/** The pages as grey PNGs; gives their paths in the order of the pages. */
export async function scanPages(pdf: Uint8Array, { dpi, folder, name }: Scanned): Promise<readonly string[]> {
  await run('pdftoppm', ['-r', String(dpi), '-gray', '-png', '-', join(folder, name)], { input: pdf })
  const number = (file: string) => Number(/-(\d+)\.png$/.exec(file)?.[1])
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.png'))
    .sort((a, b) => number(a) - number(b))
    .map((file) => join(folder, file))
}
