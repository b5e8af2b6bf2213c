/** Looks what is late or wrong on this machine, and tells by every way what was not told yet. */
import { homedir } from 'node:os'
import { isCairnError } from '@cairn/core/errors.js'
import { type Alarm, isSnoozed } from '@cairn/core/plan/alarms.js'
import { readAlarmSettings } from '@cairn/node/machine/alarms.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts } from '@cairn/node/real.js'
import { alarmsOf, lateRehearsals, uncovered } from '@cairn/node/schedule/alarms-of.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { writePromptLine } from '@cairn/node/schedule/prompt-line.js'
import { type Delivery, tell } from '@cairn/node/schedule/tell.js'
import { scan } from '@cairn/node/sources/scan.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import { readStatus } from '@cairn/node/vault/status.js'

const ports = { ...realPorts, openChannel }

export interface Told {
  readonly alarms: readonly Alarm[]
  readonly deliveries: readonly Delivery[]
}

export async function tellHere(machine: Machine): Promise<Told> {
  const saved = new Set((await readWallets(ports.disk, machine.home)).map(({ source }) => source))
  const { found } = await scan({ home: homedir(), platform: process.platform, env: process.env })
  const paths = found.map(({ path }) => path)
  const alarms = [
    ...alarmsOf(await readStatus(machine, ports)),
    ...lateRehearsals(await planRehearsals(machine, ports)),
    ...uncovered(paths, saved),
  ]
  const deliveries = await tell(machine.home, alarms, ports)
  const now = ports.now()
  const { snoozes } = await readAlarmSettings(ports.disk, machine.home)
  const awake = alarms.filter((alarm) => !isSnoozed(alarm, snoozes, now))
  await writePromptLine(ports.disk, machine.home, { alarms: awake.length, now })
  return { alarms, deliveries }
}

/** After work that runs by itself: whatever keeps the alarms from being told changes nothing of how that work went. */
export async function tellAfter(machine: Machine): Promise<void> {
  try {
    await tellHere(machine)
  } catch (error) {
    if (!isCairnError(error)) throw error
  }
}
