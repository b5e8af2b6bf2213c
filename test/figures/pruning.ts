/** A year of pruning. */
import { it } from 'vitest'
import { type Costs, prunedYear } from '../../packages/node/test/vault/year.js'
import { figure, isShort } from './rows.js'

const DAYS = isShort ? 90 : 365

const seconds = (value: number) => `${value.toFixed(1)} s`

const says = ({ mib, files, backup, list, restoreOldest, restoreNewest, check, prune }: Costs) =>
  [
    `${mib.toFixed(1)} MiB in ${files.toLocaleString('en-US')} files`,
    `backup ${seconds(backup)}`,
    `snapshots ${seconds(list)}`,
    `restore of the oldest ${seconds(restoreOldest)}, of the newest ${seconds(restoreNewest)}`,
    `check of all data ${seconds(check)}`,
    `last pruning ${seconds(prune)}`,
  ].join('; ')

it('a year of pruning', () =>
  figure('pruning', async () => {
    const { tried, lost, cairn, restic } = await prunedYear(DAYS)
    const what = `ten wallets of 1 MiB with three pages changed wherever they lie, saved on ${DAYS} days, pruned each week to 7 days, 5 weeks and 12 months (${cairn.snapshots} snapshots)`
    const more = `status ${seconds(cairn.status)}; ${cairn.rewritten} packs rewritten in the year`
    const beside =
      restic === null
        ? 'restic is not installed here'
        : `restic, whole processes: ${says(restic)} (${restic.snapshots} snapshots)`
    const promise = `${what}: ${says(cairn)}; ${more}. ${beside}`
    return [{ promise, tried, held: tried - lost.length, lost, twin: 'none' }]
  }))
