/**
 * How much damage sheets stand. The promise, of codes alone and of whole pages, goes into docs/figures.md; the found rate at
 * every level, of random SeedQR and shares on 46 mm at 300 dots an inch, into docs/sheets.md. One kind of damage at a time.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { READERS } from '@cairn/node/sheets/read.js'
import { expect, it } from 'vitest'
import { DAMAGES, type Damage } from '../../packages/core/src/sheets/margin.js'
import {
  damageNamed,
  type Levels,
  survey,
  surveyLevels,
} from '../../packages/core/test/sheets/damaged-codes.js'
import { surveySheets } from '../../packages/node/test/sheets/damaged-sheets.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const COUNT = isShort ? 20 : 1_000
const PAGES = isShort ? 2 : 1_000
const DOCUMENT = fileURLToPath(new URL('../../docs/sheets.md', import.meta.url))
const UNITS = { percent: ' %', degrees: '°', folds: '' } as const

const PROMISES = [
  ['stain', 15, 'stains on 15 % of its code'],
  ['tilt', 10, 'tilted by 10 degrees'],
] as const

it.each(PROMISES)('what is promised of codes: %s %i', (name, level, what) =>
  figure('sheets', async () => {
    const weak = { damage: damageNamed('stain'), level: 15, readers: READERS, correction: 'low' } as const
    const twin = `level L under stains: ${caught(await survey(seeds(10), weak))}`
    const tally = await survey(seeds(COUNT), { damage: damageNamed(name), level, readers: READERS })
    return [row(`a code of level H alone, ${what}: read`, tally, twin)]
  }),
)

it.each(PROMISES)('what is promised of sheets: %s %i', (name, level, what) =>
  figure('sheets', async () => {
    const tally = await surveySheets(seeds(PAGES), damageNamed(name), level)
    return [row(`a whole sheet of A4 at 300 dots an inch (24 words, or a share), ${what}: read`, tally)]
  }),
)

it('every level', async () => {
  const levels = await surveyLevels(seeds(COUNT), READERS)
  expect(levels.tried).toBeGreaterThan(0)
  const lines = DAMAGES.map((damage) => `| ${damage.name} | ${cellsOf(damage, levels)} |\n`)
  const table = `<!-- margin -->\n${levels.tried.toLocaleString('en-US')} random codes of level H a level${isShort ? ' (the short form)' : ''}.\n
| damage | found at each level |
|---|---|
${lines.join('')}<!-- /margin -->`
  const text = readFileSync(DOCUMENT, 'utf8')
  writeFileSync(
    DOCUMENT,
    text.replace(/<!-- margin -->[\s\S]*<!-- \/margin -->/, () => table),
  )
})

function cellsOf({ name, unit, levels }: Damage, { tried, found }: Levels): string {
  return levels
    .map((level) => {
      const count = found.get(`${name} ${level}`)
      const rate =
        count === undefined ? 'not counted' : `${((100 * count) / tried).toFixed(tried < 1000 ? 0 : 1)} %`
      return `${level}${UNITS[unit]}: ${rate}`
    })
    .join(', ')
}
