/** The vault as this machine knows it: the device, and the description it last found genuine. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import {
  parseDescription,
  type SignedDescription,
  type VaultDescription,
} from '@cairn/core/vault/description.js'
import type { DeviceKey } from '@cairn/core/vault/head.js'
import type { Disk } from '../disk.js'
import { type Device, openDevice, type Which } from './device.js'
import { readIfThere } from './state.js'

export interface Machine extends Device {
  readonly device: DeviceKey
  /** The description as this machine last authenticated it; what a store shows is held against it. */
  readonly description: VaultDescription
  /** Its authentication code. */
  readonly mac: string
  /** The bytes of that description, as every store should have them. */
  readonly descriptionBytes: Uint8Array
}

/** @throws CairnError `vault-absent`, `device-unknown`, `state-damaged` */
export async function openMachine(which: Which, disk: Disk): Promise<Machine> {
  const device = await openDevice(which, disk)
  const pinned = await readIfThere(disk, device.home.description)
  if (!pinned) return fail('device-unknown', { vault: device.config.vault })
  const signed = parsePinned(pinned, device.home.description)
  return { ...device, device: device.deviceKey(), ...signed, descriptionBytes: pinned }
}

function parsePinned(bytes: Uint8Array, path: string): SignedDescription {
  try {
    return parseDescription(bytes)
  } catch (error) {
    if (isCairnError(error, 'vault-damaged')) return fail('state-damaged', { path })
    throw error
  }
}
