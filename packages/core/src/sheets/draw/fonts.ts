/**
 * The fonts of the sheets, and text set in them: which glyph of which font stands where on a line. Each character is one
 * glyph as wide as the font says, in every renderer: that fits the scripts of sheets when in NFC. Not here: shaping and
 * kerning. A font is opened when the first character needs it, since those of East Asia are large. `scripts/fonts.js`
 * makes them; where their bytes come from is the caller's: `packages/node/src/sheets/fonts.ts` reads them from the disk.
 */
import { create, type Font, type Glyph } from '@cantoo/fontkit'
import { fail } from '../../errors.js'
import type { Face, Metrics } from '../drawing.js'

export const FONTS = [
  'sans-regular',
  'sans-semibold',
  'mono-regular',
  'noto-sc',
  'noto-tc',
  'noto-jp',
  'noto-kr',
] as const

export type FontName = (typeof FONTS)[number]

/** A glyph on a line that is 1 em high. */
export interface Placed {
  readonly glyph: number
  readonly character: number
  /** From the start of the line. */
  readonly x: number
}

/** Glyphs of one font in a row. */
export interface Run {
  readonly font: FontName
  readonly glyphs: readonly Placed[]
}

export interface Line {
  readonly runs: readonly Run[]
  /** In em. */
  readonly width: number
}

export interface Fonts extends Metrics {
  /** @throws CairnError `sheet-fonts` */
  readonly fontOf: (name: FontName) => Font
  readonly bytesOf: (name: FontName) => Uint8Array
  /**
   * @param text in NFC @param language BCP 47: Chinese of either kind and Japanese have their own shapes
   * @throws CairnError `sheet-character`, `sheet-too-large`, `sheet-fonts`
   */
  readonly lineOf: (text: string, face: Face, language?: string) => Line
}

const OWN: Readonly<Record<Face, readonly FontName[]>> = {
  text: ['sans-regular'],
  strong: ['sans-semibold'],
  mono: ['mono-regular', 'sans-regular'],
}

const HAN = ['zh-Hant', 'ja'] as const
/** The same character has other shapes in Chinese of either kind and in Japanese. */
const FOR_HAN: Readonly<Record<(typeof HAN)[number] | 'zh', readonly FontName[]>> = {
  zh: ['noto-sc', 'noto-tc', 'noto-jp', 'noto-kr'],
  'zh-Hant': ['noto-tc', 'noto-sc', 'noto-jp', 'noto-kr'],
  ja: ['noto-jp', 'noto-sc', 'noto-tc', 'noto-kr'],
}

const HANGUL = /[\p{Script=Hangul}]/u
/** What names have in place of characters that a terminal or a browser would obey. */
const REPLACEMENT = 0xfffd
/** Before which no East Asian font is looked into. */
const FIRST_EAST_ASIAN = 0x2e80
/** Lines that were set already: titles and sentences come again on every sheet. */
const MAX_KEPT = 2_000
/** More than any line on a sheet. */
const MAX_CHARACTERS = 10_000

/** @param load the bytes of a font, asked for once and only when it is needed */
export function openFonts(load: (name: FontName) => Uint8Array): Fonts {
  const opened = new Map<FontName, { readonly bytes: Uint8Array; readonly font: Font }>()
  const kept = new Map<string, Line>()
  const open = (name: FontName) => {
    const known = opened.get(name)
    if (known) return known
    const bytes = load(name)
    const made = { bytes, font: openFont(bytes) }
    opened.set(name, made)
    return made
  }
  const fontOf = (name: FontName) => open(name).font
  const bytesOf = (name: FontName) => open(name).bytes
  const lineOf = (text: string, face: Face, language = 'en') => {
    const key = `${face} ${language} ${text}`
    const known = kept.get(key)
    if (known) return known
    const line = setLine(text, (code) => find(fontOf, code, candidates(code, face, language)))
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, line)
    return line
  }
  return { fontOf, bytesOf, lineOf, widthOf: (text, face, size) => lineOf(text, face).width * size }
}

function openFont(bytes: Uint8Array): Font {
  try {
    const font = create(bytes)
    if ('numGlyphs' in font && font.numGlyphs > 0) return font
  } catch {
    // damaged, as is a collection of fonts
  }
  return fail('sheet-fonts')
}

interface Found {
  readonly name: FontName
  readonly font: Font
  readonly glyph: Glyph
}

function candidates(code: number, face: Face, language: string): readonly FontName[] {
  if (code < FIRST_EAST_ASIAN || code === REPLACEMENT) return OWN[face]
  if (HANGUL.test(String.fromCodePoint(code))) return ['noto-kr']
  return FOR_HAN[HAN.find((tag) => language.startsWith(tag)) ?? 'zh']
}

function find(fontOf: (name: FontName) => Font, code: number, names: readonly FontName[]): Found {
  for (const name of names) {
    const font = fontOf(name)
    const glyph = font.hasGlyphForCodePoint(code) ? font.glyphForCodePoint(code) : null
    if (glyph) return { name, font, glyph }
  }
  return fail('sheet-character', { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` })
}

function setLine(text: string, findGlyph: (code: number) => Found): Line {
  if (text.length > MAX_CHARACTERS) return fail('sheet-too-large')
  const runs: { font: FontName; glyphs: Placed[] }[] = []
  let x = 0
  for (const character of text) {
    const code = character.codePointAt(0) as number
    const { name, font, glyph } = findGlyph(code)
    if (runs.at(-1)?.font !== name) runs.push({ font: name, glyphs: [] })
    runs.at(-1)?.glyphs.push({ glyph: glyph.id, character: code, x })
    x += glyph.advanceWidth / font.unitsPerEm
  }
  return { runs, width: x }
}
