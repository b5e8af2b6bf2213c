// @ts-check
// One font out of slices that share a design: webfonts of East Asian languages come in slices of some hundred
// characters. Every character gets a glyph of its own, so that a PDF can say of each glyph which character it is; layout,
// kerning and names of glyphs are left out, since the sheets set one glyph a character.
import { createFont } from 'fonteditor-core'

/** Without names of glyphs: OpenType 1.9, chapter post. */
const NO_NAMES = 3

/**
 * @param {string} postScriptName `Family-Style`
 * @param {readonly Uint8Array[]} slices TrueType; of a character that several have, the first
 * @returns {Uint8Array}
 */
export function mergeFonts(postScriptName, slices) {
  const fonts = slices.map((slice) =>
    createFont(Buffer.from(slice), { type: 'ttf', compound2simple: true }).get(),
  )
  /** @type {Map<number, import('fonteditor-core').TTF.Glyph>} */
  const characters = new Map()
  for (const glyph of fonts.flatMap(({ glyf }) => glyf))
    for (const code of glyph.unicode ?? [])
      if (!characters.has(code)) characters.set(code, { ...glyph, unicode: [code] })
  const glyphs = [...characters].sort(([a], [b]) => a - b).map(([, glyph]) => glyph)
  const [first] = fonts
  const [notdef] = first?.glyf ?? []
  if (!first || !notdef) throw new Error('no font to start from')
  const [fontFamily = '', fontSubFamily = ''] = postScriptName.split('-')
  const merged = {
    ...first,
    glyf: [notdef, ...glyphs],
    name: {
      fontFamily,
      fontSubFamily,
      uniqueSubFamily: postScriptName,
      version: first.name.version,
      postScriptName,
    },
    post: { ...first.post, format: NO_NAMES },
  }
  return Buffer.from(/** @type {Buffer} */ (createFont().set(merged).write({ type: 'ttf', toBuffer: true })))
}
