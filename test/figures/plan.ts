/** What losses lock the owner out and what thefts open a wallet, against trying every set of items. */
import { it } from 'vitest'
import { type Answers, plansTried, twins } from '../../packages/core/test/plan/losses.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

it('minimal sets of losses and thefts', () =>
  figure('plan', async () => {
    const promise =
      'random policy, stores, wallets and list of places of up to 9 things: every minimal set of losses and of thefts is the one that trying every set finds'
    const [name, twin] = Object.entries(twins)[0] as [string, Answers]
    const found = plansTried(seeds(isShort ? 300 : 10_000))
    return [row(promise, found, `${name}: ${caught(plansTried(seeds(100), twin))}`)]
  }))
