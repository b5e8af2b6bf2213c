import {
  arrange,
  codesOn,
  decodeSheets,
  encodePages,
  fitsSet,
  missingSheets,
  perSheetOf,
  sortPages,
} from '@cairn/core/sheets/paper.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusal } from '../../refusal.js'
import { subsets } from '../../subsets.js'
import { content } from './content.js'

const PAGE_BYTES = 60

/** The codes of each sheet. */
function printed(plain: Uint8Array, mayLose: number) {
  const { parity, perSheet, sheets } = arrange({ length: plain.length, pageBytes: PAGE_BYTES, mayLose })
  const codes = encodePages(plain, { pageBytes: PAGE_BYTES, parity })
  return Array.from({ length: sheets }, (_, i) =>
    codesOn(i + 1, perSheet).map((number) => codes[number - 1] as Uint8Array),
  )
}

describe('sheets of paper', () => {
  test('bring back the content from every choice of sheets that may be left, and from no smaller one', () => {
    for (const [length, mayLose] of [
      [1, 1],
      [100, 1],
      [400, 2],
      [700, 3],
    ] as const) {
      const plain = content(length)
      const sheets = printed(plain, mayLose)
      const needed = sheets.length - mayLose
      for (const left of subsets(sheets, needed)) expect(decodeSheets(left.flat()).content).toEqual(plain)
      for (const left of subsets(sheets, needed - 1)) {
        if (left.length === 0) continue
        const { code, details } = refusal(() => decodeSheets(left.flat()))
        expect(code).toBe('paper-short')
        const missing = sheets.flatMap((sheet, i) => (left.includes(sheet) ? [] : [i + 1]))
        expect(details).toMatchObject({ needed: '1 page', sheets: sheets.length })
        expect(numbersIn(details.missing as string)).toEqual(missing)
      }
    }
  })

  test('of any length and parity come back without any so many of them, and not without one more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_500 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.nat()),
        (length, mayLose, random) => {
          const plain = content(length)
          const sheets = printed(plain, mayLose)
          const order = [...sheets].map((sheet) => ({ sheet, at: random.next().value as number }))
          const shuffled = order.sort((a, b) => a.at - b.at).map(({ sheet }) => sheet)
          expect(decodeSheets(shuffled.slice(mayLose).flat()).content).toEqual(plain)
          const { data } = arrange({ length, pageBytes: PAGE_BYTES, mayLose })
          const less = shuffled.slice(mayLose + 1).flat()
          if (less.length > 0 && less.length < data)
            expect(refusal(() => decodeSheets(less)).code).toBe('paper-short')
        },
      ),
      { seed: 2026, numRuns: 15 },
    )
  })

  test('tell by the number of codes how many are on each', () => {
    for (let length = 1; length <= 140_000; length += 511)
      for (let mayLose = 0; mayLose <= 9; mayLose++) {
        const made = arrange({ length, pageBytes: 694, mayLose })
        expect(made.data + made.parity).toBe(made.sheets * made.perSheet)
        expect(made.parity).toBeGreaterThanOrEqual(mayLose * made.perSheet)
        if (fitsSet(made)) expect(perSheetOf(made)).toBe(made.perSheet)
      }
  })

  test('may lose a quarter of those that bear the content, and one at least, unless it is said', () => {
    const lost = (length: number) => {
      const { sheets, perSheet, data } = arrange({ length, pageBytes: 694 })
      return [sheets, sheets - Math.ceil(data / perSheet)]
    }
    expect([500, 20_000, 60_000, 120_000].map(lost)).toEqual([
      [2, 1],
      [8, 2],
      [10, 2],
      [20, 4],
    ])
  })

  test('of which some codes were not read are told from those that are missing', () => {
    const sheets = printed(content(400), 2)
    const state = sortPages([...(sheets[0] ?? []).slice(2), ...(sheets[2] ?? [])]).sets[0]
    expect(state && missingSheets(state)).toEqual({
      whole: [2, 4, 5, 6],
      partly: [{ sheet: 1, codes: [1, 2] }],
    })
  })

  test('that another program arranged are told by their codes', () => {
    const codes = encodePages(content(100), { pageBytes: PAGE_BYTES, parity: 2 })
    expect(perSheetOf({ data: codes.length - 2, parity: 2 })).toBeNull()
    expect(refusal(() => decodeSheets(codes.slice(0, 2))).code).toBe('paper-few')
  })
})

/** `1, 3-5` as its numbers. */
function numbersIn(list: string): readonly number[] {
  return list.split(', ').flatMap((run) => {
    const [first = 0, last = first] = run.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}
