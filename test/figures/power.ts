/** The vault under power cuts: backup, pruning, repair, change of policy. */
import { it } from 'vitest'
import { healingCuts } from '../../packages/node/test/vault/healing.js'
import { policyCuts } from '../../packages/node/test/vault/policy-faults.js'
import { powerCuts } from '../../packages/node/test/vault/power.js'
import { pruningCuts } from '../../packages/node/test/vault/pruning.js'
import { removesBeforeItRecords, without } from '../../packages/node/test/vault/twins.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

/** Scenes, and cuts of each; a million in all. */
const FORM = isShort
  ? { backup: [10, 1_000], other: [5, 300], policy: [2, 100] }
  : { backup: [40, 10_000], other: [20, 10_000], policy: [10, 10_000] }

const plan = ([count = 0, each = 0]: readonly number[]) => ({ seeds: seeds(count), each })
const few = () => plan([5, 40])
const distinct = ({ disks }: { readonly disks: number }) =>
  `; ${disks.toLocaleString('en-US')} different disks came out`

it('a backup', () =>
  figure('power', async () => {
    const tally = await powerCuts(plan(FORM.backup))
    const promise = `power cuts during a backup: each store alone gives back what was reported saved there, the next backup and check work${distinct(tally)}`
    const sync = caught(await powerCuts({ ...few(), twin: without('sync') }))
    const folder = caught(await powerCuts({ ...few(), twin: without('syncFolder') }))
    return [row(promise, tally, `without fsync of files: ${sync}; of folders: ${folder}`)]
  }))

it('a pruning', () =>
  figure('power', async () => {
    const tally = await pruningCuts(plan(FORM.other))
    const promise = `power cuts during a pruning: what is kept restores, the next backup, pruning and check work${distinct(tally)}`
    const twin = caught(await pruningCuts({ ...few(), twin: removesBeforeItRecords }))
    return [row(promise, tally, `removes before it records: ${twin}`)]
  }))

it('a repair', () =>
  figure('power', async () => {
    const tally = await healingCuts(plan(FORM.other))
    const promise = `power cuts during a repair: nothing reported whole is damaged, no good copy is harmed, the next repair heals${distinct(tally)}`
    const twin = caught(await healingCuts({ ...few(), twin: without('sync') }))
    return [row(promise, tally, `without fsync: ${twin}`)]
  }))

it.each(['same', 'new'] as const)('a change of policy, %s secret', (secret) =>
  figure('power', async () => {
    const tally = await policyCuts({ ...plan(FORM.policy), secret })
    const what = secret === 'new' ? 'a rekey' : 'a change of policy'
    const promise = `power cuts during ${what}: old factors or new ones open the vault here and from a store, every snapshot comes back${distinct(tally)}`
    const twin = caught(await policyCuts({ ...plan([2, 40]), secret, twin: without('sync') }))
    return [row(promise, tally, `without fsync: ${twin}`)]
  }),
)
