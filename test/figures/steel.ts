/**
 * Steel plates: slips of the punch are noticed by the check on the plate, and no photo is read as another phrase. How many
 * photos are read at all goes into docs/steel.md: it is measured, not promised. The photos are simulated.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SteelStyle } from '@cairn/core/sheets/steel/kinds.js'
import { afterAll, it } from 'vitest'
import {
  careless,
  LEVELS,
  type Level,
  type Photos,
  photosRead,
} from '../../packages/core/test/sheets/steel/photos.js'
import {
  anyWords,
  type Check,
  rowsOnly,
  slipsNoticed,
  swappedRows,
} from '../../packages/core/test/sheets/steel/slips.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const SLIPS = isShort ? 10_000 : 1_000_000
const PHOTOS = isShort ? 13 : 100
const DOCUMENT = fileURLToPath(new URL('../../docs/steel.md', import.meta.url))

/** A style, how many slips at once, and the same plates with a check that looks at less. */
const CHECKED: readonly (readonly [SteelStyle, 2 | 3, Check, string])[] = [
  ['binary', 3, rowsOnly, 'looks at rows only'],
  ['decimal', 3, rowsOnly, 'looks at rows only'],
  ['letters', 2, anyWords, 'takes any words'],
  ['seedqr', 2, () => false, 'reads nothing'],
]

it.each(CHECKED)('%s', (style, most, twin, name) =>
  figure('steel', async () => {
    const found = slipsNoticed(seeds(SLIPS), { style, most })
    const broken = `${name}: ${caught(slipsNoticed(seeds(1_000), { style, most }, twin))}`
    const swapped = swappedRows(seeds(isShort ? 2_000 : 20_000))
    const rows = `; rows swapped without a template, which only the checksum of 12 words tells: ${caught(swapped)}`
    const isDots = style === 'binary' || style === 'decimal'
    return [
      row(`${style}: a slip of the punch is noticed or put right`, found, `${broken}${isDots ? rows : ''}`),
    ]
  }),
)

const STYLES = ['binary', 'decimal', 'letters', 'seedqr'] as const
const NAMES = Object.keys(LEVELS) as readonly Level[]
const lines: string[] = []

it.each(STYLES)('photos of %s', (style) =>
  figure('steel', async () => {
    const cells: string[] = []
    let [tried, lost] = [0, [] as readonly string[]]
    for (const level of NAMES) {
      const read = photosRead(seeds(PHOTOS), of(style, level))
      cells.push(`${Math.round((100 * read.found) / read.tried)} %`)
      ;[tried, lost] = [tried + read.tried, [...lost, ...read.lost]]
    }
    lines.push(`| \`${style}\` | ${cells.join(' | ')} |\n`)
    const broken = caught(photosRead(seeds(5), of('binary', 'poor'), careless))
    return [
      row(
        `photos of ${style} plates, from scan to poor: none is read as another phrase`,
        { tried, lost },
        broken,
      ),
    ]
  }),
)

function of(style: SteelStyle, level: Level): Photos {
  return { style, size: style === 'seedqr' ? 'square' : 'card', words: 12, material: 'steel', level }
}

afterAll(() => {
  if (lines.length === 0) return
  const table = `<!-- photos -->\n${PHOTOS} simulated photos a cell${isShort ? ' (the short form)' : ''}.\n
| style | ${NAMES.join(' | ')} |
|---|${'---:|'.repeat(NAMES.length)}
${lines.join('')}<!-- /photos -->`
  const text = readFileSync(DOCUMENT, 'utf8')
  writeFileSync(
    DOCUMENT,
    text.replace(/<!-- photos -->[\s\S]*<!-- \/photos -->/, () => table),
  )
})
