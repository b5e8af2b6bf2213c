/**
 * The pages of a PDF as grey pixels and as text, by PDFium as WebAssembly. Nothing in a PDF is run: this PDFium has no
 * JavaScript and no network.
 */
import { fail } from '@cairn/core/errors.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { MAX_PAGES, MAX_PIXELS } from './bounds.js'
import { loadWasm } from './wasm.js'

export interface PdfPage {
  /** At so many dots an inch; less for a page that would be too large. */
  readonly raster: (dpi: number) => Promise<Raster>
  /** What can be selected on it. */
  readonly text: string
}

export interface PdfOptions {
  readonly passphrase?: string | undefined
  /** Of a page: larger ones are drawn smaller. */
  readonly mostPixels?: number
}

const POINTS_PER_INCH = 72

let library: Promise<PDFiumLibrary> | undefined

/**
 * Each page as it is asked for; the document is closed at the end.
 * @throws CairnError `picture-damaged`, `picture-too-large`, `picture-locked`, `picture-passphrase`
 */
export async function* pdfPages(
  name: string,
  bytes: Uint8Array,
  { passphrase, mostPixels = MAX_PIXELS / 2 }: PdfOptions = {},
): AsyncGenerator<PdfPage> {
  library ??= loadWasm('pdfium').then((wasmBinary) => PDFiumLibrary.init({ wasmBinary }))
  const document = await open(await library, { name, bytes, passphrase })
  try {
    const count = document.getPageCount()
    if (count > MAX_PAGES)
      fail('picture-too-large', { name, what: `${count} pages`, limit: `${MAX_PAGES} pages` })
    for (let i = 0; i < count; i++) yield pageOf(document, i, { name, mostPixels })
  } finally {
    document.destroy()
  }
}

interface Given {
  readonly name: string
  readonly bytes: Uint8Array
  readonly passphrase: string | undefined
}

async function open(pdfium: PDFiumLibrary, { name, bytes, passphrase }: Given): Promise<PDFiumDocument> {
  try {
    return await pdfium.loadDocument(bytes, passphrase)
  } catch (error) {
    const isLocked = error instanceof Error && /password/i.test(error.message)
    if (!isLocked) return fail('picture-damaged', { name, reason: 'the PDF is cut off or damaged' })
    return fail(passphrase === undefined ? 'picture-locked' : 'picture-passphrase', { name })
  }
}

interface Looked {
  readonly name: string
  readonly mostPixels: number
}

function pageOf(document: PDFiumDocument, i: number, { name, mostPixels }: Looked): PdfPage {
  const failPage = () => fail('picture-damaged', { name, reason: `page ${i + 1} cannot be drawn` })
  const load = () => {
    try {
      return document.getPage(i)
    } catch {
      return failPage()
    }
  }
  return {
    text: textOf(load()),
    // a page is closed when it was drawn
    raster: (dpi) => draw(load(), dpi, mostPixels).catch(failPage),
  }
}

type Page = ReturnType<PDFiumDocument['getPage']>

/** None for a page whose text is damaged: its picture may be whole. */
function textOf(page: Page): string {
  try {
    return page.getText()
  } catch {
    return ''
  }
}

async function draw(page: Page, dpi: number, mostPixels: number): Promise<Raster> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const most = Math.sqrt(mostPixels / (originalWidth * originalHeight))
  const scale = Math.min(dpi / POINTS_PER_INCH, most)
  const { width, height, data } = await page.render({ scale, render: 'bitmap', colorSpace: 'Gray' })
  return { width, height, grey: data }
}
