/**
 * A file with something on it, as pages of grey pixels: PNG, JPEG, PDF, SVG and the pages of HTML that Cairn makes.
 * What the file is its first bytes say, not its name. All bounds are in `bounds.ts`.
 */
import { text as decodeText } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { outlinesOn } from '@cairn/core/sheets/read/letters.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { decodeJpeg } from './jpeg.js'
import { pdfPages } from './pdf.js'
import { decodePng, PNG_SIGNATURE } from './png.js'
import { drawSvg } from './svg.js'

export type Format = 'png' | 'jpeg' | 'pdf' | 'svg' | 'html' | 'text'

/** A page of a picture. */
export interface PicturePage {
  /** At so many dots an inch where it has a size; else as it is. */
  readonly raster: (dpi: number) => Promise<Raster>
  /** The words that can be selected on it: none on a photo. */
  readonly text: string
  /** What a drawing says that it is. */
  readonly title?: string
  /** Of a drawing that has outlines in the place of letters: those of each text. */
  readonly outlines?: ReturnType<typeof outlinesOn>
}

export interface PictureFile {
  /** As the person named it. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Of a sealed PDF. */
  readonly passphrase?: string | undefined
}

/** What the file is. @throws CairnError `picture-unknown` */
export function formatOf({ name, bytes }: PictureFile): Format {
  if (startsWith(bytes, PNG_SIGNATURE)) return 'png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  // ISO 32000-1, annex H.3.4.1: readers look for %PDF- in the first 1024 bytes
  if (latin1(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  const text = asText(bytes)
  if (text === null) return fail('picture-unknown', { name })
  const start = text.slice(0, 4096).trimStart()
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[\s\S]*?>\s*)?<svg[\s>]/i.test(start))
    return 'svg'
  return /^<!doctype html|^<html[\s>]/i.test(start) ? 'html' : 'text'
}

/**
 * The pages of a picture one after another; a file of text has none.
 * @throws CairnError `picture-unknown`, `picture-damaged`, `picture-too-large`, `picture-locked`, `picture-passphrase`
 */
export async function* picturePages(file: PictureFile): AsyncGenerator<PicturePage> {
  const { name, bytes, passphrase } = file
  const format = formatOf(file)
  if (format === 'pdf') yield* pdfPages(name, bytes, { passphrase })
  else if (format === 'png') yield still(decodePng(name, bytes))
  else if (format === 'jpeg') yield still(await decodeJpeg(name, bytes))
  else if (format === 'svg') yield drawing(name, asText(bytes) ?? '')
  else if (format === 'html') yield* htmlPages(name, asText(bytes) ?? '')
}

/** The pages as often as they are asked for, of a photo those that were opened first. @throws as `picturePages` */
export function againPages(file: PictureFile): () => AsyncIterable<PicturePage> {
  const isPhoto = ['png', 'jpeg'].includes(formatOf(file))
  const opened: PicturePage[] = []
  return async function* () {
    if (opened.length > 0) yield* opened
    else
      for await (const page of picturePages(file)) {
        if (isPhoto) opened.push(page)
        yield page
      }
  }
}

/** Whether there is something to look at, rather than words. @throws CairnError `picture-unknown` */
export function isPicture(file: PictureFile): boolean {
  return ['png', 'jpeg', 'pdf', 'svg'].includes(formatOf(file))
}

/** The text of a file that is text, HTML and SVG with their tags; null for the others. */
export function textOf(file: PictureFile): string | null {
  return ['html', 'svg', 'text'].includes(formatOf(file)) ? asText(file.bytes) : null
}

function still(raster: Raster): PicturePage {
  return { raster: async () => raster, text: '' }
}

function drawing(name: string, svg: string): PicturePage {
  return {
    raster: (dpi) => drawSvg(name, svg, dpi),
    text: svgText(svg),
    title: /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? '',
    get outlines() {
      return outlinesOn(svg)
    },
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The invisible text over the outlines of our own pages of HTML; a line each. */
function svgText(svg: string): string {
  const lines = Array.from(svg.matchAll(/<text[\s>][^>]*>([^<]*)<\/text>/g), ([, line = '']) => line)
  return lines.join('\n').replace(/&(\w+|#39);/g, (all, name: string) => ENTITIES[name] ?? all)
}

/** Each drawing in the page is a sheet of paper. */
function* htmlPages(name: string, html: string): Generator<PicturePage> {
  for (const [svg] of html.matchAll(/<svg[\s>][\s\S]*?<\/svg>/g)) yield drawing(name, svg)
}

function startsWith(bytes: Uint8Array, start: ArrayLike<number>): boolean {
  return Array.from(start).every((byte, i) => bytes[i] === byte)
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

function asText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return decodeText(bytes)
  } catch {
    return null
  }
}
