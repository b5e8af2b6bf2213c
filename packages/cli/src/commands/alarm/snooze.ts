/** `cairn alarm snooze [ABOUT] --for DAYS`: silence with an end. */
import { isCairnError } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import { readAlarmSettings, readTold, writeAlarmSettings } from '@cairn/node/machine/alarms.js'
import { readLooked } from '@cairn/node/machine/looked.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { moment, safe, warn } from '../../output.js'

interface Options {
  readonly for: number
  readonly wake?: boolean
}

export async function run(context: Context, options: Options, about?: string): Promise<Outcome> {
  const machine = await openHere(context)
  const { home } = machine
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
  const said = `${what} is told until ${moment(new Date(until))}. cairn status shows it all the same.`
  const known = about === undefined || (await isKnown(machine, about))
  return {
    json: { snoozes },
    text: known ? said : `${said}\n${warn(`Nothing is called ${safe(about)} now: is it misspelt?`)}`,
    next: ['To end it sooner: cairn alarm snooze --wake'],
  }
}

/** An alarm may be about it, or was. What cannot be read here raises no doubt about a name. */
async function isKnown(machine: Machine, about: string): Promise<boolean> {
  const { home, config } = machine
  try {
    const { channels } = await readAlarmSettings(ports.disk, home)
    const wallets = await readWallets(ports.disk, home)
    const rehearsals = await planRehearsals(machine, ports)
    const told = Object.values(await readTold(ports.disk, home)).flatMap(({ told }) => told)
    const alarms = [...told, ...(await readLooked(ports.disk, home))]
    return (
      [...config.stores, ...wallets, ...channels, ...rehearsals].some(({ name }) => name === about) ||
      alarms.some((alarm) => alarm.about === about)
    )
  } catch (error) {
    if (!isCairnError(error)) throw error
    return true
  }
}
