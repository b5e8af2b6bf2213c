/** Years of a machine that saves once a day. */
import { it } from 'vitest'
import { trustsTheClock, trustsTheLastAttempt, years } from '../../packages/node/test/vault/days.js'
import { caught, figure, isShort, row, seeds } from './rows.js'

const YEARS = isShort ? 10 : 1_000

it('years', () =>
  figure('year', async () => {
    const tally = await years({ seeds: seeds(YEARS) })
    const attempt = caught(await years({ seeds: seeds(5), watch: trustsTheLastAttempt }))
    const clock = caught(await years({ seeds: seeds(40), watch: trustsTheClock }))
    const { days, backups, alarms } = tally
    const counts = [days, backups, alarms].map((count) => count.toLocaleString('en-US'))
    const promise = `years of a machine that saves once a day, with sleep, wrong clocks, daylight saving, a dead timer, full disks and absent stores: no day awake passes without a good backup in the last 30 hours (55 when the clock was moved) or an alarm, and no alarm is false (${counts[0]} days, ${counts[1]} backups, ${counts[2]} days with an alarm)`
    return [row(promise, tally, `trusts the last attempt: ${attempt}; trusts the clock: ${clock}`)]
  }))
