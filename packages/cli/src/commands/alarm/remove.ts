/** `cairn alarm remove NAME`: nothing is sent this way any more; what opens it is forgotten. */
import { readAlarmSettings, removeChannel } from '@cairn/node/machine/alarms.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { count, safe } from '../../output.js'

export async function run(context: Context, _options: object, name: string): Promise<Outcome> {
  const { home } = await openHere(context)
  await removeChannel(ports.disk, home, name)
  const left = (await readAlarmSettings(ports.disk, home)).channels.length
  return {
    json: { removed: name, left },
    text: `${safe(name)} carries no alarms any more.`,
    next: [left === 0 ? 'No way is left: nobody is told when backups stop.' : `Left: ${count(left, 'way')}.`],
  }
}
