/**
 * Fonts inside a PDF: composite fonts of TrueType outlines with the glyphs of a document only, and a table that says
 * which character each is, so that text can be found and copied. ISO 32000-1, sections 9.7.4 (CIDFontType2) and 9.10.3
 * (ToUnicode).
 */
import { type PDFContext, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import { utf8 } from '../../bytes.js'
import type { FontName, Fonts, Placed } from './fonts.js'
import { subsetTrueType } from './subset.js'
import type { TrueType } from './truetype.js'

/** Glyphs in the order in which text first needed them; one that stands for two characters is there twice. */
export interface PdfFont {
  /** In content streams and resources. */
  readonly key: string
  readonly font: TrueType
  readonly used: Map<string, { readonly id: number; readonly placed: Placed }>
}

export type PdfFonts = Map<FontName, PdfFont>

/** The font of a document, made when text first needs it. */
export function pdfFont(fonts: Fonts, name: FontName, into: PdfFonts): PdfFont {
  const known = into.get(name)
  if (known) return known
  const made = { key: `F${into.size + 1}`, font: fonts.fontOf(name), used: new Map() }
  into.set(name, made)
  return made
}

/** The number of a glyph within the document. */
export function idOf({ used }: PdfFont, placed: Placed): number {
  const key = `${placed.glyph} ${placed.character}`
  const known = used.get(key)
  if (known) return known.id
  const id = used.size + 1
  used.set(key, { id, placed })
  return id
}

/** The dictionary of a font, with everything below it. */
export function embed(context: PDFContext, made: PdfFont): PDFRef {
  const { font } = made
  const name = `${subsetTag(made)}+${font.postScriptName}`
  const glyphs = [...made.used.values()].map(({ placed }) => placed.glyph)
  const file = context.register(context.flateStream(subsetTrueType(font, glyphs)))
  const perMille = (units: number) => Math.round((units * 1000) / font.unitsPerEm)
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4, // symbolic: no encoding of letters applies
    FontBBox: font.box.map(perMille),
    ItalicAngle: 0,
    Ascent: perMille(font.ascent),
    Descent: perMille(font.descent),
    CapHeight: perMille(font.capHeight),
    StemV: 80,
    FontFile2: file,
  })
  const cidFont = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: context.obj({
      Registry: PDFString.of('Adobe'),
      Ordering: PDFString.of('Identity'),
      Supplement: 0,
    }),
    FontDescriptor: context.register(descriptor),
    CIDToGIDMap: 'Identity',
    W: [1, glyphs.map((glyph) => perMille(font.advanceOf(glyph)))],
  })
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(cidFont)],
      ToUnicode: context.register(context.flateStream(utf8(toUnicode(made)))),
    }),
  )
}

/** Six letters that differ between subsets, as ISO 32000-1, 9.6.4 wants them: from the number of glyphs and the name. */
function subsetTag({ key, used }: PdfFont): string {
  let value = used.size * 31 + Number(key.slice(1))
  return Array.from({ length: 6 }, () => {
    const letter = String.fromCharCode(65 + (value % 26))
    value = Math.floor(value / 26)
    return letter
  }).join('')
}

/** At most 100 entries a block. */
const BLOCK = 100

function toUnicode({ used }: PdfFont): string {
  const entries = [...used.values()].map(({ id, placed }) => `<${hex16(id)}> <${utf16(placed.character)}>`)
  const blocks = Array.from({ length: Math.ceil(entries.length / BLOCK) }, (_, i) => {
    const part = entries.slice(i * BLOCK, (i + 1) * BLOCK)
    return `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`
  })
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

/** Four digits of hexadecimal. */
export function hex16(value: number): string {
  return value.toString(16).padStart(4, '0')
}

function utf16(character: number): string {
  const units = String.fromCodePoint(character)
  return Array.from({ length: units.length }, (_, i) => hex16(units.charCodeAt(i))).join('')
}
