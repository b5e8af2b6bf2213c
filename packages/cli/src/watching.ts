/** What `cairn watch` and `cairn serve` have in common: watching the wallets of this machine, and saying what happens. */
import { isCairnError } from '@cairn/core/errors.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { recallSeen } from '@cairn/node/machine/recall.js'
import { readWallets, type WalletEntry } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { changedSince, lookAt } from '@cairn/node/schedule/look.js'
import { observe } from '@cairn/node/schedule/observe.js'
import { isWatchable, watch } from '@cairn/node/schedule/watch.js'
import type { Context } from './context.js'
import { safe } from './output.js'
import { type Ended, runSelf } from './self.js'

/** Until the context is interrupted: how many snapshots were saved. */
export async function watchHere(context: Context, machine: Machine): Promise<number> {
  // While a backup runs nobody else listens, and a command that nobody listens in is ended at once
  context.signal.addEventListener('abort', () => note(context, 'stopping'), { once: true })
  const entries = await readWallets(ports.disk, machine.home)
  const wallets = knownWallets(context, machine, entries)
  const watchable = entries.filter(isWatchable)
  const { snapshots } = await recallSeen(machine, ports.disk)
  for (const { name } of entries.filter((entry) => !isWatchable(entry)))
    note(context, `${safe(name)} is reached over a line and cannot be watched: a schedule saves it`)
  note(
    context,
    `watching ${watchable.map(({ name }) => safe(name)).join(', ') || 'for wallets that are added'}`,
  )
  let saved = 0
  await watch(
    {
      wallets,
      list: machine.home.wallets,
      changedBefore: await changedSince(watchable, snapshots, ports),
      signal: context.signal,
    },
    {
      now: ports.now,
      wait: ports.wait,
      observe,
      mark: async (entry) => (await lookAt(entry, ports)).mark,
      save: async (names) => {
        const outcome = readOutcome(await runSelf(context, ['backup', ...names]))
        note(context, `${names.map(safe).join(', ')}: ${outcome.said}`)
        if (outcome.saved) saved++
        return outcome.saved ? outcome.failed : names
      },
    },
  )
  return saved
}

/** The wallets as they are now; as they were last when the list cannot be read: what was watched stays watched. */
function knownWallets(context: Context, machine: Machine, first: readonly WalletEntry[]) {
  let known = first
  return async () => {
    try {
      known = await readWallets(ports.disk, machine.home)
    } catch (error) {
      if (!isCairnError(error)) throw error
      note(context, safe(error.message))
    }
    return known
  }
}

/** A line on standard error, with the time; nothing else of these commands is said while they run. */
export function note(context: Context, line: string): void {
  if (context.quiet) return
  const at = new Date().toISOString().slice(0, 19).replace('T', ' ')
  process.stderr.write(
    context.json ? `${JSON.stringify({ time: new Date().toISOString(), event: line })}\n` : `${at} ${line}\n`,
  )
}

interface Document {
  readonly seq?: number
  readonly stores?: readonly { readonly name: string; readonly state: string }[]
  readonly wallets?: readonly { readonly name: string; readonly state: string }[]
  readonly error?: { readonly message: string; readonly hint: string }
}

/** Saved when at least one store has it, whatever else went wrong. */
function readOutcome({ exit, json }: Ended): {
  readonly saved: boolean
  readonly failed: readonly string[]
  readonly said: string
} {
  const { seq, stores = [], wallets = [], error } = (json ?? {}) as Document
  const good = stores.filter(({ state }) => state === 'saved').map(({ name }) => safe(name))
  const bad = stores
    .filter(({ state }) => state !== 'saved')
    .map(({ name, state }) => `${safe(name)} ${state}`)
  const failed = wallets.filter(({ state }) => state === 'failed').map(({ name }) => name)
  const missed = failed.length > 0 ? [`not saved: ${failed.map(safe).join(', ')}`] : []
  const trouble = error ? [safe(error.message)] : []
  if (good.length > 0)
    return {
      saved: true,
      failed,
      said: [`snapshot ${seq} saved in ${good.join(', ')}`, ...missed, ...bad, ...trouble].join('; '),
    }
  return { saved: false, failed, said: [`not saved (exit code ${exit})`, ...bad, ...trouble].join('; ') }
}
