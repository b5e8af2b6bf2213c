import { LONG, SHORT } from '@cairn/core/words/codex32/code.js'
import { invert, multiply, multiply32, power, solve } from '@cairn/core/words/codex32/field.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** BIP-93, section "Recovering Secret". */
const BECH32_INV = [
  0, 1, 20, 24, 10, 8, 12, 29, 5, 11, 4, 9, 6, 28, 26, 31, 22, 18, 17, 23, 2, 25, 16, 19, 3, 21, 14, 30, 13,
  7, 27, 15,
]
const elements = fc.nat(1023)

describe('the fields of codex32', () => {
  test('have the inverses of the BIP', () => {
    expect(BECH32_INV.map((_, a) => invert(a))).toEqual(BECH32_INV)
    for (let a = 1; a < 1024; a++) expect(multiply(a, invert(a))).toBe(1)
  })

  test('are fields, one in the other', () => {
    fc.assert(
      fc.property(elements, elements, elements, (a, b, c) => {
        expect(multiply(a, b)).toBe(multiply(b, a))
        expect(multiply(a, multiply(b, c))).toBe(multiply(multiply(a, b), c))
        expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c))
        expect(multiply(a & 31, b & 31)).toBe(multiply32(a & 31, b & 31))
      }),
      { seed: 32, numRuns: 500 },
    )
  })

  test('have the roots of the codes, of the orders that the BIP names', () => {
    const order = (a: number) => Array.from({ length: 1023 }, (_, i) => i + 1).find((n) => power(a, n) === 1)
    expect([order(SHORT.root), order(LONG.root)]).toEqual([93, 1023])
    const roots = (code: typeof SHORT, most: number) =>
      Array.from({ length: most }, (_, i) => i).filter((i) => {
        const x = power(code.root, i)
        return [1, ...code.generator].reduce((sum, term) => multiply(sum, x) ^ term, 0) === 0
      })
    expect(roots(SHORT, 93)).toEqual([17, 20, 46, 49, 52, 77, 78, 79, 80, 81, 82, 83, 84])
    expect(roots(LONG, 1023)).toEqual([0, 1, 2, 3, 32, 64, 96, 895, 927, 959, 991, 1019, 1020, 1021, 1022])
  })
})

describe('linear equations', () => {
  test('have the one solution that they were made of', () => {
    const square = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.record({
        rows: fc.array(fc.array(elements, { minLength: n, maxLength: n }), {
          minLength: n,
          maxLength: n + 3,
        }),
        x: fc.array(elements, { minLength: n, maxLength: n }),
      }),
    )
    const apply = (row: readonly number[], x: readonly number[]) =>
      row.reduce((sum, factor, i) => sum ^ multiply(factor, x[i] as number), 0)
    let solved = 0
    fc.assert(
      fc.property(square, ({ rows, x }) => {
        const found = solve(
          rows,
          rows.map((row) => apply(row, x)),
        )
        expect([x, null]).toContainEqual(found)
        solved += found ? 1 : 0
      }),
      { seed: 6, numRuns: 300 },
    )
    // One matrix in 1,024 has none.
    expect(solved).toBeGreaterThan(290)
  })

  test('have none, or more than one, and then no answer', () => {
    expect(solve([[1], [1]], [5, 5])).toEqual([5])
    expect(solve([[1], [1]], [5, 6])).toBeNull()
    expect(solve([[1, 1]], [5])).toBeNull()
    expect(
      solve(
        [
          [1, 2],
          [1, 2],
        ],
        [5, 5],
      ),
    ).toBeNull()
    expect(solve([[], []], [0, 0])).toEqual([])
    expect(solve([[], []], [0, 1])).toBeNull()
  })
})
