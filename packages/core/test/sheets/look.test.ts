import { describe, expect, test } from 'vitest'
import type { Drawing, Mark, Paper } from '../../src/sheets/drawing.js'
import { HAIRLINE, kitFor } from '../../src/sheets/layout/kit.js'
import { layOut } from '../../src/sheets/layout/pages.js'
import { sentences } from '../../src/sheets/layout/text.js'
import { codeOf } from '../refusal.js'
import { EVERY } from './every-sheet.js'
import { fonts } from './fonts.js'
import { breaches } from './look.js'

/** Of grids the drawings have tests of their own. */
const RULED = EVERY.filter(({ isGrid }) => !isGrid)

describe('the look of every sheet', () => {
  test.each(RULED)('keeps the rules: $name', ({ draw, most = 1 }) => {
    for (const paper of ['a4', 'letter'] as const) {
      const drawing = draw(paper)
      expect(breaches(drawing)).toEqual([])
      expect(drawing.pages.length).toBeLessThanOrEqual(most)
    }
  })

  test.each(RULED.filter(({ card }) => card === undefined))('keeps them on a card: $name', ({ draw }) => {
    const drawing = draw('card')
    expect(breaches(drawing)).toEqual([])
    expect(drawing.pages).toHaveLength(1)
  })

  test.each(EVERY.filter(({ card }) => card === 'too small'))(
    'is not cramped onto a card: $name',
    ({ draw }) => {
      expect(codeOf(() => draw('card'))).toBe('sheet-paper')
    },
  )
})

describe('a sheet that breaks a rule is caught', () => {
  const text = { kind: 'text', x: 20, y: 100, size: 3.5, face: 'text', text: 'a line' } as const
  const line = (y: number, x = 20): Mark => ({ kind: 'line', from: [x, y], to: [190, y], stroke: HAIRLINE })

  /** A sheet with one line of text and these marks. */
  function twin(marks: readonly Mark[], paper: Paper = 'a4'): Drawing {
    const kit = kitFor(paper, fonts)
    const blocks = [sentences(kit, 'A sheet', { width: kit.width })]
    const drawing = layOut(kit, {
      title: 'A sheet',
      language: 'en',
      footer: 'A sheet',
      what: 'a sheet',
      blocks,
    })
    return { ...drawing, pages: drawing.pages.map((page) => ({ marks: [...page.marks, ...marks] })) }
  }

  test('and one that breaks none is not', () => {
    expect(breaches(twin([text, line(120), line(128)]))).toEqual([])
  })

  test.each<[string, readonly Mark[], string]>([
    ['text in the margin', [{ ...text, x: 8 }], '"a line" is in the margin'],
    ['a line that goes into the margin', [line(120, 5)], 'line is in the margin'],
    ['text across other text', [text, { ...text, y: 101 }], '"a line" and "a line" overlap'],
    ['small text', [{ ...text, size: 2.8 }], '"a line" is set in 2.8 mm'],
    ['grey text', [{ ...text, grey: 0.35 }], '"a line" is grey'],
    [
      'a thin line',
      [{ kind: 'rect', x: 20, y: 90, width: 9, height: 9, stroke: 0.08 }],
      'rect is thinner than a hairline',
    ],
    ['low lines to write on', [line(120), line(127)], 'a line to write on is 7.0 mm high'],
    ['a line near the footer', [line(273)], 'a line is near the footer'],
  ])('with %s', (_, marks, breach) => {
    expect(breaches(twin(marks))).toEqual([`page 1: ${breach}`])
  })
})
