import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawHtml } from '../../src/sheets/draw/html.js'
import { drawText, type RecoverySheet, readSheet, sheetCode } from '../../src/sheets/recovery-sheet.js'
import { layOutRecovery } from '../../src/sheets/vault-sheet.js'
import { WORDS } from '../../src/words/slip39/words.js'
import { fonts } from './fonts.js'
import { oldPage } from './old-page.js'

const SEED = 0x5eed

const mnemonic = fc
  .array(fc.constantFrom(...WORDS), { minLength: 20, maxLength: 33 })
  .map((words) => words.join(' '))

const sheet: RecoverySheet = {
  vault: '7c1f-03ab-9d52-e0b4',
  name: 'recovery sheet',
  words: WORDS.slice(100, 133).join(' '),
  policy: ['The vault opens with any 2 of: passphrase, this computer, recovery sheet.'],
  places: ['folder /media/anna/BLUE-USB/cairn'],
  date: '2026-11-14',
  newest: { seq: 12, date: '2026-11-13' },
}
const text = (each: RecoverySheet) => drawText(each).join('\n')
const drawingOf = (each: RecoverySheet) => layOutRecovery(each, { paper: 'a4', metrics: fonts })
const page = (each: RecoverySheet) => drawHtml(drawingOf(each), { fonts })
const FORMS = [page, oldPage, text, sheetCode]

/** Names and places come from elsewhere: what a store or another person may have put in them. */
const HOSTILE = [
  '</style><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '<ol id="words"><li>zero</li></ol>',
  '&lt;b&gt;',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe',
  '1 academic 2 acid',
  'a\n  1 academic\n  2 acid',
  'RECOVERY SHEET of vault 0000',
]

describe('a recovery sheet', () => {
  it('is read back as it was drawn, as lines, as a code, and as the page of before', () => {
    const property = fc.property(mnemonic, (words) => {
      for (const form of [oldPage, text, sheetCode])
        expect(readSheet(form({ ...sheet, words }))).toEqual({ words, vault: sheet.vault })
    })
    fc.assert(property, { seed: SEED, numRuns: 100 })
  })

  it('is read back from the page that is drawn now', () => {
    const property = fc.property(mnemonic, (words) => {
      expect(readSheet(page({ ...sheet, words }))).toEqual({ words, vault: sheet.vault })
    })
    fc.assert(property, { seed: SEED, numRuns: 5 })
  })

  it('would not be read back from a twin that exchanges two words or loses one', () => {
    for (const form of FORMS) {
      const words = sheet.words.split(' ')
      const exchanged = form({ ...sheet, words: [words[1], words[0], ...words.slice(2)].join(' ') })
      expect(readSheet(exchanged).words).not.toBe(sheet.words)
      const lost = form({ ...sheet, words: words.slice(0, -1).join(' ') })
      expect(readSheet(lost).words).not.toBe(sheet.words)
    }
  })

  it('has a code in capitals only, which take the least room', () => {
    expect(sheetCode(sheet)).toMatch(/^[0-9A-Z $%*+./:-]+$/)
  })

  it.each(['a4', 'letter'] as const)('fits on one page of %s', (paper) => {
    const { pages } = layOutRecovery(sheet, { paper, metrics: fonts })
    expect(pages).toHaveLength(1)
    expect(pages[0]?.marks.filter(({ kind }) => kind === 'modules')).toHaveLength(1)
  })

  it('says whose it is, who opens the vault, where it is and how new', () => {
    const drawn = drawingOf(sheet)
      .pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))
      .join(' ')
    for (const each of [drawn, text(sheet)]) {
      for (const said of [sheet.vault, sheet.date, sheet.places[0] as string]) expect(each).toContain(said)
      expect(each).toMatch(/12 of 2026-11-13/)
      expect(each).toContain('On its own it opens nothing.')
      expect(each.replaceAll('\n', ' ')).toContain('any 2 of: passphrase, this computer,')
    }
    expect(text({ ...sheet, newest: null, places: [] })).toMatch(
      /None yet[\s\S]*Write it here|Write it here[\s\S]*None yet/,
    )
  })

  it.each(HOSTILE)('shows %j as text, and is read back all the same', (hostile) => {
    const each = { ...sheet, name: hostile, places: [hostile, hostile], policy: [hostile] }
    for (const form of [text, oldPage]) {
      expect(form(each)).not.toMatch(FORBIDDEN)
      expect(readSheet(form(each))).toEqual({ words: sheet.words, vault: sheet.vault })
    }
    const drawn = page({ ...each, name: 'sheet', places: [hostile] })
    expect([FORBIDDEN.test(drawn), /<script|<img|<\w+ [^>]*\son\w+=/i.test(drawn)]).toEqual([false, false])
    expect(readSheet(drawn)).toEqual({ words: sheet.words, vault: sheet.vault })
  })
})

describe('reading a sheet', () => {
  const words = sheet.words.split(' ')
  const numbered = words.map((word, i) => `${i + 1}. ${word}`)

  it.each([
    ['in one line', sheet.words],
    ['in many lines', words.join('\n')],
    ['with commas', words.join(', ')],
    ['in capitals, with spaces around', `  ${sheet.words.toUpperCase()} \r\n`],
    ['with numbers', numbered.join(' ')],
    ['with numbers, in another order', [...numbered].reverse().join('\n')],
    ['with other marks after the numbers', words.map((word, i) => `${i + 1}) ${word}`).join('\r\n')],
  ])('takes words %s', (_, typed) => {
    expect(readSheet(typed)).toEqual({ words: sheet.words, vault: null })
  })

  it('leaves too few words to the checksum of the share, which says how many are missing', () => {
    expect(readSheet('academic acid').words).toBe('academic acid')
  })

  it.each([
    ['nothing', ''],
    ['a sentence', 'My dog is called 7.'],
    ['a number missing', numbered.filter((_, i) => i !== 4).join('\n')],
    ['a number twice', [...numbered, '5. acid'].join('\n')],
    ['sixty words', Array(60).fill('acid').join(' ')],
    ['an empty list', '<ol id="words"></ol>'],
    ['a list that does not end', '<ol id="words"><li>acid</li>'],
    ['other letters', sheet.words.replace('a', '\u0430')],
  ])('refuses %s', (_, typed) => {
    expect(() => readSheet(typed)).toThrowError(expect.objectContaining({ code: 'sheet-unreadable' }))
  })

  it('refuses more than 64 KiB', () => {
    expect(() => readSheet('a '.repeat(40_000))).toThrowError(
      expect.objectContaining({ code: 'input-too-long' }),
    )
  })

  it('ends with words or a catalogued error, whatever it is given', () => {
    const pieces = fc.constantFrom(
      '<ol id="words">',
      '<li>',
      '</li>',
      '</ol>',
      '1',
      '2.',
      'acid',
      ' ',
      '\n',
      '<b id="vault">',
    )
    const property = fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 200 }), (parts) => {
      try {
        expect(readSheet(parts.join('')).words).toMatch(/^[a-z]+( [a-z]+)*$/)
      } catch (error) {
        expect(error).toMatchObject({ code: 'sheet-unreadable' })
      }
    })
    fc.assert(property, { seed: SEED, numRuns: 300 })
  })
})

/** Control and format characters that terminals and text layout obey; the line feeds of the page are its own. */
const FORBIDDEN = /(?!\n)[\p{Cc}\p{Cf}]/u
