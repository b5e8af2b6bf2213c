/** `cairn alarm tell`: looks what is late or wrong here, and tells by every way what was not told yet. */
import { homedir } from 'node:os'
import { isSnoozed } from '@cairn/core/plan/alarms.js'
import { readAlarmSettings } from '@cairn/node/machine/alarms.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts } from '@cairn/node/real.js'
import { alarmsOf, uncovered } from '@cairn/node/schedule/alarms-of.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { writePromptLine } from '@cairn/node/schedule/prompt-line.js'
import { tell } from '@cairn/node/schedule/tell.js'
import { scan } from '@cairn/node/sources/scan.js'
import { readStatus } from '@cairn/node/vault/status.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, columns, count, good, safe } from '../../output.js'

/** Something is wrong, or could not be told. */
const ATTENTION = 8

const ports = { ...realPorts, openChannel }

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const saved = new Set((await readWallets(ports.disk, machine.home)).map(({ source }) => source))
  const { found } = await scan({ home: homedir(), platform: process.platform, env: process.env })
  const paths = found.map(({ path }) => path)
  const alarms = [...alarmsOf(await readStatus(machine, ports)), ...uncovered(paths, saved)]
  const deliveries = await tell(machine.home, alarms, ports)
  const now = ports.now()
  const { snoozes } = await readAlarmSettings(ports.disk, machine.home)
  const awake = alarms.filter((alarm) => !isSnoozed(alarm, snoozes, now))
  await writePromptLine(ports.disk, machine.home, { alarms: awake.length, now })
  const rows = deliveries.map(({ channel, state, reason }) => [
    safe(channel),
    { told: good('told'), 'nothing-new': 'nothing new', failed: bad(safe(reason ?? '')) }[state],
  ])
  const failed = deliveries.some(({ state }) => state === 'failed')
  return {
    json: { alarms, channels: deliveries },
    text: [
      alarms.length === 0 ? good('All is well.') : `${count(alarms.length, 'alarm')}.`,
      rows.length > 0 ? columns(rows) : 'No way for alarms was set up.',
    ].join('\n'),
    next: alarms.length > 0 ? ['See what to do: cairn status'] : [],
    exit: alarms.length > 0 || failed ? ATTENTION : 0,
  }
}
