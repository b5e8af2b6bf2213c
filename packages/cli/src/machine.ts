/** The vault as this machine knows it, in the real world. */
import { isCairnError } from '@cairn/core/errors.js'
import { realDisk } from '@cairn/node/disk.js'
import { type Machine, openMachine } from '@cairn/node/machine/open.js'
import type { Context } from './context.js'

/** @throws CairnError `vault-absent`, `device-unknown`, `state-damaged` */
export function openHere(context: Context): Promise<Machine> {
  return openMachine(vaultOf(context), realDisk)
}

/** As `openHere`, for what runs by itself: a vault that cannot be opened is told by the alarms that were set up. */
export async function openOrTell(context: Context): Promise<Machine> {
  try {
    return await openHere(context)
  } catch (error) {
    const { realAlarmPorts } = await import('@cairn/node/schedule/real-alarms.js')
    const { tellUnopened } = await import('@cairn/node/schedule/tell-unopened.js')
    if (isCairnError(error)) await tellUnopened(vaultOf(context), realAlarmPorts)
    throw error
  }
}

function vaultOf({ home, vault }: Context) {
  return { home, vault: vault ?? undefined }
}
