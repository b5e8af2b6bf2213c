import { readFileSync } from 'node:fs'
import { holds, oddOnes, withChecks } from '@cairn/core/sheets/steel/check.js'
import { formatSteelWords, parseSteelWords, WORD_COUNTS } from '@cairn/core/sheets/steel/content.js'
import { DOT_COLUMNS, decodeDots, encodeDots } from '@cairn/core/sheets/steel/dots.js'
import {
  decodeMark,
  encodeMark,
  everyKind,
  platesOf,
  STEEL_SIZES,
  STEEL_STYLES,
  spanOf,
} from '@cairn/core/sheets/steel/kinds.js'
import { drawPlate } from '@cairn/core/sheets/steel/layout.js'
import { stampableLists, wordOfLetters } from '@cairn/core/sheets/steel/letters.js'
import { gridOf } from '@cairn/core/sheets/steel/places.js'
import { blankPlates, makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { formatPunchList, punchList } from '@cairn/core/sheets/steel/punches.js'
import { LANGUAGES } from '@cairn/core/words/bip39/lists.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { formatShare } from '@cairn/core/words/slip39/share.js'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../refusal.js'
import { anyWords, rowsOnly, slipsNoticed } from './slips.js'

const PHRASE = 'forum undo fragile fade shy sign arrest garment culture tube off merit'
const SHARE = formatShare({
  ...{ identifier: 7, extendable: true, iterationExponent: 1, groupIndex: 0, groupThreshold: 1 },
  ...{ groupCount: 1, memberIndex: 0, memberThreshold: 2, value: new Uint8Array(16).fill(9) },
})
const SEEDS = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('the number of a word in dots', () => {
  test('comes back for all of them, in both styles', () => {
    for (const style of ['binary', 'decimal'] as const)
      for (let number = 1; number <= 2048; number++)
        expect(decodeDots(encodeDots(number, style), style)).toBe(number)
  })

  test('is the sum of its columns: Tinyseed and Stackbit have the same', () => {
    const columns = (number: number, style: 'binary' | 'decimal') =>
      DOT_COLUMNS[style].filter((_, i) => encodeDots(number, style)[i])
    // Krux, tiny_seed.py and stack_1248.py: the place in the list plus one, in twelve bits or as four digits.
    expect(columns(1, 'binary')).toEqual([1])
    expect(columns(2048, 'binary')).toEqual([2048])
    expect(columns(1539, 'binary')).toEqual([1024, 512, 2, 1])
    expect(columns(1539, 'decimal')).toEqual([1000, 100, 400, 10, 20, 1, 8])
    expect(columns(2048, 'decimal')).toEqual([2000, 40, 8])
  })

  test('is refused for rows that are no number', () => {
    expect(
      decodeDots(
        encodeDots(1, 'binary').map(() => false),
        'binary',
      ),
    ).toBeNull()
    expect(
      decodeDots(
        encodeDots(1, 'binary').map(() => true),
        'binary',
      ),
    ).toBeNull()
    const ten = DOT_COLUMNS.decimal.map((value) => value === 2 || value === 8)
    expect(decodeDots(ten, 'decimal')).toBeNull()
  })
})

describe('the check row', () => {
  test('makes every row and column even', () => {
    const rows = withChecks([
      [true, false, true],
      [true, true, true],
    ])
    expect(rows).toEqual([
      [true, false, true, false],
      [true, true, true, true],
      [false, true, false, true],
    ])
    expect(holds(oddOnes(rows))).toBe(true)
  })

  test('shows where a slip is', () => {
    const [plate] = makePlates(parseSteelWords(PHRASE), { style: 'binary', size: 'card' })
    const holes = (plate?.holes ?? []).map((row, y) =>
      row.map((hole, x) => (y === 4 && x === 7 ? !hole : hole)),
    )
    expect(oddOnes(holes)).toEqual({ rows: [4], columns: [7] })
  })

  test.each(['binary', 'decimal'] as const)('notices one, two and three slips of %s dots', (style) => {
    expect(slipsNoticed(SEEDS(3_000), { style, most: 3 }).lost).toEqual([])
  })

  test('notices one and two slips of letters, and puts them right in a SeedQR', () => {
    expect(slipsNoticed(SEEDS(600), { style: 'letters', most: 2 }).lost).toEqual([])
    expect(slipsNoticed(SEEDS(60), { style: 'seedqr', most: 2 }).lost).toEqual([])
  })

  test('is caught when it is not looked at', () => {
    expect(slipsNoticed(SEEDS(500), { style: 'binary', most: 2 }, rowsOnly).lost.length).toBeGreaterThan(0)
    expect(slipsNoticed(SEEDS(500), { style: 'letters', most: 2 }, anyWords).lost.length).toBeGreaterThan(0)
  })
})

describe('plates', () => {
  test('say on themselves what they are', () => {
    for (const size of ['card', 'square'] as const) {
      const kinds = everyKind(size)
      for (const kind of kinds) expect(decodeMark(encodeMark(kind), size)).toEqual(kind)
      expect(new Set(kinds.map(({ list }) => list)).size).toBe(LANGUAGES.length + 1)
      expect(new Set(kinds.map((kind) => encodeMark(kind).map(Number).join(''))).size).toBe(kinds.length)
    }
    const [plate] = blankPlates(12, { style: 'binary', size: 'card' })
    const mark = encodeMark(plate as NonNullable<typeof plate>)
    expect(
      decodeMark(
        mark.map((bit, i) => (i === 3 ? !bit : bit)),
        'card',
      ),
    ).toBeNull()
  })

  test('are as many as the words need', () => {
    const spans = (words: (typeof WORD_COUNTS)[number], style: 'binary' | 'letters') =>
      platesOf({
        style,
        size: 'card',
        words,
        compact: false,
        list: words === 20 || words === 33 ? 'slip39' : 'english',
      }).map((kind) => Object.values(spanOf(kind)))
    expect(spans(12, 'binary')).toEqual([[1, 12]])
    expect(spans(24, 'binary')).toEqual([
      [1, 12],
      [13, 24],
    ])
    expect(spans(33, 'binary')).toEqual([
      [1, 11],
      [12, 22],
      [23, 33],
    ])
    expect(spans(24, 'letters')).toEqual([
      [1, 13],
      [14, 26],
    ])
    expect(spans(20, 'letters')).toEqual([
      [1, 10],
      [11, 20],
    ])
  })

  test('have everything within their edges, and holes apart from each other', () => {
    for (const style of STEEL_STYLES)
      for (const size of ['card', 'square'] as const)
        for (const words of WORD_COUNTS) {
          if (style === 'seedqr' && (words === 20 || words === 33)) continue
          for (const plate of blankPlates(words, { style, size })) {
            const { width, height } = STEEL_SIZES[size]
            for (const mark of drawPlate(plate)) {
              const at =
                mark.kind === 'line'
                  ? mark.to
                  : [mark.kind === 'modules' ? 0 : mark.x, mark.kind === 'modules' ? 0 : mark.y]
              expect((at[0] as number) > 0 && (at[0] as number) < width).toBe(true)
              expect((at[1] as number) > 0 && (at[1] as number) < height).toBe(true)
            }
            if (style === 'letters') continue
            const { xs, ys, radius } = gridOf(plate)
            for (const line of [xs, ys])
              for (const [i, place] of line.slice(1).entries())
                expect(place - (line[i] as number)).toBeGreaterThan(2 * radius)
          }
        }
  })

  test('have the words of their key as fonts draw them, of every list', () => {
    for (const list of LANGUAGES)
      for (const style of ['binary', 'decimal'] as const)
        for (const mark of drawPlate(blankPlates(12, { style, size: 'card', list })[0] as Plate))
          if (mark.kind === 'text') expect(mark.text).toBe(mark.text.normalize('NFC'))
  })

  test('are refused for what does not go onto them', () => {
    const japanese = parseSteelWords(fromEntropy(new Uint8Array(16).fill(3), 'japanese'))
    const letters = { style: 'letters', size: 'card' } as const
    expect(codeOf(() => makePlates(japanese, letters))).toBe('steel-letters')
    expect(codeOf(() => blankPlates(12, { ...letters, list: 'korean' }))).toBe('steel-letters')
    expect(codeOf(() => makePlates(japanese, { style: 'seedqr', size: 'card' }))).toBe('usage')
    expect(codeOf(() => makePlates(parseSteelWords(SHARE), { style: 'seedqr', size: 'card' }))).toBe('usage')
    expect(codeOf(() => blankPlates(13, letters))).toBe('usage')
    expect(codeOf(() => parseSteelWords(PHRASE.replace('merit', 'abandon')))).toBe('phrase-checksum')
    // Electrum's test_mnemonic.py: valid there, and no BIP-39 phrase
    const electrum = 'wild father tree among universe such mobile favorite target dynamic credit identify'
    expect(codeOf(() => parseSteelWords(electrum))).toBe('usage')
    expect(codeOf(() => blankPlates(12, { style: 'seedqr', size: 'card', list: 'spanish' }))).toBe('usage')
    expect(makePlates(japanese, { style: 'decimal', size: 'card' })[0]?.list).toBe('japanese')
  })
})

describe('letters', () => {
  test('tell the words of these lists apart', () => {
    expect(stampableLists()).toEqual([
      ...['english', 'spanish', 'french', 'italian', 'portuguese', 'czech'],
      'slip39',
    ])
    expect(wordOfLetters('FORU', 'english')).toBe('forum')
    expect(wordOfLetters('FOR', 'english')).toBeNull()
    expect(wordOfLetters('SHY', 'english')).toBe('shy')
  })

  test('end with two check words, but for a share', () => {
    const [plate] = makePlates(parseSteelWords(PHRASE), { style: 'letters', size: 'card' })
    expect(plate?.letters).toEqual(
      'FORU UNDO FRAG FADE SHY SIGN ARRE GARM CULT TUBE OFF MERI DECA BULL'.split(' '),
    )
    const share = parseSteelWords(SHARE)
    expect(formatSteelWords(share)).toBe(SHARE)
    expect(makePlates(share, { style: 'letters', size: 'square' })[0]?.letters).toHaveLength(20)
  })
})

describe('the list of punches', () => {
  test('goes row by row, with the number of each', () => {
    const [plate] = makePlates(parseSteelWords(PHRASE), { style: 'binary', size: 'card' })
    const list = punchList(plate as NonNullable<typeof plate>)
    expect(list.rows[0]).toEqual({
      row: '1',
      punches: ['512', '128', '64', '16', '8', '4', '2', 'check'],
      columns: [3, 5, 6, 8, 9, 10, 11, 13],
      count: 8,
    })
    expect(list.rows.every(({ count }) => count % 2 === 0)).toBe(true)
    expect([list.rows.length, list.total]).toEqual([13, 76])
    expect(formatPunchList(list).slice(0, 5)).toEqual([
      'plate 1 of 1: binary, card, 85.6 x 53.98 mm',
      'corners: the five big marks, ten blows each or a drill of 3 mm',
      'mark: punch places 8 of the 12 small ones in the top line',
      '    1:  8  512 128 64 16 8 4 2 check',
      '    2:  6  1024 512 256 64 32 8',
    ])
  })

  test('names runs of squares of a SeedQR', () => {
    const [plate] = makePlates(parseSteelWords(PHRASE), { style: 'seedqr', size: 'card' })
    expect(formatPunchList(punchList(plate as NonNullable<typeof plate>))[3]).toBe(' 1: 16  1-7 10 13 19-25')
  })
})

describe('docs/steel.md', () => {
  const doc = readFileSync(new URL('../../../../../docs/steel.md', import.meta.url), 'utf8')

  test.each(STEEL_STYLES)('has how many plates a phrase takes as %s', (style) => {
    const [card, square] = (['card', 'square'] as const).map((size) =>
      [12, 24].map((words) => blankPlates(words, { style, size }).length).join(' / '),
    )
    const row = doc.split('\n').find((line) => line.startsWith(`| \`${style}\` |`))
    expect(row).toMatch(new RegExp(`\\| ${card} \\| ${square} \\|$`))
  })

  test('has the columns of dots, and how wide a square of a SeedQR is on a card', () => {
    for (const style of ['binary', 'decimal'] as const)
      expect(doc.replaceAll(',', '')).toContain(`| ${style} | ${DOT_COLUMNS[style].join(' ')} |`)
    const widths = ([12, 24] as const).flatMap((words) =>
      [true, false].map((compact) => {
        const [first, second] = gridOf({
          style: 'seedqr',
          size: 'card',
          words,
          compact,
          list: 'english',
          number: 1,
        }).xs
        return (second as number) - (first as number)
      }),
    )
    const [least, most] = [Math.min(...widths).toFixed(1), Math.max(...widths).toFixed(1)]
    expect(doc).toContain(`On a card a square is ${least} to ${most} mm wide`)
  })
})
