import { decodePDFRawStream, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { present } from '../../../../../test/peers/peer.js'
import { askPoppler, greyPage, poppler } from '../../../../../test/peers/poppler.js'
import { faultsOfXml, xmllint } from '../../../../../test/peers/xmllint.js'
import { drawHtml } from '../../../src/sheets/draw/html.js'
import { drawPdf } from '../../../src/sheets/draw/pdf.js'
import { drawSvg } from '../../../src/sheets/draw/svg.js'
import type { Drawing, Face, Mark, TextMark } from '../../../src/sheets/drawing.js'
import { LISTS as BIP39 } from '../../../src/words/bip39/lists.js'
import { codeOf, codeOfRejection } from '../../refusal.js'
import { fonts } from '../fonts.js'

const LINES = ['Wallet “Näher”; Ελλάδα, Україна', 'bc1q0lI1', '가격 가끔', 'ぱんだ', '說話 说话'] as const

const words: readonly Mark[] = LINES.map((text, i) => ({
  kind: 'text',
  x: 20,
  y: 20 + 10 * i,
  size: 5,
  face: (['text', 'mono', 'strong', 'strong', 'strong'] as const)[i] ?? 'text',
  text,
}))

const drawing = (marks: readonly Mark[], more: Partial<Drawing> = {}): Drawing => ({
  size: { width: 210, height: 297 },
  title: 'A sheet',
  language: 'en',
  pages: [{ marks }],
  ...more,
})

const FACES: readonly Face[] = ['text', 'strong', 'mono']

/** Of points in a text. */
const mm = (points = ''): number => (Number(points) * 25.4) / 72

/** What a program of poppler says of a drawing as PDF. */
async function ask(program: Parameters<typeof askPoppler>[0], sheet: Drawing, ...args: string[]) {
  return askPoppler(program, await drawPdf(sheet, { fonts }), args)
}

const haveXmllint = await present(xmllint)

describe.runIf(await present(poppler))('a PDF of a drawing, as poppler has it,', () => {
  test('says its text, in every script', async () => {
    const text = await ask('pdftotext', drawing(words), '-')
    expect(text.normalize('NFC').split('\n').filter(Boolean).slice(0, LINES.length)).toEqual(LINES)
  })

  test('says whose letter it is where scripts share a shape', async () => {
    for (const lines of [
      ['AΑА', 'oοо', 'OΟО'],
      ['АΑA', 'оοo', 'ОΟO'],
    ]) {
      const marks = lines.map((text, i) => ({ ...(words[0] as TextMark), text, y: 20 + 10 * i }))
      expect((await ask('pdftotext', drawing(marks), '-')).split('\n').slice(0, 3)).toEqual(lines)
    }
  })

  test('sets text as wide as was measured, in every face and script', async () => {
    const marks = [
      'office',
      'AVAToYä',
      'příšerně',
      'Україна',
      'Ελλάδα',
      'あいこくしん',
      '가격',
      '說話',
      '说话',
    ].flatMap((text, i) =>
      FACES.map(
        (face, j) => ({ kind: 'text', x: 10 + 60 * j, y: 20 + 10 * i, size: 5, face, text }) as const,
      ),
    )
    const boxes = await ask('pdftotext', drawing(marks), '-bbox', '-')
    const found = [...boxes.matchAll(/<word xMin="([^"]+)" yMin="[^"]+" xMax="([^"]+)" yMax="[^"]+">(.*)</g)]
    expect(found).toHaveLength(marks.length)
    for (const [, from, to, text = ''] of found) {
      const mark = marks.find(
        ({ x, text: said }) => said === text.normalize('NFC') && Math.abs(x - mm(from)) < 0.01,
      )
      if (!mark) throw new Error(`nobody drew ${text} there`)
      expect(mm(to) - mm(from)).toBeCloseTo(fonts.widthOf(mark.text, mark.face, 5), 2)
    }
  })

  test('says more than a hundred characters of a font in blocks that every reader takes', async () => {
    const list = BIP39.chinese_simplified.slice(0, 250)
    const marks = Array.from({ length: 10 }, (_, i) => ({
      ...(words[0] as TextMark),
      y: 20 + 10 * i,
      text: list.slice(25 * i, 25 * i + 25).join(''),
    }))
    expect((await ask('pdftotext', drawing(marks), '-')).replace(/\s/g, '')).toBe(list.join(''))
    const file = await PDFDocument.load(await drawPdf(drawing(marks), { fonts }))
    const tables = file.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) => (object instanceof PDFRawStream ? [decodePDFRawStream(object).decode()] : []))
      .map((bytes) => Buffer.from(bytes).toString('latin1'))
      .filter((table) => table.includes('beginbfchar'))
    const blocks = tables.flatMap((table) => [...table.matchAll(/(\d+) beginbfchar\n(.*?)\nendbfchar/gs)])
    expect(blocks.map(([, count]) => Number(count))).toEqual([100, 100, 50])
    for (const [, count, entries] of blocks) expect(entries?.split('\n')).toHaveLength(Number(count))
  })

  test('has every font inside, as a subset that says its characters', async () => {
    const rows = (await ask('pdffonts', drawing(words))).split('\n').slice(2).filter(Boolean)
    expect(rows).toHaveLength(6) // the space between Korean words is of IBM Plex
    for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/)
  })

  test('is as large as the paper, asks to be printed so, and tells nothing of the machine', async () => {
    const info = await ask('pdfinfo', drawing(words))
    expect(info).toMatch(/Page size: +595.276 x 841.89 pts/)
    expect(info).toMatch(/Title: +A sheet/)
    expect(info).not.toMatch(/Producer|Creator|Date/)
    const bytes = await drawPdf(drawing(words), { fonts })
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/pdf-lib|cantoo/i)
  })

  test('is the same bytes for the same drawing, and bears a date only when it is given', async () => {
    const [first, second] = [
      await drawPdf(drawing(words), { fonts }),
      await drawPdf(drawing(words), { fonts }),
    ]
    expect(Buffer.compare(first, second)).toBe(0)
    const dated = await drawPdf(drawing(words), { fonts, date: new Date('2026-11-26T00:00:00Z') })
    const info = await askPoppler('pdfinfo', dated, ['-isodates'])
    expect(info).toMatch(/CreationDate: +2026-11-26T00:00:00Z/)
  })

  test('draws true to scale: a square of 50 mm is 50 mm', async () => {
    const square: Mark = {
      kind: 'modules',
      x: 30,
      y: 40,
      side: 25,
      rows: [
        [true, true],
        [true, true],
      ],
    }
    const file = await drawPdf(drawing([square]), { fonts })
    const { width, grey: pixels } = await greyPage(file, 254) // 10 pixels a mm
    const black = (x: number, y: number) => (pixels[y * width + x] ?? 0) < 128
    expect([black(305, 405), black(795, 895), black(295, 600), black(805, 600)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    const inside = pixels.filter((value) => value < 128).length
    expect(inside).toBeGreaterThan(500 * 500 - 1_100)
    expect(inside).toBeLessThan(500 * 500 + 1_100)
  })

  test('draws accents that are made of two outlines after another sheet was drawn', async () => {
    const accents = drawing([{ kind: 'text', x: 20, y: 20, size: 5, face: 'text', text: 'ěščřžýáíé' }])
    const before = drawSvg(accents, { fonts })
    await drawPdf(accents, { fonts })
    expect(drawSvg(accents, { fonts })).toBe(before)
  })
})

describe('an SVG of a drawing', () => {
  test('is sized in mm and needs no font', () => {
    const svg = drawSvg(drawing(words), { fonts })
    expect(svg).toMatch(/^<svg [^>]*width="210mm" height="297mm" viewBox="0 0 210 297"/)
    expect(svg).not.toMatch(/<text|font|href="(?!#)|<script|style=/)
  })

  test.runIf(haveXmllint)('is well formed whatever the names on it', async () => {
    const hostile = '</title><script>alert(1)</script> & "quoted" \'x\''
    const marks: readonly Mark[] = [{ kind: 'text', x: 1, y: 9, size: 3, face: 'text', text: hostile }]
    const sheet = drawing(marks, { title: hostile, language: 'en"><x' })
    for (const made of [drawSvg(sheet, { fonts }), drawSvg(sheet, { fonts, textLayer: 'over' })]) {
      expect(await faultsOfXml(made)).toBe('')
      expect(made).not.toMatch(/<script|<x/)
    }
    expect(drawHtml(sheet, { fonts })).not.toMatch(/<script|<x/)
  })

  test('draws neighbouring modules as one shape', () => {
    const rows = [
      [true, true, false],
      [true, false, false],
      [false, false, true],
    ]
    const svg = drawSvg(drawing([{ kind: 'modules', x: 0, y: 0, side: 1, rows }]), { fonts })
    const [, path = ''] = /<path d="(M[^"]*)" fill="#000"/.exec(svg) ?? []
    expect(path.match(/M/g)).toHaveLength(2)
  })
})

describe('an HTML file of a drawing', () => {
  test('has a page of paper each page, the text to select, and runs nothing', () => {
    const html = drawHtml(drawing(words, { pages: [{ marks: words }, { marks: words }] }), { fonts })
    expect(html.match(/<svg /g)).toHaveLength(2)
    for (const line of LINES) expect(html).toContain(`>${line}</text>`)
    expect(html).toContain(`default-src 'none'; style-src 'sha256-`)
    expect(html).not.toMatch(/<script|style=/)
    const names = [...html.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('every renderer', () => {
  const tooMany = drawing([], { pages: Array.from({ length: 1_001 }, () => ({ marks: [] })) })
  const tooWide = drawing([], { size: { width: 1e6, height: 1e6 } })
  const tooFine = drawing([{ kind: 'modules', x: 0, y: 0, side: 1, rows: Array(401).fill([]) }])
  const tooLong = drawing([{ kind: 'text', x: 0, y: 0, size: 1, face: 'text', text: 'x'.repeat(10_001) }])

  test.each([
    ['too many pages', tooMany],
    ['a page of a kilometre', tooWide],
    ['a code finer than any', tooFine],
    ['a line longer than any', tooLong],
  ])('refuses %s', async (_, sheet) => {
    expect(await codeOfRejection(() => drawPdf(sheet, { fonts }))).toBe('sheet-too-large')
    expect(codeOf(() => drawSvg(sheet, { fonts }))).toBe('sheet-too-large')
  })
})
