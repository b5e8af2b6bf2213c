/**
 * Slips of the pen on sheets that are copied by hand: each must be shown by the check that stands on the same sheet. What
 * the bare checksum of a phrase lets through is counted beside, and is no promise. Slips of the punch are in `steel.ts`.
 */
import { stretch } from '@cairn/node/pbkdf2.js'
import { it } from 'vitest'
import { BARE_SHEETS, checkedSheets, slipsOf } from '../../packages/core/test/sheets/pen-slips.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const COUNT = isShort ? 2_000 : 1_000_000

let twins = ''

/** The same for every row, and made once. */
function bare(): string {
  if (twins === '')
    twins = BARE_SHEETS.map((sheet) => {
      const counted = caught(slipsOf(sheet, seeds(isShort ? 4_000 : 100_000)))
      return `${sheet.name} with ${sheet.check}: ${counted}`
    }).join('; ')
  return twins
}

it.each(checkedSheets({ stretch }))('$name, $check', (type) =>
  figure('slips', async () => {
    const found = slipsOf(type, seeds(COUNT))
    return [row(`${type.name}: a slip of the pen is shown by ${type.check}`, found, bare())]
  }),
)
