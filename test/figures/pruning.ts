/** Pruning: power cuts, failing disks, and a year of it. */
import { expect, it } from 'vitest'
import { pruningCuts, pruningFaults } from '../../packages/node/test/vault/pruning.js'
import { removesBeforeItRecords } from '../../packages/node/test/vault/twins.js'
import { prunedYear } from '../../packages/node/test/vault/year.js'
import { figure, isShort, seeds } from './rows.js'

const CUTS = isShort ? 100 : 100_000
const EVERY = isShort ? 4 : 1
const EACH = isShort ? 'every fourth' : 'every'

it('prunings', () =>
  figure('pruning', async () => {
    const { tried, lost } = await pruningCuts(seeds(CUTS))
    const twin = await pruningCuts(seeds(60), removesBeforeItRecords)
    expect(twin.lost.length).toBeGreaterThan(0)
    const promise =
      'power cuts during a pruning: what is kept restores, the next backup, pruning and check work'
    const found = [
      {
        promise,
        tried,
        held: tried - lost.length,
        twin: `removes before it records: ${twin.lost.length} of 60 lose`,
      },
    ]
    for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
      for (const mode of ['once', 'on'] as const) {
        const { tried, lost } = await pruningFaults(code, { mode, every: EVERY })
        const promise = `${code} at ${EACH} disk operation of a pruning in turn, ${mode === 'on' ? 'from then on' : mode}`
        found.push({ promise, tried, held: tried - lost.length, twin: 'none' })
      }
    }
    return found
  }))

it('a year of pruning', () =>
  figure('pruning', async () => {
    const { tried, lost, mib, all, seconds, kept } = await prunedYear()
    const promise = `ten wallets saved on 365 days, pruned each week to 7 days, 5 weeks and 12 months (${kept} snapshots): ${mib.toFixed(1)} MiB stay of ${all.toFixed(1)}, the last pruning takes ${seconds.prune.toFixed(1)} s, a deep check ${seconds.check.toFixed(1)} s`
    return [{ promise, tried, held: tried - lost.length, twin: 'none' }]
  }))
