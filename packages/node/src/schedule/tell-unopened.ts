/**
 * A vault that cannot be opened on this machine saves nothing, and what else is wrong with it is not known: that alone is
 * told, by the ways that were set up. Which vault it is nobody knows when its configuration is what is damaged; then
 * every vault of this machine that it can be has its ways told.
 */
import { isCairnError } from '@cairn/core/errors.js'
import { readAlarmSettings } from '../machine/alarms.js'
import { folderOf, readConfig, type Which } from '../machine/device.js'
import { knownVaults, type VaultHome, vaultHome } from '../machine/home.js'
import type { Ports } from '../ports.js'
import { heldAlarms } from './held.js'
import { writePromptLine } from './prompt-line.js'
import { type TellPorts, tellAlone } from './tell.js'

/** What fails to be told is left: the error that kept the vault closed is the caller's to throw. */
export async function tellUnopened(
  which: Which,
  ports: TellPorts & Pick<Ports, 'exclusively'>,
): Promise<void> {
  const homes = (await unlessFailed(() => homesOf(which, ports))) ?? []
  for (const home of homes) await unlessFailed(() => tellOf(home, ports))
}

async function unlessFailed<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!isCairnError(error)) throw error
    return undefined
  }
}

async function tellOf(home: VaultHome, ports: TellPorts & Pick<Ports, 'exclusively'>): Promise<void> {
  if ((await readAlarmSettings(ports.disk, home)).channels.length === 0) return
  const alarms = await heldAlarms(ports.disk, home, 'vault-unopened')
  await tellAlone(home, alarms, ports)
  await writePromptLine(ports.disk, home, { alarms: alarms.length, now: ports.now() })
}

async function homesOf(which: Which, { disk }: TellPorts): Promise<readonly VaultHome[]> {
  const config = await unlessFailed(async () => readConfig(disk, await folderOf(which, disk)))
  if (config) return [vaultHome(which.home, config.vault)]
  return (await knownVaults(which.home, disk)).map((vault) => vaultHome(which.home, vault))
}
