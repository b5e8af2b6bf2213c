/** Looks what is late or wrong on this machine, and tells by every way what was not told yet. */
import { homedir } from 'node:os'
import { isCairnError } from '@cairn/core/errors.js'
import { type Alarm, isSnoozed } from '@cairn/core/plan/alarms.js'
import { silentJob } from '@cairn/core/plan/silence.js'
import { readAlarmSettings } from '@cairn/node/machine/alarms.js'
import { writeLooked } from '@cairn/node/machine/looked.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readScheduled } from '@cairn/node/machine/scheduled.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts } from '@cairn/node/real.js'
import { alarmsOf, lateRehearsals, uncovered } from '@cairn/node/schedule/alarms-of.js'
import { openChannel } from '@cairn/node/schedule/notify/open.js'
import { writePromptLine } from '@cairn/node/schedule/prompt-line.js'
import { type Delivery, tellAlone } from '@cairn/node/schedule/tell.js'
import { scan } from '@cairn/node/sources/scan.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import { readStatus } from '@cairn/node/vault/status.js'

const ports = { ...realPorts, openChannel }

export interface Told {
  readonly alarms: readonly Alarm[]
  /** Null when another command tells at this moment. */
  readonly deliveries: readonly Delivery[] | null
}

export async function tellHere(machine: Machine): Promise<Told> {
  const alarms = await alarmsHere(machine)
  const deliveries = await tellAlone(machine.home, alarms, ports)
  if (deliveries === null) return { alarms, deliveries }
  const now = ports.now()
  const { snoozes } = await readAlarmSettings(ports.disk, machine.home)
  const awake = alarms.filter((alarm) => !isSnoozed(alarm, snoozes, now))
  // One that does not arrive has no other way than the prompt when there is only one
  const unheard = deliveries.filter(({ state }) => state === 'failed').length
  await writePromptLine(ports.disk, machine.home, { alarms: awake.length + unheard, now })
  return { alarms, deliveries }
}

/** What this computer keeps cannot be read: no backup can be made either, and that is to be heard. */
async function alarmsHere(machine: Machine): Promise<readonly Alarm[]> {
  try {
    const saved = new Set((await readWallets(ports.disk, machine.home)).map(({ source }) => source))
    const { found } = await scan({ home: homedir(), platform: process.platform, env: process.env })
    const paths = found.map(({ path }) => path)
    const looked = [...lateRehearsals(await planRehearsals(machine, ports)), ...uncovered(paths, saved)]
    await writeLooked(ports.disk, machine.home, { alarms: looked, now: ports.now() })
    const silent = silentJob(await readScheduled(ports.disk, machine.home), ports.now())
    return [...alarmsOf(await readStatus(machine, ports)), ...silent, ...looked]
  } catch (error) {
    if (!isCairnError(error)) throw error
    return [{ kind: 'memory-lost' }]
  }
}

/** After work that runs by itself: whether alarms could be looked for and handed on. */
export async function tellAfter(machine: Machine): Promise<boolean> {
  try {
    await tellHere(machine)
    return true
  } catch (error) {
    if (!isCairnError(error)) throw error
    return false
  }
}
