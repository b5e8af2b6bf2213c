/** Every bit of a sealed object counts. */
import { it } from 'vitest'
import { sealFigures } from '../../packages/core/test/vault/seal.figures.js'
import { native } from '../../packages/node/src/primitives.js'
import { figure, isShort } from './rows.js'

it.runIf(!isShort)('every bit of a sealed object', () =>
  figure('bits', async () =>
    (await sealFigures(native)).map(({ what, tried, caught, twin }) => ({
      promise: `sealed object: ${what}`,
      tried,
      held: caught,
      twin: twin === null ? 'none' : `lets ${twin} through`,
    })),
  ),
)
