/**
 * The fonts of the sheets, and text set in them: which glyph of which font stands where on a line. A font is opened when
 * the first character needs it, since those of East Asia are large. `scripts/fonts.js` makes them; where their bytes
 * come from is the caller's: `packages/node/src/sheets/fonts.ts` reads them from the disk.
 */
import { fail } from '../../errors.js'
import type { Face, Metrics } from '../drawing.js'
import { openTrueType, type TrueType } from './truetype.js'

export const FONTS = [
  'sans-regular',
  'sans-semibold',
  'mono-regular',
  'noto-sc',
  'noto-tc',
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
  readonly fontOf: (name: FontName) => TrueType
  /**
   * @param text in NFC @param language BCP 47: Chinese in traditional characters has its own shapes
   * @throws CairnError `sheet-character`
   */
  readonly lineOf: (text: string, face: Face, language?: string) => Line
}

const OWN: Readonly<Record<Face, readonly FontName[]>> = {
  text: ['sans-regular'],
  strong: ['sans-semibold'],
  mono: ['mono-regular', 'sans-regular'],
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
  const opened = new Map<FontName, TrueType>()
  const kept = new Map<string, Line>()
  const fontOf = (name: FontName) => {
    const font = opened.get(name) ?? openTrueType(load(name))
    opened.set(name, font)
    return font
  }
  const lineOf = (text: string, face: Face, language = 'en') => {
    const key = `${face} ${language} ${text}`
    const line =
      kept.get(key) ?? setLine(text, (code) => find(fontOf, code, candidates(code, face, language)))
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, line)
    return line
  }
  return { fontOf, lineOf, widthOf: (text, face, size) => lineOf(text, face).width * size }
}

interface Found {
  readonly name: FontName
  readonly font: TrueType
  readonly glyph: number
}

function candidates(code: number, face: Face, language: string): readonly FontName[] {
  if (code < FIRST_EAST_ASIAN || code === REPLACEMENT) return OWN[face]
  if (HANGUL.test(String.fromCodePoint(code))) return ['noto-kr']
  return language.startsWith('zh-Hant')
    ? ['noto-tc', 'noto-sc', 'noto-kr']
    : ['noto-sc', 'noto-tc', 'noto-kr']
}

function find(fontOf: (name: FontName) => TrueType, code: number, names: readonly FontName[]): Found {
  for (const name of names) {
    const font = fontOf(name)
    const glyph = font.glyphOf(code)
    if (glyph !== null) return { name, font, glyph }
  }
  return fail('sheet-character', { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` })
}

function setLine(text: string, findGlyph: (code: number) => Found): Line {
  if (text.length > MAX_CHARACTERS) return fail('sheet-too-large')
  const runs: { font: FontName; glyphs: Placed[] }[] = []
  let x = 0
  let before: Found | null = null
  for (const character of text) {
    const code = character.codePointAt(0) as number
    const found = findGlyph(code)
    const { name, font, glyph } = found
    if (before?.name === name) x += font.kerningOf(before.glyph, glyph) / font.unitsPerEm
    if (runs.at(-1)?.font !== name) runs.push({ font: name, glyphs: [] })
    runs.at(-1)?.glyphs.push({ glyph, character: code, x })
    x += font.advanceOf(glyph) / font.unitsPerEm
    before = found
  }
  return { runs, width: x }
}
