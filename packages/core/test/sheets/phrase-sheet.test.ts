import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCairnError } from '../../src/errors.js'
import { type Drawing, isCoded, type Mark, type Paper } from '../../src/sheets/drawing.js'
import {
  blankContent,
  type PhraseContent,
  phraseContent,
  usualLength,
} from '../../src/sheets/phrase-content.js'
import { layOutPhrase, type PhraseSheet } from '../../src/sheets/phrase-sheet.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { checkPhrase, type PhraseKind } from '../../src/words/check.js'
import { convert } from '../../src/words/convert.js'
import { stream } from '../draws.js'
import { codeOf, refusal } from '../refusal.js'
import { fonts } from './fonts.js'
import { faults } from './marks.js'
import { PHRASES, type Sample } from './phrases.js'

const ENGLISH = PHRASES[0]?.text as string
const plain = { date: '2026-11-26' }

const known = new Map<string, PhraseSheet>()

/** Made once: deriving a wallet takes longer than drawing it. */
function contentOf({ kind, text }: Sample): PhraseSheet {
  const content = known.get(text) ?? phraseContent(text, { ...plain, kind, address: 'none' })
  known.set(text, content)
  return content
}

const sheet = (text: string, paper: Paper = 'a4', options: Partial<PhraseContent> = {}) =>
  layOutPhrase(phraseContent(text, { ...plain, ...options }), { paper, metrics: fonts })

const marks = ({ pages }: Drawing): readonly Mark[] => pages.flatMap((page) => page.marks)
const texts = (drawing: Drawing) =>
  marks(drawing).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))

/** The words by their numbers, as a person reads them. */
function numbered(drawing: Drawing): readonly string[] {
  const all = marks(drawing).flatMap((mark) => (mark.kind === 'text' ? [mark] : []))
  const numbers = all.flatMap((mark, i) => (/^\d{1,2}$/.test(mark.text) ? [{ mark, i }] : []))
  return numbers
    .toSorted((a, b) => Number(a.mark.text) - Number(b.mark.text))
    .map(({ mark, i }) => (all[i + 1]?.y === mark.y ? (all[i + 1]?.text as string) : ''))
}

describe('the sheet of a phrase', () => {
  test.each(PHRASES)('of $kind, $language, has every word at its number', ({ kind, language, text }) => {
    const words = text.normalize('NFC').split(/\s+/u)
    const content = contentOf({ kind, language, text })
    for (const paper of ['a4', 'letter'] as const) {
      const drawing = layOutPhrase(content, { paper, metrics: fonts })
      expect(faults(drawing)).toEqual([])
      expect(drawing.pages).toHaveLength(1)
      expect(numbered(drawing)).toEqual(words)
      expect(isCoded(drawing)).toBe(true)
    }
    if (language !== null && checkPhrase(text).also.length === 0)
      expect(content.language.name?.toLowerCase()).toContain(language.split('_')[0])
  })

  test('names the wallet that the words lead to', () => {
    const drawing = sheet(`${'abandon '.repeat(11)}about`, 'a4', { name: 'Savings' })
    const said = texts(drawing)
    expect(said).toContain('73c5da0a')
    expect(said).toContain('bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu')
    expect(said.join(' ')).toContain("m/84'/0'/0'/0/0")
    expect(said).toContain('Savings')
    expect(said.at(-1)).toBe('1 / 1')
  })

  test('of a phrase with a passphrase names the wallet of both, and never the passphrase', () => {
    const given = texts(sheet(ENGLISH, 'a4', { passphrase: 'a kanarienvogel' })).join(' ')
    expect(given).not.toContain('kanarienvogel')
    expect(given).toContain('Used, and kept elsewhere')
    expect(given).not.toContain(phraseContent(ENGLISH, plain).fingerprint)
    expect(given).toContain(phraseContent(ENGLISH, { ...plain, passphrase: 'a kanarienvogel' }).fingerprint)
  })

  test('leaves out what depends on a passphrase that is not told', () => {
    const content = phraseContent(ENGLISH, { ...plain, passphraseIs: 'used' })
    expect(content).toMatchObject({ fingerprint: null, address: null, passphrase: 'used' })
  })

  test('has parity words that belong to it, numbered apart', () => {
    const said = texts(sheet(ENGLISH, 'a4', { parity: 4 }))
    expect(said.filter((text) => /^P\d$/.test(text))).toEqual(['P1', 'P2', 'P3', 'P4'])
    expect(codeOf(() => sheet(PHRASES[20]?.text as string, 'a4', { parity: 4, kind: 'monero' }))).toBe(
      'usage',
    )
  })

  test('bears the digits of SeedQR for English words, which signing devices read, and the words for others', () => {
    expect(phraseContent(`${'abandon '.repeat(11)}about`, plain).qr).toBe(`${'0000'.repeat(11)}0003`)
    const spanish = PHRASES[1]?.text as string
    expect(phraseContent(spanish, plain).qr).toBe(spanish.normalize('NFC'))
    expect(isCoded(sheet(ENGLISH, 'a4', { code: 'none' }))).toBe(false)
  })

  test.each(['seedqr', 'ur', 'bytewords'] as const)(
    'of a phrase that is written as %s is that of its words',
    (to) => {
      const { text } = convert(ENGLISH, { to })
      const content = phraseContent(text, plain)
      expect(content.fingerprint).toBe(phraseContent(ENGLISH, plain).fingerprint)
      if (to !== 'bytewords') expect(content.words.join(' ')).toBe(ENGLISH)
    },
  )

  test('is refused for a share, and for words with a mistake, which the error does not repeat', () => {
    const share =
      'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed'
    expect(codeOf(() => sheet(share))).toBe('usage')
    const wrong = ENGLISH.replace(/^\w+/, 'zzzzzz')
    const error = refusal(() => sheet(wrong))
    expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain('zzzzzz')
  })

  test('shows names that no terminal or browser should obey as text, and refuses what no font has', () => {
    expect(texts(sheet(ENGLISH, 'a4', { name: 'a\u202eb\u0007</title>' }))).toContain(
      'a\ufffdb\ufffd</title>',
    )
    expect(codeOf(() => sheet(ENGLISH, 'a4', { name: 'savings 😀' }))).toBe('sheet-character')
  })
})

describe('a form for a phrase', () => {
  const form = (words: number, paper: Paper, parity = 0) =>
    layOutPhrase(blankContent({ kind: 'bytewords', words, parity, list: null, passphrase: 'none' }), {
      paper,
      metrics: fonts,
    })

  test.each([12, 15, 18, 21, 24, 25, 33, 59])('of %i words has their numbers and room to write', (words) => {
    for (const paper of ['a4', 'letter'] as const) {
      const drawing = form(words, paper, 8)
      expect(faults(drawing)).toEqual([])
      expect(numbered(drawing)).toHaveLength(words)
      expect(isCoded(drawing)).toBe(false)
    }
  })
})

describe('a form for a share', () => {
  const form = (kind: 'slip39' | 'sskr', words: number, paper: Paper) =>
    layOutPhrase(blankContent({ kind, words, list: null, passphrase: 'none' }), { paper, metrics: fonts })

  test.each([
    ['slip39', 20],
    ['slip39', 33],
    ['sskr', 29],
    ['sskr', 46],
  ] as const)('of %s with %i words says what a share is, and asks for its set', (kind, words) => {
    for (const paper of ['a4', 'letter'] as const) {
      const drawing = form(kind, words, paper)
      expect(faults(drawing)).toEqual([])
      expect(numbered(drawing)).toHaveLength(words)
      const said = texts(drawing)
      expect(said).toEqual(expect.arrayContaining(['Share of a key', 'Set', 'Share', 'Needed', 'The others']))
      expect(said.join(' ')).toContain('By itself it opens no wallet')
      expect(said.join(' ')).toContain('cairn share check')
      expect(said.join(' ')).not.toMatch(/Recovery phrase|First address|needs no second sheet|phrase check/)
    }
  })

  test('is not drawn for what has no words, or none of that list', () => {
    const draw = (kind: PhraseKind, list: string | null) => () =>
      blankContent({ kind, words: usualLength(kind), list, passphrase: 'none' })
    for (const kind of ['ur', 'codex32', 'seedqr'] as const) expect(codeOf(draw(kind, null))).toBe('usage')
    expect(codeOf(draw('slip39', 'japanese'))).toBe('usage')
    expect(codeOf(draw('bip39', 'german'))).toBe('usage')
    expect(codeOf(draw('electrum', 'french'))).toBe('usage')
    for (const [kind, list] of [
      ['bip39', 'turkish'],
      ['monero', 'german'],
      ['electrum', 'spanish'],
      ['polyseed', 'korean'],
    ] as const)
      expect(draw(kind, list)().language.name?.toLowerCase()).toBe(list)
  })
})

describe('room to write by hand', () => {
  const hasNotes = ({ pages }: Drawing) =>
    pages.map((page) => page.marks.some((mark) => mark.kind === 'text' && mark.text === 'Notes'))

  test('is on the one page of every phrase, with parity words and a passphrase too', () => {
    for (const paper of ['a4', 'letter'] as const)
      for (const parity of [2, 4, 6, 8] as const)
        for (const passphraseIs of [{}, { passphraseIs: 'used' as const }])
          expect(hasNotes(sheet(ENGLISH, paper, { parity, address: 'none', ...passphraseIs }))).toEqual([
            true,
          ])
  })

  test.each([12, 15, 18, 21, 24])(
    'is on a form for %i words; with all that can be on it, on the second page',
    (words) => {
      const form = (paper: Paper, parity: number, passphrase: 'none' | 'used') =>
        layOutPhrase(blankContent({ kind: 'bip39', words, parity, list: null, passphrase }), {
          paper,
          metrics: fonts,
        })
      for (const paper of ['a4', 'letter'] as const) {
        for (const passphrase of ['none', 'used'] as const)
          for (const parity of [0, 2, 4, 6, 8]) {
            const drawing = form(paper, parity, passphrase)
            expect(hasNotes(drawing).at(-1)).toBe(true)
            expect(drawing.pages.length).toBeLessThanOrEqual(2)
            // a page of its own is worth it: all that is to be known, and more lines
            if (drawing.pages.length === 2)
              expect(drawing.pages[1]?.marks.filter(({ kind }) => kind === 'line').length).toBeGreaterThan(4)
          }
        expect(form(paper, 0, 'used').pages).toHaveLength(1)
      }
    },
  )
})

describe('a card', () => {
  test('of 12 words has them and a code; one of 24 words has them alone', () => {
    const twelve = sheet(fromEntropy(stream(1).draw(16)), 'card')
    expect([isCoded(twelve), faults(twelve)]).toEqual([true, []])
    const all = sheet(ENGLISH, 'card')
    expect([isCoded(all), numbered(all).length, faults(all)]).toEqual([false, 24, []])
  })

  test('writes letters that are read without glasses', () => {
    const phrase = ENGLISH.split(' ')
    const words = marks(sheet(ENGLISH, 'card')).flatMap((mark) =>
      mark.kind === 'text' && phrase.includes(mark.text) ? [mark] : [],
    )
    expect(words).toHaveLength(24)
    const { xHeight, unitsPerEm } = fonts.fontOf('sans-semibold')
    for (const { face, size } of words) {
      expect(face).toBe('strong')
      expect((size * xHeight) / unitsPerEm).toBeGreaterThanOrEqual(2) // mm, as docs/sheets.md has it
    }
  })

  test('is refused for what does not fit, with the paper that would do', () => {
    const form = (parity: number) =>
      layOutPhrase(blankContent({ kind: 'bip39', words: 24, parity, list: null, passphrase: 'none' }), {
        paper: 'card',
        metrics: fonts,
      })
    expect(refusal(() => form(0)).message).toBe('a phrase of 24 words does not fit on card paper')
    expect(refusal(() => form(8)).message).toBe(
      'a phrase of 24 words with 8 parity words does not fit on card paper',
    )
    const error = refusal(() => sheet(ENGLISH, 'card', { parity: 8 }))
    expect(error.message).toBe(
      'a phrase of 24 words with 8 parity words (with 2 it would) does not fit on card paper',
    )
    expect([error.code, error.hint]).toEqual([
      'sheet-paper',
      'choose larger paper: --paper a4 or --paper letter',
    ])
  })
})

/** Null for what a card has no room for. */
function fitting(make: () => Drawing, paper: Paper): Drawing | null {
  try {
    return make()
  } catch (error) {
    if (paper === 'card' && isCairnError(error, 'sheet-paper')) return null
    throw error
  }
}

test('whatever phrase, name and paper: nothing outside the page, nothing across other text, or a refusal', () => {
  const sample = fc.constantFrom(...PHRASES)
  const name = fc.option(
    fc.string({ unit: fc.constantFrom(...'aWlI1 .-—漢字가ぱéß\u202e\u0007<&'), maxLength: 120 }),
    { nil: undefined },
  )
  const property = fc.property(
    sample,
    fc.constantFrom<Paper>('a4', 'letter', 'card'),
    name,
    fc.constantFrom('used' as const, undefined),
    (phrase, paper, called, passphraseIs) => {
      const { name: _, ...content } = contentOf(phrase)
      const named = { ...content, ...(called === undefined ? {} : { name: called }) }
      const made = { ...named, passphrase: passphraseIs ?? ('none' as const) }
      const drawing = fitting(() => layOutPhrase(made, { paper, metrics: fonts }), paper)
      if (drawing) expect(faults(drawing)).toEqual([])
    },
  )
  fc.assert(property, { seed: 2026, numRuns: 150 })
})
