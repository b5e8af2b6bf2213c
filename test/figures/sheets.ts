/**
 * How much damage the codes of sheets stand: random SeedQR and shares on 46 mm at 300 dots an inch, one kind of damage at
 * a level at a time. The promise goes into docs/figures.md, the found rate at every level into docs/sheets.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { READERS } from '@cairn/node/sheets/read.js'
import { afterAll, expect, it } from 'vitest'
import { DAMAGES } from '../../packages/core/src/sheets/margin.js'
import { damageNamed, survey } from '../../packages/core/test/sheets/damaged-codes.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const COUNT = isShort ? 20 : 1_000
const DOCUMENT = fileURLToPath(new URL('../../docs/sheets.md', import.meta.url))
const UNITS = { percent: ' %', degrees: '°', folds: '' } as const

/** What is promised of level H, and in the same harness a code with the least correction there is. */
const PROMISES = [
  ['stain', 15, 'stains on 15 % of a code of level H: read'],
  ['tilt', 10, 'a code of level H tilted by 10 degrees: read'],
] as const

it('what is promised', () =>
  figure('sheets', async () => {
    const twin = await survey(seeds(20), {
      damage: damageNamed('stain'),
      level: 15,
      readers: READERS,
      correction: 'low',
    })
    const broken = `level L under stains: ${caught(twin)}`
    const found = []
    for (const [name, level, promise] of PROMISES)
      found.push(
        row(
          promise,
          await survey(seeds(COUNT), { damage: damageNamed(name), level, readers: READERS }),
          broken,
        ),
      )
    return found
  }))

const lines: string[] = []

it.each(DAMAGES)('$name', async (damage) => {
  const cells: string[] = []
  for (const level of damage.levels) {
    const { tried, lost } = await survey(seeds(COUNT), { damage, level, readers: READERS })
    expect(tried).toBeGreaterThan(0)
    cells.push(
      `${level}${UNITS[damage.unit]}: ${(100 - (100 * lost.length) / tried).toFixed(tried < 1000 ? 0 : 1)} %`,
    )
  }
  lines.push(`| ${damage.name} | ${cells.join(', ')} |\n`)
})

afterAll(() => {
  const table = `<!-- margin -->\n${COUNT} random codes of level H a level${isShort ? ' (the short form)' : ''}.\n
| damage | found at each level |
|---|---|
${lines.join('')}<!-- /margin -->`
  const text = readFileSync(DOCUMENT, 'utf8')
  writeFileSync(
    DOCUMENT,
    text.replace(/<!-- margin -->[\s\S]*<!-- \/margin -->/, () => table),
  )
})
