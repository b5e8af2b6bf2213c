/** Parity words: what they bring back, and what they refuse. */
import { expect, it } from 'vitest'
import { beyond, within, withoutChecksum } from '../../packages/core/test/words/parity/figures.js'
import { figure, isShort } from './rows.js'

it('parity words', () =>
  figure('repair', async () => {
    const [twin] = beyond(2_000, [12], [2], withoutChecksum)
    expect(twin?.wrong).toBeGreaterThan(0)
    const broken = `without the checksum of the phrase: ${twin?.wrong} of ${twin?.tried} believed beyond capacity`
    return within(isShort ? 20_000 : 1_000_000).map(({ what, tried, right }) => {
      return { promise: `parity words: ${what}`, tried, held: right, twin: broken }
    })
  }))

/** With 4 parity words and 12 words one in 560,000 is believed, which a repair says: no promise, and no row. */
it('parity words beyond what they repair', () =>
  figure('repair', async () => {
    const rows = beyond(isShort ? 1_000 : 100_000, [12, 24], [6, 8])
    const tried = rows.reduce((sum, row) => sum + row.tried, 0)
    const wrong = rows.reduce((sum, row) => sum + row.wrong, 0)
    const promise = 'parity words: one wrong word more than 6 or 8 of them repair is refused'
    return [{ promise, tried, held: tried - wrong, twin: 'as above' }]
  }))
