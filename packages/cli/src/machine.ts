/** The vault as this machine knows it, in the real world. */
import { realDisk } from '@cairn/node/disk.js'
import { type Machine, openMachine } from '@cairn/node/machine/open.js'
import type { Context } from './context.js'

/** @throws CairnError `vault-absent`, `device-unknown`, `state-damaged` */
export function openHere(context: Context): Promise<Machine> {
  return openMachine({ home: context.home, vault: context.vault ?? undefined }, realDisk)
}
