/** A year of pruning. */
import { it } from 'vitest'
import { prunedYear } from '../../packages/node/test/vault/year.js'
import { figure } from './rows.js'

it('a year of pruning', () =>
  figure('pruning', async () => {
    const { tried, lost, mib, all, seconds, kept } = await prunedYear()
    const promise = `ten wallets saved on 365 days, pruned each week to 7 days, 5 weeks and 12 months (${kept} snapshots): ${mib.toFixed(1)} MiB stay of ${all.toFixed(1)}, the last pruning takes ${seconds.prune.toFixed(1)} s, a deep check ${seconds.check.toFixed(1)} s`
    return [{ promise, tried, held: tried - lost.length, twin: 'none' }]
  }))
