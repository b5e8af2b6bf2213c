/**
 * What a timer starts: a backup of what is due, and however that went, the telling of what is late or wrong. It may be
 * started as often as one likes: it ends at once when nothing is due, or when another command is at work on the vault.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Machine } from '../machine/open.js'
import { noteRan } from '../machine/scheduled.js'
import type { Ports } from '../ports.js'
import type { BackupPlan } from '../vault/backup.js'
import { backupDue, type DueReport } from '../vault/backup-due.js'
import { type LookPorts, tellAfter } from './tell-here.js'

export interface RunReport {
  /** Null when another command held the lock. */
  readonly found: DueReport | null
  /** Alarms could be looked for and handed on. */
  readonly told: boolean
}

/** @throws CairnError as `backup`; alarms were told all the same */
export async function runDue(
  machine: Machine,
  plan: Omit<BackupPlan, 'names'>,
  ports: Ports & LookPorts,
): Promise<RunReport> {
  await noteRan(ports.disk, machine.home, ports.now())
  let found: DueReport | null
  try {
    found = await saveDue(machine, plan, ports)
  } catch (error) {
    await tellAfter(machine, ports)
    throw error
  }
  return { found, told: await tellAfter(machine, ports) }
}

async function saveDue(machine: Machine, plan: Omit<BackupPlan, 'names'>, ports: Ports) {
  try {
    return await backupDue(machine, plan, ports)
  } catch (error) {
    if (isCairnError(error, 'vault-busy')) return null
    throw error
  }
}
