/** What the journal keeps of a backup or a check: what it was, how it went, for whom. */
import { isCairnError } from '@cairn/core/errors.js'
import { noteRun, type RunNote } from '../machine/journal.js'
import type { Machine } from '../machine/open.js'
import type { Ports } from '../ports.js'

export interface Noting {
  readonly machine: Machine
  readonly ports: Pick<Ports, 'disk' | 'now'>
}

interface Part {
  readonly name: string
  readonly state: string
}

/** What of the report of a backup is kept. */
interface Saved {
  readonly wallets: readonly Part[]
  readonly stores: readonly Part[]
  readonly bytes: { readonly sent: number }
}

/** Does the backup, and notes it, also when it fails. */
export async function notedBackup<T extends Saved>(noting: Noting, work: () => Promise<T>): Promise<T> {
  const time = noting.ports.now().toISOString()
  try {
    const report = await work()
    const { wallets, stores, bytes } = report
    await note(noting, { time, what: 'backup', ...parts(wallets, stores), sent: bytes.sent })
    return report
  } catch (error) {
    if (isCairnError(error)) await note(noting, { time, what: 'backup', ...parts([], []), error: error.code })
    throw error
  }
}

/** What of the report of a check is kept. */
interface Checked {
  readonly name: string
  readonly unreachable: boolean
  readonly history: string
  readonly damaged: readonly string[]
  readonly missing: readonly string[]
  readonly unreadable: readonly string[]
}

export async function noteCheckRun(noting: Noting, stores: readonly Checked[]): Promise<void> {
  const time = noting.ports.now().toISOString()
  const rows = stores.map((store) => ({ name: store.name, state: stateOf(store) }))
  await note(noting, { time, what: 'check', ...parts([], rows) })
}

function stateOf({ unreachable, history, damaged, missing, unreadable }: Checked): string {
  if (unreachable) return 'unreachable'
  if (history !== 'intact' && history !== 'unknown' && history !== 'damaged') return 'lied'
  return history === 'damaged' || damaged.length + missing.length + unreadable.length > 0
    ? 'damaged'
    : 'whole'
}

async function note({ machine, ports }: Noting, run: RunNote): Promise<void> {
  await noteRun(ports.disk, machine.home, run)
}

function parts(wallets: readonly Part[], stores: readonly Part[]): Pick<RunNote, 'wallets' | 'stores'> {
  const plain = ({ name, state }: Part) => ({ name, state })
  return { wallets: wallets.map(plain), stores: stores.map(plain) }
}
