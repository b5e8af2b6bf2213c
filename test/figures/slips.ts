/**
 * Slips of the pen on sheets that are copied by hand: each must be shown by the check that stands on the sheet. What the
 * bare checksum of a phrase lets through is counted beside, and is no promise.
 */
import { stretch } from '@cairn/node/pbkdf2.js'
import { it } from 'vitest'
import { BARE_SHEETS, checkedSheets, slipsOf } from '../../packages/core/test/sheets/pen-slips.js'
import { figure, isShort } from './rows.js'

const COUNT = isShort ? 2_000 : 1_000_000

it.each(checkedSheets({ stretch }))('$name, $check', (type) =>
  figure('slips', async () => {
    const { tried, undetected } = slipsOf(type, COUNT)
    const bare = BARE_SHEETS.map((sheet) => ({ sheet, ...slipsOf(sheet, isShort ? 4_000 : 100_000) }))
    const twin = bare.map(
      (found) =>
        `${found.sheet.name} with ${found.sheet.check}: ${found.undetected} of ${found.tried} not shown`,
    )
    const promise = `${type.name}: a slip of the pen is shown by ${type.check}`
    return [{ promise, tried, held: tried - undetected, twin: twin.join('; ') }]
  }),
)
