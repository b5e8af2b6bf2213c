/** docs/phrase-fix.md names the costs and bounds of the code, and has a measurement of each class of damage. */
import { readFileSync } from 'node:fs'
import { COSTS } from '@cairn/core/words/fix/layouts.js'
import { COSTS as SLIPS } from '@cairn/core/words/near/slips.js'
import { expect, test } from 'vitest'
import { DAMAGES } from './fix/damages.js'

const document = readFileSync(new URL('../../../../docs/phrase-fix.md', import.meta.url), 'utf8')
const rows = (mark: string) => document.split(`<!-- ${mark} -->\n`)[1]?.split(`<!-- /${mark} -->`)[0] ?? ''

test('the costs in docs/phrase-fix.md are those of the code', () => {
  const bits = rows('costs')
    .trim()
    .split('\n')
    .map((row) => Number(row.split('|')[2]))
  expect(SLIPS.leftOut).toBe(SLIPS.added)
  expect(SLIPS.leftOut).toBe(SLIPS.replaced)
  expect(COSTS.swapped).toBe(COSTS.moved)
  expect(bits).toEqual([
    SLIPS.doubled,
    SLIPS.looksAlike,
    SLIPS.soundsAlike,
    SLIPS.swapped,
    SLIPS.keyboard,
    SLIPS.leftOut,
    COSTS.misread,
    COSTS.anyWord,
    COSTS.garbled,
    COSTS.wrongWord,
    COSTS.wrongLast,
    COSTS.missing,
    COSTS.repeated,
    COSTS.extra,
    COSTS.swappedNeighbours,
    COSTS.swapped,
    COSTS.columns,
  ])
})

test('docs/phrase-fix.md measures every class of damage', () => {
  for (const damage of Object.keys(DAMAGES)) expect(rows('rates')).toContain(`| ${damage} | `)
})
