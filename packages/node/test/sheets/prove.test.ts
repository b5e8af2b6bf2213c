import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { drawHtml } from '@cairn/core/sheets/draw/html.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Drawing, Mark, Paper } from '@cairn/core/sheets/drawing.js'
import { layOutPhrase } from '@cairn/core/sheets/phrase-sheet.js'
import { fromEntropy, type Language } from '@cairn/core/words/bip39.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { proveSheet } from '@cairn/node/sheets/prove.js'
import { publish } from '@cairn/node/sheets/publish.js'
import { describe, expect, test } from 'vitest'
import { codeOfRejection } from '../../../core/test/refusal.js'

const fonts = diskFonts()
type Render = (drawing: Drawing) => Promise<readonly Uint8Array[]>
const RENDERERS: Readonly<Record<'pdf' | 'svg' | 'html', Render>> = {
  pdf: async (drawing) => [await drawPdf(drawing, { fonts })],
  svg: async (drawing) => drawing.pages.map((_, page) => Buffer.from(drawSvg(drawing, { fonts, page }))),
  html: async (drawing) => [Buffer.from(drawHtml(drawing, { fonts }))],
}

function sheetOf(language: Language, tag: string, paper: Paper = 'card'): Sheet {
  const phrase = fromEntropy(
    new Uint8Array(16).map((_, i) => i * 37 + 5),
    language,
  )
  const drawing = layOutPhrase(
    {
      kind: 'BIP-39 phrase',
      words: phrase.normalize('NFC').split(/\s/),
      language: { tag, name: language },
      fingerprint: '1234abcd',
      address: { text: 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', of: "m/84'/0'/0'/0/0" },
      passphrase: 'none',
      date: '2026-11-26',
      qr: phrase,
    },
    { paper, metrics: fonts },
  )
  return { drawing, phrase }
}

interface Sheet {
  readonly drawing: Drawing
  readonly phrase: string
}

const { drawing, phrase } = sheetOf('english', 'en', 'a4')
const marks = drawing.pages[0]?.marks ?? []
const isText = (mark: Mark) => mark.kind === 'text'
const words = marks.filter(isText).filter(({ text }) => phrase.split(' ').includes(text))
const [first, second] = [words[2], words[3]]
if (!first || !second || first.text === second.text) throw new Error('two words to swap are needed')

const address = marks.filter(isText).find(({ text }) => text.startsWith('bc1q'))
const hairline = marks.find(({ kind }) => kind === 'line')
if (!address || !hairline) throw new Error('a long line and a hairline are needed')

/** The drawing with some marks drawn as others. */
const withMarks = (change: (mark: Mark) => Mark | readonly Mark[]): Drawing => ({
  ...drawing,
  pages: [{ marks: marks.flatMap(change) }],
})

const prove = (render: Render, drawn: Drawing, code = phrase) =>
  render(drawn).then((files) => proveSheet({ files, drawing, codes: [utf8(code)] }, fonts))

describe('the proof of a sheet', () => {
  test.each(Object.entries(RENDERERS))('passes a sheet as %s that is what was meant', async (_, render) => {
    await prove(render, drawing)
  })

  test('passes pages of other scripts', async () => {
    for (const [language, tag] of [
      ['japanese', 'ja'],
      ['chinese_traditional', 'zh-Hant'],
    ] as const) {
      const sheet = sheetOf(language, tag)
      const files = await RENDERERS.pdf(sheet.drawing)
      await proveSheet({ files, drawing: sheet.drawing, codes: [utf8(sheet.phrase)] }, fonts)
    }
  })

  const twins: readonly (readonly [string, Drawing])[] = [
    [
      'swaps two words',
      withMarks((mark) =>
        mark === first
          ? { ...mark, text: second.text }
          : mark === second
            ? { ...mark, text: first.text }
            : mark,
      ),
    ],
    [
      'puts two words in each other’s place',
      withMarks((mark) =>
        mark === first
          ? { ...mark, x: second.x, y: second.y }
          : mark === second
            ? { ...mark, x: first.x, y: first.y }
            : mark,
      ),
    ],
    ['loses a word', withMarks((mark) => (mark === first ? [] : mark))],
    [
      'drops a module',
      withMarks((mark) =>
        mark.kind === 'modules'
          ? {
              ...mark,
              rows: mark.rows.map((row, y) => row.map((black, x) => (x === 12 && y === 12 ? !black : black))),
            }
          : mark,
      ),
    ],
    [
      'adds a line',
      {
        ...drawing,
        pages: [
          {
            marks: [...marks, { kind: 'text', x: 30, y: 51, size: 3, face: 'text', text: 'seen by others' }],
          },
        ],
      },
    ],
    [
      'changes a letter of a long line',
      withMarks((mark) =>
        mark === address ? { ...mark, text: mark.text.replace('5l643l', '5l6431') } : mark,
      ),
    ],
    ['loses a hairline', withMarks((mark) => (mark === hairline ? [] : mark))],
    ['draws a page that is smaller', { ...drawing, size: { width: 83, height: 52.3 } }],
    ['adds a page', { ...drawing, pages: [...drawing.pages, { marks: [] }] }],
    ['loses the page', { ...drawing, pages: [] }],
  ]

  test.each(twins)('catches a renderer that %s', async (_, broken) => {
    for (const [name, render] of Object.entries(RENDERERS))
      expect(await codeOfRejection(() => prove(render, broken)), name).toBe('sheet-unproven')
  })

  test('catches a code that says something else', async () => {
    expect(await codeOfRejection(() => prove(RENDERERS.pdf, drawing, 'something else'))).toBe(
      'sheet-unproven',
    )
  })
})

describe('a proven sheet', () => {
  test('becomes a file of its owner, and never takes the place of another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cairn-publish-'))
    try {
      const path = join(folder, 'sheet.pdf')
      await publish(path, utf8('a sheet'))
      expect(await readFile(path, 'utf8')).toBe('a sheet')
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      await writeFile(join(folder, 'mine'), 'mine')
      await expect(publish(join(folder, 'mine'), utf8('a sheet'))).rejects.toThrow(/EEXIST/)
      expect(await readFile(join(folder, 'mine'), 'utf8')).toBe('mine')
      await expect(publish(join(folder, 'no/where'), utf8('a sheet'))).rejects.toThrow(/ENOENT/)
      expect(readdirSync(folder).sort()).toEqual(['mine', 'sheet.pdf'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('leaves no draft behind when the process is told to end meanwhile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cairn-publish-'))
    try {
      const program = `
        import { readdirSync } from 'node:fs'
        import { publish } from '@cairn/node/sheets/publish.js'
        void publish('${join(folder, 'sheet.pdf')}', new Uint8Array(64 * 1024 * 1024))
        const look = () => {
          const [name] = readdirSync('${folder}')
          if (name === undefined) setImmediate(look)
          else process.exit(name.startsWith('.sheet.pdf.') ? 130 : 1)
        }
        look()`
      const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program])
      expect(status).toBe(130)
      expect(readdirSync(folder)).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
