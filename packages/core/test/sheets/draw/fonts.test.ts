import { describe, expect, test } from 'vitest'
import { isCairnError } from '../../../src/errors.js'
import { FONTS, openFonts } from '../../../src/sheets/draw/fonts.js'
import type { Face } from '../../../src/sheets/drawing.js'
import { LISTS as BIP39 } from '../../../src/words/bip39/lists.js'
import { WORDS as BYTEWORDS } from '../../../src/words/bytewords/words.js'
import { WORDS as ELECTRUM_OLD } from '../../../src/words/electrum-old/words.js'
import { LISTS as MONERO } from '../../../src/words/monero/lists.js'
import { LISTS as POLYSEED } from '../../../src/words/polyseed/lists.js'
import { WORDS as SLIP39 } from '../../../src/words/slip39/words.js'
import { codeOf, refusal } from '../../refusal.js'
import { fonts, readFont } from '../fonts.js'

const FACES: readonly Face[] = ['text', 'strong', 'mono']

const named = (prefix: string, lists: Readonly<Record<string, { readonly words: readonly string[] }>>) =>
  Object.entries(lists).map(([language, { words }]) => [`${prefix} ${language}`, words] as const)

const WORD_LISTS: readonly (readonly [string, readonly string[]])[] = [
  ...Object.entries(BIP39).map(([language, words]) => [`bip39 ${language}`, words] as const),
  ...named('monero', MONERO),
  ...named('polyseed', POLYSEED),
  ['slip39', SLIP39],
  ['electrum-old', ELECTRUM_OLD],
  ['bytewords', BYTEWORDS],
]

function isShown(character: string, face: Face): boolean {
  try {
    return fonts.lineOf(character, face).runs.length === 1
  } catch (error) {
    if (isCairnError(error, 'sheet-character')) return false
    throw error
  }
}

/** What the characters of a list have no glyph for, in any face. */
function missing(words: readonly string[]): readonly string[] {
  const characters = [...new Set(words.join('').normalize('NFC'))]
  return characters.filter((character) => FACES.some((face) => !isShown(character, face)))
}

describe('the fonts of the sheets', () => {
  test.each(WORD_LISTS)('have every character of the words of %s', (_, words) => {
    expect(words.length).toBeGreaterThan(200)
    expect(missing(words)).toEqual([])
  })

  test.each([
    ['Latin', 'ÀÉÎÕÜßæøåłńśžěřůőűğışñçțșāēģķļėįųþðœĦħĈĝŭŵŷơưạằ'],
    ['Greek', 'ΑΒΓΔαβγδάέήίόύώς'],
    ['Cyrillic', 'АБВЯабвяёъыэўієїґђјљњћџ'],
    ['digits and punctuation', '0123456789.,;:!?()[]{}«»„“”‘’–—…·•§&@#%*+=/\\<>|~^_`"\'€£¥₿→←'],
    ['what stands for a character that nobody may obey', '\ufffd'],
  ])('have %s', (_, text) => {
    expect(missing([text])).toEqual([])
  })

  test('have l, 1, I, O and 0 in five shapes in each face', () => {
    for (const name of ['sans-regular', 'sans-semibold', 'mono-regular'] as const) {
      const font = fonts.fontOf(name)
      const shapes = [...'l1IO0'].map((c) => font.glyphForCodePoint(c.codePointAt(0) as number)?.path.toSVG())
      expect(new Set(shapes).size).toBe(5)
    }
  })

  test('name a character that none of them has', () => {
    expect(refusal(() => fonts.widthOf('wallet 😀', 'text', 3))).toMatchObject({
      code: 'sheet-character',
      details: { character: 'U+1F600' },
    })
  })

  test.each([0xad, 0x200b, 0x200d, 0x202e, 0x2060, 0xfe0f, 0x3164])(
    'have nothing for a character that is invisible: %i',
    (code) => {
      for (const face of FACES)
        expect(codeOf(() => fonts.widthOf(`a${String.fromCodePoint(code)}b`, face, 3))).toBe(
          'sheet-character',
        )
    },
  )

  test('that are damaged are named as missing', () => {
    const bytes = readFont('sans-regular')
    for (const damaged of [new Uint8Array(0), new Uint8Array(100), bytes.subarray(0, 300)])
      expect(codeOf(() => openFonts(() => damaged).widthOf('a', 'text', 3))).toBe('sheet-fonts')
  })

  test('are read when a character needs them, each once', () => {
    const read: string[] = []
    const lazy = openFonts((name) => {
      read.push(name)
      return readFont(name)
    })
    lazy.widthOf('Recovery phrase', 'strong', 5)
    lazy.widthOf('Recovery', 'strong', 5)
    expect(read).toEqual(['sans-semibold'])
    lazy.widthOf('가격', 'strong', 5)
    expect(read).toEqual(['sans-semibold', 'noto-kr'])
    lazy.lineOf('說話', 'strong', 'zh-Hant')
    expect(read).toEqual(['sans-semibold', 'noto-kr', 'noto-tc'])
  })

  test('a list with a character of another script is caught', () => {
    expect(missing(['abandon', 'ability', 'עברית'])).toEqual([...'עברית'])
  })

  test('have a glyph of its own for each character, so that a PDF can say which it is', () => {
    for (const name of FONTS) {
      const font = fonts.fontOf(name)
      const characters = font.characterSet.filter((character) => font.hasGlyphForCodePoint(character))
      const glyphs = characters.map((character) => font.glyphForCodePoint(character)?.id)
      expect(glyphs.length).toBeGreaterThan(700)
      expect(new Set(glyphs).size).toBe(glyphs.length)
    }
  })

  test('have a thousand units an em, as PDF counts', () => {
    for (const name of FONTS) expect(fonts.fontOf(name).unitsPerEm).toBe(1000)
  })
})
