/** `cairn alarm list`: the ways for alarms, what they carried, and what sleeps until when. */
import { readAlarmSettings, readTold } from '@cairn/node/machine/alarms.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { shownUrl } from '@cairn/node/schedule/notify/open.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, columns, count, good, moment, safe } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const { home } = await openHere(context)
  const { channels, names, snoozes } = await readAlarmSettings(ports.disk, home)
  const memory = await readTold(ports.disk, home)
  const now = ports.now()
  const asleep = snoozes.filter(({ until }) => now.getTime() < Date.parse(until))
  const ways = channels.map(({ name, url }) => {
    const { told = [], failing } = memory[name] ?? {}
    return { name, url: shownUrl(url), open: told.length, failing: failing ?? null }
  })
  const rows = ways.map(({ name, url, open, failing }) => [
    safe(name),
    safe(url),
    open === 0 ? good('nothing wrong was told') : count(open, 'open alarm'),
    failing ? bad(`fails since ${moment(new Date(failing.since))}: ${safe(failing.reason)}`) : '',
  ])
  const sleeping = asleep.map(
    ({ about, until }) =>
      `${about === undefined ? 'Everything' : safe(about)} sleeps until ${moment(new Date(until))}`,
  )
  return {
    json: { channels: ways, names, snoozes: asleep },
    text: [rows.length > 0 ? columns(rows) : 'No way for alarms was set up.', ...sleeping].join('\n'),
    next: ways.length === 0 ? ['Next: cairn alarm add screen desktop:'] : [],
  }
}
