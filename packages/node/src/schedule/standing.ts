/**
 * How this machine stands: what `readStatus` says of wallets and stores, and what else needs a person by what was noted
 * here: a job that is silent, wallets that nobody saves and rehearsals that are late, as the last look for alarms found
 * them. One answer for `cairn status` and for a monitor. No store is asked, nothing is searched.
 */
import type { Alarm } from '@cairn/core/plan/alarms.js'
import { silentJob } from '@cairn/core/plan/silence.js'
import type { Device } from '../machine/device.js'
import { readLooked } from '../machine/looked.js'
import { readScheduled } from '../machine/scheduled.js'
import { readStatus, type Status, type StatusPorts } from '../vault/status.js'

export interface Standing extends Status {
  /** Beyond what is due of wallets and stores; absent when there is none. */
  readonly alarms?: readonly Alarm[]
}

/** @throws CairnError as `readStatus` */
export async function readStanding(device: Device, ports: StatusPorts): Promise<Standing> {
  const status = await readStatus(device, ports)
  const silent = silentJob(await readScheduled(ports.disk, device.home), ports.now())
  const alarms = [...silent, ...(await readLooked(ports.disk, device.home))]
  return alarms.length > 0 ? { ...status, attention: true, alarms } : status
}
