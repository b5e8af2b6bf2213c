/**
 * The letters on a page of SVG, which has no text but outlines: what was drawn for each text, and what its letters look
 * like in the fonts. A page whose outlines are those of other letters says something else. Not here: where they stand.
 */
import type { Fonts } from '../draw/fonts.js'
import type { TextMark } from '../drawing.js'

/** Outlines of letters, in their order; blanks have none. */
export type Outlines = readonly string[]

/** Of each text on a page that `draw/svg.ts` drew; null for an outline that the page does not define. */
export function outlinesOn(svg: string): readonly (readonly (string | null)[])[] {
  const defined = new Map(
    Array.from(svg.matchAll(/<path id="([^"]*)" d="([^"]*)"\/>/g), ([, id, path]) => [id, path] as const),
  )
  return Array.from(svg.matchAll(/<g [^>]*>(.*?)<\/g>/g), ([, uses = '']) =>
    Array.from(uses.matchAll(/<use xlink:href="#([^"]*)"/g), ([, id]) => defined.get(id) ?? null),
  )
}

/** Of a text as it was meant, in units of a thousandth of an em. @throws CairnError `sheet-character`, `sheet-fonts` */
export function outlinesOf({ text, face }: TextMark, fonts: Fonts, language: string): Outlines {
  return fonts.lineOf(text, face, language).runs.flatMap(({ font: name, glyphs }) => {
    const font = fonts.fontOf(name)
    return glyphs.flatMap(({ glyph }) => {
      const path = font
        .getGlyph(glyph)
        ?.path.scale(1000 / font.unitsPerEm)
        .toSVG()
      return path ? [path] : []
    })
  })
}
