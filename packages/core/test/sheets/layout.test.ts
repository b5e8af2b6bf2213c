import { describe, expect, test } from 'vitest'
import type { Drawing, Mark } from '../../src/sheets/drawing.js'
import { facts } from '../../src/sheets/layout/facts.js'
import { kitFor } from '../../src/sheets/layout/kit.js'
import { layOut } from '../../src/sheets/layout/pages.js'
import { fitQr, makeQr, qrBlock } from '../../src/sheets/layout/qr.js'
import { sentences, wrap } from '../../src/sheets/layout/text.js'
import { titleBlock } from '../../src/sheets/layout/title.js'
import { wordGrid } from '../../src/sheets/layout/words.js'
import { handLines } from '../../src/sheets/layout/writing.js'
import { codeOf } from '../refusal.js'
import { fonts } from './fonts.js'
import { faults } from './marks.js'

const kit = kitFor('a4', fonts)
const card = kitFor('card', fonts)

const sheet = { title: 'A sheet', language: 'en', footer: 'A sheet', what: 'a sheet' }
const texts = ({ pages }: Drawing, page = 0) =>
  pages[page]?.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])) ?? []

describe('wrapping', () => {
  test('breaks at spaces, and no line is wider than it may be', () => {
    const text = 'Whoever reads these words owns all that is in the wallet, and needs the leave of nobody.'
    const lines = wrap(kit, text, { width: 40 })
    expect(lines.join(' ')).toBe(text)
    for (const line of lines) expect(fonts.widthOf(line, 'text', kit.style.body)).toBeLessThanOrEqual(40)
  })

  test('breaks Japanese and Chinese between characters, and begins no line with a full stop', () => {
    const text = 'これはさいごのたよりです。こころからありがとう。'
    const lines = wrap(kit, text, { width: 7 * kit.style.body })
    expect(lines.join('')).toBe(text)
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) expect(line).not.toMatch(/^[。、]/)
  })

  test('breaks an address where there is no space', () => {
    const address = `bc1p${'q'.repeat(120)}`
    const lines = wrap(kit, address, { width: 60, face: 'mono' })
    expect(lines.join('')).toBe(address)
    expect(lines.length).toBeGreaterThan(2)
  })

  test('keeps the line ends that a text has', () => {
    expect(wrap(kit, 'one\n\ntwo', { width: 100 })).toEqual(['one', '', 'two'])
  })
})

describe('numbered words', () => {
  const words = Array.from({ length: 24 }, (_, i) => `word${i + 1}`)
  const order = (reads: 'down' | 'across', columns?: number) =>
    wordGrid(kit, { words, reads, ...(columns === undefined ? {} : { columns }) })
      .draw({ x: 0, y: 0 })
      .flatMap((mark) => (mark.kind === 'text' && mark.text.startsWith('w') ? [mark] : []))
      .toSorted((a, b) => a.y - b.y || a.x - b.x)
      .slice(0, 4)
      .map(({ text }) => text)

  test('follow each other downwards, or across', () => {
    expect(order('down')).toEqual(['word1', 'word9', 'word17', 'word2'])
    expect(order('across', 4)).toEqual(['word1', 'word2', 'word3', 'word4'])
  })

  test('have fewer columns when a word is long', () => {
    const long = [...words.slice(1), 'a'.repeat(24)]
    expect(wordGrid(kit, { words: long }).height).toBeGreaterThan(wordGrid(kit, { words }).height)
  })

  test('are refused when a word is wider than the paper', () => {
    expect(codeOf(() => wordGrid(card, { words: ['a'.repeat(60)] }))).toBe('sheet-paper')
  })

  test.each([12, 13, 14, 16, 20, 24, 25, 33, 59])('of a phrase of %i stay on the page, alone', (count) => {
    const grid = wordGrid(kit, { words: Array.from({ length: count }, () => 'mushroom') })
    expect(faults(layOut(kit, { ...sheet, blocks: [grid] }))).toEqual([])
  })
})

describe('a code', () => {
  test('has the strongest correction that the room allows', () => {
    expect(fitQr('0'.repeat(96), 46)?.correction).toBe('high')
    expect(fitQr('x'.repeat(300), 30)?.correction).not.toBe('high')
    expect(fitQr('x'.repeat(2_000), 20)).toBeNull()
  })

  test('of more than the largest holds is refused', () => {
    expect(codeOf(() => makeQr('x'.repeat(3_000), 'high'))).toBe('sheet-too-large')
  })

  test('keeps its quiet zone free', () => {
    const qr = makeQr('hello', 'high')
    const drawing = layOut(kit, { ...sheet, blocks: [qrBlock(kit, { qr, side: 40, caption: 'A code' })] })
    expect(faults(drawing)).toEqual([])
  })
})

describe('pages', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => sentences(kit, `line ${i}`, { width: 100 }))

  test('take what fits, and are counted', () => {
    const drawing = layOut(kit, { ...sheet, blocks: lines(60) })
    expect(drawing.pages.length).toBeGreaterThan(1)
    expect(faults(drawing)).toEqual([])
    expect(texts(drawing).at(-1)).toBe(`1 / ${drawing.pages.length}`)
    expect(texts(drawing, 1)).toContain('A sheet')
  })

  test('are refused when there are more than may be, or a block is higher than one', () => {
    expect(codeOf(() => layOut(kit, { ...sheet, blocks: lines(60), maxPages: 1 }))).toBe('sheet-paper')
    expect(codeOf(() => layOut(kit, { ...sheet, blocks: [handLines(60, 100)] }))).toBe('sheet-paper')
  })

  test('of every piece of the kit have no fault', () => {
    const blocks = [
      titleBlock(kit, {
        title: 'A title that is so long that it takes two lines of the page',
        subtitle: 'A wallet',
      }),
      facts(kit, [
        { label: 'Fingerprint', value: '73c5da0a', face: 'mono' },
        { label: 'A label so long that no column has room for it, which takes some lines', value: 'short' },
        { label: 'To write', value: null },
      ]),
      handLines(3, kit.width),
    ]
    expect(faults(layOut(kit, { ...sheet, blocks }))).toEqual([])
  })

  test.each<[string, Mark, string]>([
    ['outside', { kind: 'text', x: 205, y: 20, size: 4, face: 'text', text: 'too far' }, 'outside'],
    ['across another', { kind: 'text', x: 24, y: 21, size: 4, face: 'text', text: 'across' }, 'overlap'],
  ])('with text %s are caught', (_, mark, fault) => {
    const first: Mark = { kind: 'text', x: 20, y: 20, size: 4, face: 'text', text: 'a line of text' }
    const [found] = faults({ ...sheet, size: { width: 210, height: 297 }, pages: [{ marks: [first, mark] }] })
    expect(found).toContain(fault)
  })
})
