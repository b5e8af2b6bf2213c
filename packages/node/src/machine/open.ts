/** The vault as this machine knows it: the device, and the description it last found genuine. */
import { fail } from '@cairn/core/errors.js'
import { parseDescription, type VaultDescription } from '@cairn/core/vault/description.js'
import type { DeviceKey } from '@cairn/core/vault/head.js'
import type { Disk } from '../disk.js'
import { type Device, openDevice, type Which } from './device.js'
import { readIfThere } from './state.js'

export interface Machine extends Device {
  readonly device: DeviceKey
  /** The description as this machine last authenticated it; what a store shows is held against it. */
  readonly description: VaultDescription
}

/** @throws CairnError `vault-absent`, `device-unknown`, `state-damaged` */
export async function openMachine(which: Which, disk: Disk): Promise<Machine> {
  const device = await openDevice(which, disk)
  const pinned = await readIfThere(disk, device.home.description)
  if (!pinned) return fail('device-unknown', { vault: device.config.vault })
  return { ...device, device: device.deviceKey(), description: parseDescription(pinned).description }
}
