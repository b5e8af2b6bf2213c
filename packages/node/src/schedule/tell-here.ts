/** Looks what is late or wrong on this machine, and tells by every way what was not told yet. */
import { isCairnError } from '@cairn/core/errors.js'
import { type Alarm, isSnoozed } from '@cairn/core/plan/alarms.js'
import { silentJob } from '@cairn/core/plan/silence.js'
import { readAlarmSettings } from '../machine/alarms.js'
import { writeLooked } from '../machine/looked.js'
import type { Machine } from '../machine/open.js'
import { readScheduled } from '../machine/scheduled.js'
import { readWallets } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { planRehearsals } from '../vault/rehearsals.js'
import { readStatus } from '../vault/status.js'
import { alarmsOf, lateRehearsals, uncovered } from './alarms-of.js'
import { heldAlarms } from './held.js'
import { writePromptLine } from './prompt-line.js'
import { type Delivery, type TellPorts, tellAlone } from './tell.js'

export interface LookPorts extends TellPorts, Pick<Ports, 'exclusively'> {
  /** Paths of the wallets that lie in the usual places of this machine. */
  readonly findWallets: () => Promise<readonly string[]>
}

export interface Told {
  readonly alarms: readonly Alarm[]
  /** Null when another command tells at this moment. */
  readonly deliveries: readonly Delivery[] | null
}

/** Who looks: the job of the system itself is not silent, also when a full disk keeps it from noting that it runs. */
export type Looker = 'job' | 'other'

/** @throws CairnError `state-damaged` of the settings, `disk-full`, `file-denied` */
export async function tellHere(machine: Machine, ports: LookPorts, by: Looker = 'other'): Promise<Told> {
  const alarms = await alarmsHere(machine, ports, by)
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
async function alarmsHere(machine: Machine, ports: LookPorts, by: Looker): Promise<readonly Alarm[]> {
  try {
    const saved = new Set((await readWallets(ports.disk, machine.home)).map(({ source }) => source))
    const paths = await ports.findWallets()
    const looked = [...lateRehearsals(await planRehearsals(machine, ports)), ...uncovered(paths, saved)]
    await writeLooked(ports.disk, machine.home, { alarms: looked, now: ports.now() })
    const scheduled = by === 'job' ? null : await readScheduled(ports.disk, machine.home)
    const silent = silentJob(scheduled, ports.now())
    return [...alarmsOf(await readStatus(machine, ports)), ...silent, ...looked]
  } catch (error) {
    if (!isCairnError(error)) throw error
    return heldAlarms(ports.disk, machine.home, 'memory-lost')
  }
}

/** After work of a job: whether alarms could be looked for and handed on. */
export async function tellAfter(machine: Machine, ports: LookPorts): Promise<boolean> {
  try {
    await tellHere(machine, ports, 'job')
    return true
  } catch (error) {
    if (!isCairnError(error)) throw error
    return false
  }
}
