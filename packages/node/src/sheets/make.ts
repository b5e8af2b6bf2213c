/**
 * Files of a drawing: rendered, proven to be readable, and only then given back to be written. A PDF or an HTML file holds
 * all pages; of SVG there is a file a page.
 */
import { utf8 } from '@cairn/core/bytes.js'
import { drawHtml } from '@cairn/core/sheets/draw/html.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Drawing } from '@cairn/core/sheets/drawing.js'
import { diskFonts } from './fonts.js'
import { proveSheet } from './prove.js'

export const SHEET_FORMATS = ['pdf', 'svg', 'html'] as const
export type SheetFormat = (typeof SHEET_FORMATS)[number]

export interface SheetFile {
  /** As in `sheet-2.svg`: 2; null where there is one file only. */
  readonly number: number | null
  readonly bytes: Uint8Array
}

export interface Made {
  readonly drawing: Drawing
  readonly format: SheetFormat
  /** What the codes on it say, as text or as bytes: what reading it must bring back. */
  readonly codes: readonly (string | Uint8Array)[]
}

/** @throws CairnError `sheet-character`, `sheet-too-large`, `sheet-fonts`, and those of `proveSheet` */
export async function makeSheet({ drawing, format, codes }: Made): Promise<readonly SheetFile[]> {
  const fonts = diskFonts()
  const files = await render(drawing, format)
  await proveSheet({ files: files.map(({ bytes }) => bytes), drawing, codes: codes.map(bytesOf) }, fonts)
  return files
}

function bytesOf(code: string | Uint8Array): Uint8Array {
  return typeof code === 'string' ? utf8(code) : code
}

async function render(drawing: Drawing, format: SheetFormat): Promise<readonly SheetFile[]> {
  const fonts = diskFonts()
  switch (format) {
    case 'pdf':
      return [{ number: null, bytes: await drawPdf(drawing, { fonts }) }]
    case 'html':
      return [{ number: null, bytes: utf8(drawHtml(drawing, { fonts })) }]
    case 'svg':
      return drawing.pages.map((_, page) => ({
        number: drawing.pages.length > 1 ? page + 1 : null,
        bytes: utf8(drawSvg(drawing, { fonts, page })),
      }))
  }
}
