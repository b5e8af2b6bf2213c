/** Measures how much each correction stands at each size of module, and writes the table that the layout is chosen by. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { READERS } from '@cairn/node/sheets/read.js'
import { expect, it } from 'vitest'
import { CORRECTIONS, MARGINS, MODULES } from '../../packages/core/src/sheets/layout/margins.js'
import { stands } from '../../packages/core/test/sheets/measured-margins.js'
import { isShort } from './rows.js'

const COUNT = isShort ? 20 : 200
const TABLE = fileURLToPath(new URL('../../packages/core/src/sheets/layout/margins.ts', import.meta.url))

it('what codes stand, by correction and size of module', async () => {
  const lines: string[] = []
  for (const correction of CORRECTIONS) {
    const row: (number | null)[] = []
    for (const module of MODULES) {
      row.push(await stands({ correction, module }, READERS, COUNT))
      console.log(correction, module, row.at(-1))
    }
    lines.push(`  ${correction}: [${row.map(String).join(', ')}],\n`)
  }
  const text = readFileSync(TABLE, 'utf8')
  const of = `${COUNT} random codes a level`
  const table = `export const MARGINS: Margins = {\n${lines.join('')}}\n`
  expect(Object.keys(MARGINS).sort()).toEqual([...CORRECTIONS].sort())
  writeFileSync(
    TABLE,
    text
      .replace(/\d+ random codes a level/, of)
      .replace(/export const MARGINS: Margins = \{[^}]*\}\n/, () => table),
  )
})
