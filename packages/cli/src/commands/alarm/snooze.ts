/** `cairn alarm snooze [ABOUT] --for DAYS`: silence with an end. */
import { readAlarmSettings, writeAlarmSettings } from '@cairn/node/machine/alarms.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { moment, safe } from '../../output.js'

const DAY_MS = 86_400_000

interface Options {
  readonly for: number
  readonly wake?: boolean
}

export async function run(context: Context, options: Options, about?: string): Promise<Outcome> {
  const { home } = await openHere(context)
  const settings = await readAlarmSettings(ports.disk, home)
  const now = ports.now()
  if (options.wake) {
    await writeAlarmSettings(ports.disk, home, { ...settings, snoozes: [] })
    return { json: { snoozes: [] }, text: 'Every alarm is awake.' }
  }
  const until = new Date(now.getTime() + options.for * DAY_MS).toISOString()
  const others = settings.snoozes.filter(
    (known) => Date.parse(known.until) > now.getTime() && known.about !== about,
  )
  const snoozes = [...others, { ...(about === undefined ? {} : { about }), until }]
  await writeAlarmSettings(ports.disk, home, { ...settings, snoozes })
  const what = about === undefined ? 'No alarm' : `No alarm about ${safe(about)}`
  return {
    json: { snoozes },
    text: `${what} is told until ${moment(new Date(until))}. cairn status shows it all the same.`,
    next: ['To end it sooner: cairn alarm snooze --wake'],
  }
}
