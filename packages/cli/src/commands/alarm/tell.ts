/** `cairn alarm tell`: looks what is late or wrong here, and tells by every way what was not told yet. */
import { realAlarmPorts } from '@cairn/node/schedule/real-alarms.js'
import { tellHere } from '@cairn/node/schedule/tell-here.js'
import type { Context } from '../../context.js'
import { openOrTell } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, columns, count, good, safe } from '../../output.js'

/** Something is wrong, or could not be told. */
const ATTENTION = 8

export async function run(context: Context): Promise<Outcome> {
  const told = await tellHere(await openOrTell(context), realAlarmPorts)
  const { alarms, deliveries } = { ...told, deliveries: told.deliveries ?? [] }
  const busy = told.deliveries === null
  const rows = deliveries.map(({ channel, state, reason }) => [
    safe(channel),
    { told: good('told'), 'nothing-new': 'nothing new', failed: bad(safe(reason ?? '')) }[state],
  ])
  const failed = deliveries.some(({ state }) => state === 'failed')
  return {
    json: { alarms, channels: deliveries, ...(busy ? { busy } : {}) },
    text: [
      alarms.length === 0 ? good('All is well.') : `${count(alarms.length, 'alarm')}.`,
      rows.length > 0
        ? columns(rows)
        : busy
          ? 'Another command tells right now.'
          : 'No way for alarms was set up.',
    ].join('\n'),
    next: alarms.length > 0 ? ['See what to do: cairn status', 'and cairn schedule advise'] : [],
    exit: alarms.length > 0 || failed ? ATTENTION : 0,
  }
}
