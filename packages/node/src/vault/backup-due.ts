/**
 * A backup of what is due now, for whatever comes by every hour: nothing due ends at once. The advice of the core says
 * which wallets, and the memory of this machine which stores are to be tried again.
 */
import { type Advice, isDue } from '@cairn/core/plan/advise.js'
import { storesToRetry } from '@cairn/core/plan/retry.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import { chooseWallets, readWallets } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { readAdvice } from './advice.js'
import { type BackupPlan, type BackupReport, backupLocked } from './backup.js'
import { notedBackup } from './note-run.js'

export interface DueReport {
  readonly advice: readonly Advice[]
  /** Names of the wallets that were saved; all of them when a store was tried again. */
  readonly due: readonly string[]
  /** Stores that lacked the newest snapshot for long enough to be tried again. */
  readonly retried: readonly string[]
  /** Null when nothing was due. */
  readonly report: BackupReport | null
}

/**
 * Saves what is due now. What is due is found out while the lock is held, so that of two that come at once only one
 * makes a snapshot.
 * @throws CairnError as `backup`; `vault-busy` also when something else holds the lock
 */
export async function backupDue(
  machine: Machine,
  plan: Omit<BackupPlan, 'names'>,
  ports: Ports,
): Promise<DueReport> {
  return ports.exclusively(machine.home.lock, async () => {
    const now = ports.now().getTime()
    const advice = await readAdvice(machine, ports)
    const { snapshots } = await recallSeen(machine, ports.disk)
    const names = machine.config.stores.map(({ name }) => name)
    const retried = advice.length === 0 ? [] : storesToRetry(snapshots, names, now)
    const due = advice.filter((each) => retried.length > 0 || isDue(each, now)).map(({ name }) => name)
    if (due.length === 0) return { advice, due, retried, report: null }
    const wallets = chooseWallets(await readWallets(ports.disk, machine.home), due)
    const run = { machine, plan: { ...plan, names: due }, ports, wallets }
    const report = await notedBackup({ machine, ports }, () => backupLocked(run))
    return { advice, due, retried, report }
  })
}
