import { describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import type { Drawing } from '../../src/sheets/drawing.js'
import { squareName } from '../../src/sheets/layout/zones.js'
import { readContent } from '../../src/sheets/read.js'
import { fixedModules, seedQrModules } from '../../src/sheets/seedqr.js'
import {
  blankSeedQr,
  layOutSeedQr,
  SEEDQR_WORDS,
  type SeedQrSheet,
  seedQrContent,
} from '../../src/sheets/seedqr-sheet.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { splitWith } from '../../src/words/shares.js'
import { stream } from '../draws.js'
import { SEEDQR_VECTORS } from '../fixtures/seedqr.js'
import { codeOf } from '../refusal.js'
import { fonts } from './fonts.js'
import { faults } from './marks.js'

const DATE = { date: '2026-11-26' }
const lay = (sheet: SeedQrSheet, paper: 'a4' | 'letter' = 'a4') =>
  layOutSeedQr(sheet, { paper, metrics: fonts })
const grids = ({ pages }: Drawing) =>
  pages.map(({ marks }) => marks.flatMap((mark) => (mark.kind === 'modules' ? [mark.rows] : [])))
const texts = ({ pages }: Drawing) =>
  pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))

function gridOf({ pages }: Drawing) {
  const grid = pages[0]?.marks.find(({ kind }) => kind === 'modules')
  return grid?.kind === 'modules' ? grid : expect.unreachable()
}

/** The numbers just beside the grid, from the top, and those just below it, from the left. */
function countsOn(drawing: Drawing): readonly [rows: readonly string[], columns: readonly string[]] {
  const { x: left, y: top, side, rows } = gridOf(drawing)
  const [right, bottom] = [left + rows.length * side, top + rows.length * side]
  const all = drawing.pages[0]?.marks.filter((mark) => mark.kind === 'text') ?? []
  const beside = all.filter(({ x, y }) => x > right && x < right + 2 && y > top && y < bottom)
  const below = all.filter(({ x, y }) => y > bottom && y < bottom + 4 && x > left && x < right)
  return [
    beside.toSorted((a, b) => a.y - b.y).map(({ text }) => text),
    below.toSorted((a, b) => a.x - b.x).map(({ text }) => text),
  ]
}

/** Which squares of the second page have ink at their centre. */
function printedOn(drawing: Drawing, modules: number): readonly (readonly boolean[])[] {
  const { x: left, y: top, side } = gridOf(drawing)
  const rects = drawing.pages[1]?.marks.filter((mark) => mark.kind === 'rect') ?? []
  const isInked = (x: number, y: number) =>
    rects.some((rect) => {
      const half = (rect.stroke ?? 0) / 2
      const isWithin = (by: number) =>
        x > rect.x - by && y > rect.y - by && x < rect.x + rect.width + by && y < rect.y + rect.height + by
      return isWithin(half) && !(half > 0 && isWithin(-half))
    })
  const places = Array.from({ length: modules }, (_, i) => (i + 0.5) * side)
  return places.map((y) => places.map((x) => isInked(left + x, top + y)))
}

/** The names of zones stand in the quiet zone, as on templates of SeedSigner: zbar and our readers read it (peers.test.ts). */
const strange = (drawing: Drawing) => faults(drawing).filter((fault) => !fault.includes('modules'))

describe('the sheet of a SeedQR', () => {
  test.each(SEEDQR_VECTORS.map(({ phrase }, i) => [i + 1, phrase] as const))(
    'has the code of vector %d on one page and an empty grid of its size on the next',
    (_, phrase) => {
      for (const compact of [true, false]) {
        const sheet = seedQrContent(phrase, { ...DATE, compact })
        for (const paper of ['a4', 'letter'] as const) {
          const drawing = lay(sheet, paper)
          expect(strange(drawing)).toEqual([])
          const modules = seedQrModules(phrase, { compact })
          expect(grids(drawing)).toEqual([[modules], []])
          expect(printedOn(drawing, modules.length)).toEqual(
            fixedModules(modules.length).map((row) => row.map((dark) => dark === true)),
          )
        }
        expect(readContent(sheet.filled?.code ?? utf8(''))).toMatchObject({ kind: 'seedqr', text: phrase })
      }
    },
  )

  test('names its zones, and counts the dark squares of each row and column', () => {
    const [{ phrase } = { phrase: '' }] = SEEDQR_VECTORS
    const drawing = lay(seedQrContent(phrase, { ...DATE, compact: false }))
    const said = texts(drawing)
    for (const name of ['A', 'F', '1', '6']) expect(said).toContain(name)
    const rows = seedQrModules(phrase, { compact: false })
    const columns = rows.map((_, x) => rows.map((row) => row[x]))
    const darkIn = (line: readonly unknown[]) => String(line.filter((dark) => dark).length)
    expect(countsOn(drawing)).toEqual([rows.map(darkIn), columns.map(darkIn)])
    expect(squareName({ row: 0, column: 28 }, 29)).toBe('A6 row 1 column 4')
    expect(squareName({ row: 13, column: 7 }, 21)).toBe('B2 row 7 column 1')
  })

  test('has no line within the patterns by which readers find it', () => {
    const drawing = lay(seedQrContent(fromEntropy(new Uint8Array(16)), { ...DATE, compact: true }))
    const marks = drawing.pages.flatMap((page) => page.marks)
    const grid = gridOf(drawing)
    const end = 7 * grid.side
    const within = marks.filter((mark) => {
      if (mark.kind !== 'line') return false
      const [x, y] = [(mark.from[0] + mark.to[0]) / 2 - grid.x, (mark.from[1] + mark.to[1]) / 2 - grid.y]
      return x > 0.1 && y > 0.1 && x < end - 0.1 && y < end - 0.1
    })
    expect(within).toEqual([])
  })

  test('alone is one page for every number of words, and says that it is blank', () => {
    for (const words of SEEDQR_WORDS)
      for (const compact of [true, false]) {
        const drawing = lay(blankSeedQr(words, { compact }), 'letter')
        expect(strange(drawing)).toEqual([])
        expect(drawing.pages.length).toBe(1)
        expect(drawing.title).toContain('blank')
      }
  })

  test('tells no fingerprint where a passphrase is not known', () => {
    const phrase = fromEntropy(new Uint8Array(16))
    const told = (content: object) =>
      seedQrContent(phrase, { ...DATE, compact: true, ...content }).filled?.fingerprint
    expect([told({}), told({ passphraseIs: 'used' }), told({ passphrase: 'TREZOR' })]).toEqual([
      '73c5da0a',
      null,
      'b4e3f5ed',
    ])
  })

  test('is refused for what is no English phrase, and on a card', () => {
    const [[share = ''] = []] = splitWith(
      stream(3).draw(16),
      { scheme: 'slip39', groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] },
      stream(4).draw,
    )
    const spanish = fromEntropy(new Uint8Array(16), 'spanish')
    for (const text of [share, spanish])
      expect(codeOf(() => seedQrContent(text, { ...DATE, compact: false }))).toBe('usage')
    expect(codeOf(() => seedQrContent('abandon '.repeat(12), { ...DATE, compact: false }))).toBe(
      'phrase-checksum',
    )
    const card = () => layOutSeedQr(blankSeedQr(12, { compact: true }), { paper: 'card', metrics: fonts })
    expect(codeOf(card)).toBe('sheet-paper')
  })
})
