import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawHtml, drawText, type RecoverySheet, readSheet } from '../../src/sheets/recovery-sheet.js'
import { WORDS } from '../../src/words/slip39/words.js'

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
  it('is read back as it was drawn, as a page and as lines', () => {
    const property = fc.property(mnemonic, (words) => {
      const each = { ...sheet, words }
      expect(readSheet(drawHtml(each))).toEqual({ words, vault: sheet.vault })
      expect(readSheet(text(each))).toEqual({ words, vault: sheet.vault })
    })
    fc.assert(property, { seed: SEED, numRuns: 100 })
  })

  it('would not be read back from a twin that exchanges two words or loses one', () => {
    for (const draw of [drawHtml, text]) {
      const words = sheet.words.split(' ')
      const exchanged = draw({ ...sheet, words: [words[1], words[0], ...words.slice(2)].join(' ') })
      const lost = draw(sheet).replace(new RegExp(`(<li>| +33 )${words[32]}(</li>)?`), '')
      expect(readSheet(exchanged).words).not.toBe(sheet.words)
      expect(readSheet(lost).words).not.toBe(sheet.words)
    }
  })

  it('says whose it is, who opens the vault, where it is and how new', () => {
    for (const drawn of [drawHtml(sheet), text(sheet)]) {
      expect(drawn).toContain(sheet.vault)
      expect(drawn).toContain(sheet.date)
      expect(drawn).toContain(sheet.policy[0])
      expect(drawn).toContain(sheet.places[0])
      expect(drawn).toContain('Number 12 of 2026-11-13')
      expect(drawn).toContain('On its own it opens nothing.')
    }
    expect(text({ ...sheet, newest: null, places: [] })).toMatch(
      /None yet[\s\S]*Write it here|Write it here[\s\S]*None yet/,
    )
  })

  it('lets nothing run and nothing load', () => {
    const page = drawHtml(sheet)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'`)
    expect(page).not.toMatch(/<script|<img|<link|<iframe|url\(|@import|https?:|\son\w+=/i)
  })

  it.each(HOSTILE)('shows %j as text, and is read back all the same', (hostile) => {
    const each = { ...sheet, name: hostile, places: [hostile, hostile], policy: [hostile] }
    const page = drawHtml(each)
    expect(page.match(/<[a-z]+/gi)).toEqual(drawHtml({ ...sheet, places: ['x', 'x'] }).match(/<[a-z]+/gi))
    expect(page).not.toMatch(FORBIDDEN)
    expect(drawText(each).join('')).not.toMatch(FORBIDDEN)
    for (const drawn of [page, text(each)]) {
      expect(readSheet(drawn)).toEqual({ words: sheet.words, vault: sheet.vault })
    }
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
