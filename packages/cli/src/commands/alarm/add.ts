/** `cairn alarm add NAME URL`: a way for alarms to reach a person, which is tried before it is kept. */
import {
  addChannel,
  readAlarmSettings,
  removeChannel,
  writeAlarmSettings,
} from '@cairn/node/machine/alarms.js'
import { realPorts } from '@cairn/node/real.js'
import { openChannel, shownUrl } from '@cairn/node/schedule/notify/open.js'
import { tryChannel } from '@cairn/node/schedule/tell.js'
import type { Context } from '../../context.js'
import { givenCredentials } from '../../credentials.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe } from '../../output.js'

const ports = { ...realPorts, openChannel }

interface Options {
  readonly credentialsFile?: string
  readonly showNames?: boolean
}

export async function run(context: Context, options: Options, name: string, url: string): Promise<Outcome> {
  const { home } = await openHere(context)
  const shown = shownUrl(url)
  const credentials = await givenCredentials(options.credentialsFile)
  await addChannel(ports.disk, home, { name, url, ...(credentials ? { credentials } : {}) })
  try {
    await tryChannel(home, { name, url }, ports)
  } catch (error) {
    await removeChannel(ports.disk, home, name)
    throw error
  }
  const settings = await readAlarmSettings(ports.disk, home)
  if (options.showNames) await writeAlarmSettings(ports.disk, home, { ...settings, names: 'shown' })
  const names = options.showNames ? 'shown' : settings.names
  return {
    json: { name, url: shown, names },
    text: `${good(`Alarms reach you by ${safe(name)}`)} from now on. A test message was sent: did it arrive?`,
    next: [
      names === 'shown'
        ? 'Messages hold the names of wallets and stores.'
        : 'Messages hold no names of wallets; --show-names changes that.',
    ],
  }
}
