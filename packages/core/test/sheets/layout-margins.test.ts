import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Drawing, ModulesMark } from '../../src/sheets/drawing.js'
import {
  CORRECTIONS,
  type Correction,
  LEAST_STAINS,
  MARGINS,
  type Margins,
  MODULES,
  stainsStood,
} from '../../src/sheets/layout/margins.js'
import { fitQr, QUIET_ZONE } from '../../src/sheets/layout/qr.js'
import { PROMISED } from '../../src/sheets/margin.js'
import { phraseContent } from '../../src/sheets/phrase-content.js'
import { layOutPhrase } from '../../src/sheets/phrase-sheet.js'
import { formatsOf } from '../../src/sheets/read/qr-modules.js'
import { qrReader } from '../../src/sheets/read/qr-reader.js'
import { layOutShare, shareContent } from '../../src/sheets/share-sheet.js'
import { fromEntropy, LANGUAGES } from '../../src/words/bip39.js'
import { splitWith } from '../../src/words/shares.js'
import { stream } from '../draws.js'
import { fonts } from './fonts.js'
import { stands } from './measured-margins.js'

/** What is wrong with a table: it has a number a size; larger modules and stronger correction stand no less. */
function faultsOf(margins: Margins): readonly string[] {
  const at = (correction: Correction, i: number) => margins[correction][i] ?? -1
  return CORRECTIONS.flatMap((correction, row) => {
    const weaker = CORRECTIONS[row + 1]
    const short = margins[correction].length === MODULES.length ? [] : [`${correction}: not every size`]
    const sinks = MODULES.flatMap((size, i) =>
      i > 0 && at(correction, i) < at(correction, i - 1) ? [`${correction}: less at ${size}`] : [],
    )
    const beaten = MODULES.flatMap((size, i) =>
      weaker && at(correction, i) < at(weaker, i) ? [`${weaker}: more than ${correction} at ${size}`] : [],
    )
    return [...short, ...sinks, ...beaten]
  })
}

describe('the table of margins', () => {
  test('grows with the modules and with the correction', () => {
    expect(faultsOf(MARGINS)).toEqual([])
  })

  test('is found out when a number is missing, sinks, or is that of another correction', () => {
    expect(faultsOf({ ...MARGINS, high: MARGINS.high.slice(1) })).toContain('high: not every size')
    expect(faultsOf({ ...MARGINS, medium: [null, 0, 5, 0, 10, 10, 10, 10] })).toEqual(['medium: less at 0.4'])
    expect(faultsOf({ ...MARGINS, high: MARGINS.medium, medium: MARGINS.high })).toContain(
      'medium: more than quartile at 0.8',
    )
  })

  test('stands in docs/sheets.md as it is', () => {
    const document = readFileSync(new URL('../../../../docs/sheets.md', import.meta.url), 'utf8')
    expect(document).toContain(`| module, mm | ${MODULES.join(' | ')} |`)
    for (const [level, correction] of Object.entries({ H: 'high', Q: 'quartile', M: 'medium' } as const))
      expect(document).toContain(
        `| level ${level} | ${MARGINS[correction].map((n) => n ?? '–').join(' | ')} |`,
      )
  })

  test('is that of the smaller size between two, and none below the smallest', () => {
    expect(stainsStood('high', 0.449)).toBe(15)
    expect(stainsStood('high', 0.45)).toBe(20)
    expect(stainsStood('high', 9)).toBe(25)
    expect(stainsStood('high', 0.1)).toBe(-1)
  })

  test('says what is measured: one size by one reader, and blank paper stands nothing', async () => {
    const cell = { correction: 'high', module: 0.6 } as const
    const blind = { name: 'blind', read: () => [] }
    expect(await stands(cell, [blind], 1)).toBeNull()
    const least = (await stands({ ...cell, correction: 'medium' }, [qrReader], 2)) ?? -1
    expect(least).toBeGreaterThanOrEqual(stainsStood('medium', 0.6) - 5)
    expect((await stands(cell, [qrReader], 2)) ?? -1).toBeGreaterThanOrEqual(stainsStood('high', 0.6) - 5)
  })
})

const moduleOf = (text: string, side: number, margins = MARGINS) => {
  const qr = fitQr(text, side, { margins })
  return qr && { correction: qr.correction, module: side / (qr.rows.length + 2 * QUIET_ZONE) }
}

/** As `fitQr` draws it: what is told by the modules alone. */
function drawnIn({ pages }: Drawing): { readonly correction: string; readonly module: number } {
  const mark = pages[0]?.marks.find((each): each is ModulesMark => each.kind === 'modules')
  if (!mark) throw new Error('a sheet with a code')
  const size = mark.rows.length
  const [format] = formatsOf(mark.rows.flat(), size, new Uint8Array(size * size))
  return { correction: format?.correction ?? 'none', module: mark.side }
}

const A4 = { paper: 'a4', metrics: fonts } as const
const DATE = '2026-11-26'

const SHEETS: readonly (readonly [name: string, drawing: () => Drawing])[] = [
  ...LANGUAGES.flatMap((language) =>
    [16, 32].map(
      (bytes) =>
        [
          `a phrase of ${bytes} bytes, ${language}`,
          () => {
            const text = fromEntropy(stream(bytes).draw(bytes), language)
            const content = phraseContent(text, { date: DATE, kind: 'bip39', address: 'none' })
            return layOutPhrase(content, A4)
          },
        ] as const,
    ),
  ),
  ...(['slip39', 'sskr'] as const).flatMap((scheme) =>
    [16, 32].map(
      (bytes) =>
        [
          `a share of ${scheme}, ${bytes} bytes`,
          () => {
            const plan = { scheme, groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }
            const [[share = ''] = []] = splitWith(stream(1).draw(bytes), plan, stream(2).draw)
            return layOutShare(shareContent(share, 1, { date: DATE, holders: [] }), A4)
          },
        ] as const,
    ),
  ),
]

describe('the code', () => {
  test.each(SHEETS)('on the sheet of %s stands what is promised', (_, draw) => {
    const { correction, module } = drawnIn(draw())
    expect(stainsStood(correction as Correction, module)).toBeGreaterThanOrEqual(PROMISED.stain ?? 100)
  })
})

describe('the correction of a code', () => {
  test('is the one that stands the most, and of two that stand as many the one with larger modules', () => {
    for (const length of [48, 96, 150, 200, 240, 300, 400, 600]) {
      const text = 'x'.repeat(length)
      const chosen = moduleOf(text, 46)
      if (!chosen) continue
      const stood = stainsStood(chosen.correction, chosen.module)
      for (const correction of CORRECTIONS) {
        const only = { high: [], quartile: [], medium: [], [correction]: MARGINS[correction] }
        const other = moduleOf(text, 46, only)
        if (!other) continue
        const otherwise = stainsStood(correction, other.module)
        expect(otherwise).toBeLessThanOrEqual(stood)
        if (otherwise === stood) expect(other.module).toBeLessThanOrEqual(chosen.module)
      }
    }
  })

  test('follows the table: with the rows of two exchanged it is another one', () => {
    const turned = { ...MARGINS, high: MARGINS.medium, medium: MARGINS.high }
    expect(moduleOf('0'.repeat(96), 46)?.correction).toBe('high')
    expect(moduleOf('0'.repeat(96), 46, turned)?.correction).toBe('medium')
  })

  test('is none where the best stands less than it must', () => {
    const weak = { high: [], quartile: [], medium: MODULES.map(() => LEAST_STAINS - 1) }
    expect(moduleOf('0'.repeat(96), 46, weak)).toBeNull()
    expect(moduleOf('x'.repeat(2_000), 46)).toBeNull()
  })
})
