/** Damaged copies: every set of survivors of five stores. */
import { it } from 'vitest'
import { copyUnseen, restoreFromFirst, survivors } from '../../packages/node/test/vault/healing.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

it('survivors', () =>
  figure('survivors', async () => {
    const tally = await survivors({ seeds: seeds(isShort ? 20 : 1_000) })
    const first = caught(await survivors({ seeds: seeds(1), restorer: restoreFromFirst }))
    const unseen = caught(await survivors({ seeds: seeds(1), healer: copyUnseen }))
    const promise =
      'every set of survivors of five stores, the others damaged at random: restores, and heals all five'
    return [row(promise, tally, `asks one store only: ${first}; copies without looking: ${unseen}`)]
  }))
