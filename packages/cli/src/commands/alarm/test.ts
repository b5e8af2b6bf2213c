/** `cairn alarm test [NAME...]`: sends a message that is no alarm. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { readAlarmSettings } from '@cairn/node/machine/alarms.js'
import { realPorts } from '@cairn/node/real.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { tryChannel } from '@cairn/node/schedule/tell.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, columns, good, safe } from '../../output.js'

/** Not every way carried the message. */
const ATTENTION = 8

const ports = { ...realPorts, openChannel }

export async function run(context: Context, _options: object, names: readonly string[]): Promise<Outcome> {
  const { home } = await openHere(context)
  const { channels } = await readAlarmSettings(ports.disk, home)
  const chosen =
    names.length === 0
      ? channels
      : names.map(
          (name) =>
            channels.find((known) => known.name === name) ?? fail('channel-absent', { channel: name }),
        )
  const rows: { name: string; sent: boolean; reason?: string }[] = []
  for (const place of chosen) {
    try {
      await tryChannel(home, place, ports)
      rows.push({ name: place.name, sent: true })
    } catch (error) {
      if (!isCairnError(error)) throw error
      rows.push({ name: place.name, sent: false, reason: error.message })
    }
  }
  return {
    json: { channels: rows },
    text:
      rows.length === 0
        ? 'No way for alarms was set up.'
        : columns(
            rows.map(({ name, sent, reason }) => [safe(name), sent ? good('sent') : bad(safe(reason ?? ''))]),
          ),
    exit: rows.every(({ sent }) => sent) ? 0 : ATTENTION,
  }
}
