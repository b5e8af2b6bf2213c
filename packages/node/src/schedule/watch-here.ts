/** Watches the wallets of this machine: which they are now, what changed while nobody watched, and what was saved. */
import { type CairnError, isCairnError } from '@cairn/core/errors.js'
import type { Machine } from '../machine/open.js'
import { recallSeen } from '../machine/recall.js'
import { readWallets, type WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import { changedSince, lookAt } from './look.js'
import { isWatchable, type WatchPorts, watch } from './watch.js'

/** How a backup of some wallets went. */
export interface Backed {
  /** At least one store has it, whatever else went wrong. */
  readonly saved: boolean
  /** Names of the wallets that it left out. */
  readonly failed: readonly string[]
}

export interface Overseer {
  readonly signal: AbortSignal
  readonly backUp: (names: readonly string[]) => Promise<Backed>
  /** Told once, before the first change: those whose changes are seen, and those that only a schedule saves. */
  readonly began: (watched: readonly WalletEntry[], others: readonly WalletEntry[]) => void
  /** The list of wallets cannot be read now: those that were known stay watched. */
  readonly unread: (error: CairnError) => void
}

export type WatchHerePorts = Pick<Ports, 'disk' | 'now' | 'wait' | 'openSource' | 'primitives'> &
  Pick<WatchPorts, 'observe'>

/** Until the signal is aborted: how many snapshots were saved. @throws CairnError as `readWallets`, at the start */
export async function watchHere(
  machine: Machine,
  overseer: Overseer,
  ports: WatchHerePorts,
): Promise<number> {
  const entries = await readWallets(ports.disk, machine.home)
  const watchable = entries.filter(isWatchable)
  const { snapshots } = await recallSeen(machine, ports.disk)
  const wallets = knownWallets(machine, { first: entries, unread: overseer.unread }, ports)
  const others = entries.filter((entry) => !isWatchable(entry))
  overseer.began(watchable, others)
  const changedBefore = () => changedSince(watchable, snapshots, ports)
  let saved = 0
  const save = async (names: readonly string[]) => {
    const backed = await overseer.backUp(names)
    if (backed.saved) saved++
    return backed.saved ? backed.failed : names
  }
  const { now, wait, observe } = ports
  const mark = async (entry: WalletEntry) => (await lookAt(entry, ports)).mark
  const { signal } = overseer
  const list = machine.home.wallets
  await watch({ wallets, list, changedBefore, signal }, { now, wait, observe, mark, save })
  return saved
}

interface Knowing extends Pick<Overseer, 'unread'> {
  readonly first: readonly WalletEntry[]
}

/** The wallets as they are now; as they were last when the list cannot be read: what was watched stays watched. */
function knownWallets(machine: Machine, { first, unread }: Knowing, { disk }: Pick<Ports, 'disk'>) {
  let known = first
  return async () => {
    try {
      known = await readWallets(disk, machine.home)
    } catch (error) {
      if (!isCairnError(error)) throw error
      unread(error)
    }
    return known
  }
}
