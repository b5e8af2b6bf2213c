/** Years of a machine with a schedule. */
import { it } from 'vitest'
import { years } from '../../packages/node/test/schedule/year.js'
import { twins } from '../../packages/node/test/schedule/year-twins.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const YEARS = isShort ? 10 : 1_000

it('years', () =>
  figure('year', async () => {
    const tally = await years({ seeds: seeds(YEARS) })
    const lost: string[] = []
    for (const { name, keepers, plan } of twins)
      lost.push(`${name}: ${caught(await years({ ...plan, seeds: seeds(5), keepers }))}`)
    const { hours, runs, backups, alarms } = tally
    const counts = [hours, runs, backups, alarms].map((count) => count.toLocaleString('en-US'))
    const promise = `years of a machine whose system starts \`cairn backup --due\`, off at night and for weeks, with daylight saving, wrong clocks, a job removed or disabled, full disks and absent stores: no period without a good backup lacks an alarm (message, status, prompt, look from outside), none is raised when all is well, no two runs write at once, and what was slept through is caught up with once (${counts[0]} hours awake, ${counts[1]} runs, ${counts[2]} backups, ${counts[3]} days with an alarm)`
    return [row(promise, tally, lost.join('; '))]
  }))
