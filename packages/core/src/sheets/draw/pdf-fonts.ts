/**
 * The fonts inside a PDF: pdf-lib and fontkit embed them, each with the glyphs that a drawing needs and a table that says
 * which character each glyph is, so that text can be found and copied. ISO 32000-1, 9.6.4 and 9.10.3.
 */
import {
  decodePDFRawStream,
  PDFDict,
  type PDFDocument,
  type PDFFont,
  PDFName,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib'
import { sha256 } from '@noble/hashes/sha2.js'
import { text, utf8 } from '../../bytes.js'
import type { Drawing } from '../drawing.js'
import type { FontName, Fonts } from './fonts.js'

export interface Embedded {
  /** In content streams and resources. */
  readonly key: string
  readonly font: PDFFont
  /** How many characters it shows. */
  readonly characters: number
}

/** Every font that the text of a drawing needs. @throws CairnError `sheet-character`, `sheet-too-large`, `sheet-fonts` */
export async function embedFonts(
  file: PDFDocument,
  drawing: Drawing,
  fonts: Fonts,
): Promise<ReadonlyMap<FontName, Embedded>> {
  const embedded = new Map<FontName, Embedded>()
  for (const [name, characters] of charactersOf(drawing, fonts)) {
    const customName = `${subsetTag(characters)}+${fonts.fontOf(name).postscriptName}`
    // opened already: the library would read its tables anew for every file
    file.registerFontkit({ create: () => fonts.fontOf(name) })
    const font = await file.embedFont(fonts.bytesOf(name), { subset: true, customName })
    embedded.set(name, { key: `F${embedded.size + 1}`, font, characters: characters.size })
  }
  return embedded
}

function charactersOf({ pages, language }: Drawing, fonts: Fonts): ReadonlyMap<FontName, Set<number>> {
  const found = new Map<FontName, Set<number>>()
  for (const mark of pages.flatMap(({ marks }) => marks)) {
    if (mark.kind !== 'text') continue
    for (const { font, glyphs } of fonts.lineOf(mark.text, mark.face, language).runs) {
      const characters = found.get(font) ?? new Set()
      for (const { character } of glyphs) characters.add(character)
      found.set(font, characters)
    }
  }
  return found
}

/** Six letters that differ between subsets of a font; the library's own are drawn at random. */
function subsetTag(characters: ReadonlySet<number>): string {
  const digest = sha256(utf8([...characters].sort((a, b) => a - b).join()))
  return String.fromCharCode(...digest.subarray(0, 6).map((byte) => 65 + (byte % 26)))
}

/** Of a block of a CMap: Adobe Technical Note 5014. */
const MAX_ENTRIES = 100

/**
 * Once the file is flushed: the table of characters in blocks of a length that is allowed. pdf-lib 2.11.1 writes a single
 * one, and from 101 characters on Ghostscript reads nothing of it.
 */
export function splitBlocks({ context }: PDFDocument, { font, characters }: Embedded): void {
  if (characters <= MAX_ENTRIES) return
  const table = context.lookup(font.ref, PDFDict).get(PDFName.of('ToUnicode'))
  const stream = context.lookup(table)
  if (!(table instanceof PDFRef) || !(stream instanceof PDFRawStream)) return
  const map = text(decodePDFRawStream(stream).decode())
  const split = map.replace(/\d+ beginbfchar\n(.*?)\nendbfchar/s, (_, entries: string) => {
    const all = entries.split('\n')
    return Array.from({ length: Math.ceil(all.length / MAX_ENTRIES) }, (_, i) => {
      const block = all.slice(i * MAX_ENTRIES, (i + 1) * MAX_ENTRIES)
      return `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`
    }).join('\n')
  })
  context.assign(table, context.flateStream(utf8(split)))
}
