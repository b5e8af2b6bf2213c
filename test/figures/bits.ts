/** Every bit of a sealed object counts, at rest and on its way. */
import { it } from 'vitest'
import { sealFigures } from '../../packages/core/test/vault/seal.figures.js'
import { native } from '../../packages/node/src/primitives.js'
import { flipsOnTheWay } from '../../packages/node/test/vault/on-the-way.js'
import { caught, figure, isShort, row } from './rows.js'

const PLACES = {
  memory: 'in memory before it was hashed: refused as damaged',
  way: 'on the way to the store: refused as a lie of the store',
} as const

it.each(Object.keys(PLACES) as (keyof typeof PLACES)[])(
  'bits flipped between sealing and the store: %s',
  (where) =>
    figure('bits', async () => {
      const tally = await flipsOnTheWay({ where, every: isShort ? 17 : 1 })
      const twin = caught(await flipsOnTheWay({ where, every: 101, twin: 'trusting' }))
      const promise = `${isShort ? 'every 17th' : 'every'} bit of an object of 10 KiB, flipped ${PLACES[where]}, before anything counts as saved`
      return [row(promise, tally, `trusts what comes back: ${twin}`)]
    }),
)

it.runIf(!isShort)('every bit of a sealed object', () =>
  figure('bits', async () =>
    (await sealFigures(native)).map(({ what, tried, caught, twin }) => ({
      promise: `sealed object of 10 KiB: ${what}, 0 bytes of plaintext released`,
      tried,
      held: caught,
      twin: twin === null ? 'none' : `lets ${twin} through`,
    })),
  ),
)
