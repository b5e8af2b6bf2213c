import { utf8 } from '@cairn/core/bytes.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import type { Mark, TextMark } from '@cairn/core/sheets/drawing.js'
import { kitFor } from '@cairn/core/sheets/layout/kit.js'
import { layOutSnapshot } from '@cairn/core/sheets/layout/snapshot.js'
import { arrange, encodePages, formatPage, sortPages } from '@cairn/core/sheets/paper.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { diskFonts } from '../../src/sheets/fonts.js'
import { readScans } from '../../src/sheets/paper-scans.js'
import type { PictureFile } from '../../src/sheets/picture.js'
import { proveSnapshot } from '../../src/sheets/print-snapshot.js'

const PAGE_BYTES = 120

/** A print of some bytes, as its codes, its drawing and its PDF. */
async function printed(content: Uint8Array) {
  const arrangement = arrange({ length: content.length, pageBytes: PAGE_BYTES })
  const pages = encodePages(content, { pageBytes: PAGE_BYTES, parity: arrangement.parity })
  const codes = pages.map(formatPage)
  const print = sortPages(pages).sets[0]?.set.id ?? ''
  const drawing = layOutSnapshot(kitFor('letter', diskFonts()), {
    ...{ vault: '0000-1111-2222-3333-4444', print, arrangement, codes, wallets: 1 },
    ...{ snapshots: [{ seq: 1, date: '2026-01-01' }], date: '2026-01-02', policy: ['Two of three open it.'] },
  })
  const bytes = await drawPdf(drawing, { fonts: diskFonts() })
  return { print, codes, drawing, content, bytes, name: `${print}.pdf` }
}

const asText = (codes: readonly string[], name = 'codes.txt'): PictureFile => ({
  name,
  bytes: utf8(codes.map((code) => `QR-Code:${code}\r\n`).join('')),
})

describe('scans of a vault on paper', () => {
  let one: Awaited<ReturnType<typeof printed>>
  let other: Awaited<ReturnType<typeof printed>>
  beforeAll(async () => {
    one = await printed(Uint8Array.from({ length: 700 }, (_, i) => (i * 31 + 7) % 256))
    other = await printed(utf8('another vault, on one page'))
  })

  it('are read from a PDF, with the pages of instructions in it', async () => {
    const { content, state, without } = await readScans([one])
    expect(content).toEqual(one.content)
    expect(state.missing).toEqual([])
    expect(without).toEqual([])
  })

  it('are read from texts of codes too, and from both together', async () => {
    const half = asText([...one.codes.slice(6), 'https://example.com'])
    expect((await readScans([half])).content).toEqual(one.content)
    expect((await readScans([half, asText(['no code of ours'], 'x.txt')])).without).toEqual(['x.txt'])
  })

  it('of two prints are refused with the prints named, and read when it is said which', async () => {
    await expect(readScans([one, other])).rejects.toMatchObject({ code: 'paper-mixed' })
    expect((await readScans([one, other], { only: other.print })).content).toEqual(other.content)
  })

  it('of too few pages say which are missing, and which in part', async () => {
    const few = asText(one.codes.slice(0, 2))
    await expect(readScans([few])).rejects.toMatchObject({
      code: 'paper-short',
      details: { missing: '2-3, 1 (its codes 3-6)' },
    })
  })

  it('are proven by both readers, and a drawing that lacks a code or has a wrong one is not', async () => {
    await proveSnapshot(one.bytes, one)
    const altered = { ...one, codes: [...one.codes.slice(1), other.codes[0] ?? ''] }
    await expect(proveSnapshot(one.bytes, altered)).rejects.toMatchObject({ code: 'sheet-unproven' })
  })

  it.each<[string, (mark: TextMark) => readonly Mark[]]>([
    ['another number of pages', (mark) => [{ ...mark, text: mark.text.replace('1 to 3', '1 to 8') }]],
    [
      'a step of the instructions less',
      (mark) => (mark.text.startsWith('cairn restore --from-paper') ? [] : [mark]),
    ],
    [
      'another line of the program to type',
      (mark) => [{ ...mark, text: mark.text.replace('sha256', 'sha255') }],
    ],
    ['another number below a code', (mark) => [{ ...mark, text: mark.text.replace(/^5$/, '6') }]],
  ])('with %s are not proven, although every code is read', async (_, change) => {
    const pages = one.drawing.pages.map(({ marks }) => ({
      marks: marks.flatMap((mark) => (mark.kind === 'text' ? change(mark) : [mark])),
    }))
    expect(pages).not.toEqual(one.drawing.pages)
    const bytes = await drawPdf({ ...one.drawing, pages }, { fonts: diskFonts() })
    await expect(proveSnapshot(bytes, one)).rejects.toMatchObject({ code: 'sheet-unproven' })
  })
})
