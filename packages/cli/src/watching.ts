/** What `cairn watch` and `cairn serve` have in common: watching the wallets of this machine, and saying what happens. */
import { setFlagsFromString } from 'node:v8'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts } from '@cairn/node/real.js'
import { observe } from '@cairn/node/schedule/observe.js'
import { type Backed, watchHere } from '@cairn/node/schedule/watch-here.js'
import type { Context } from './context.js'
import { safe } from './output.js'
import { type Ended, runSelf } from './self.js'

/** Until the context is interrupted: how many snapshots were saved. */
export async function watchWallets(context: Context, machine: Machine): Promise<number> {
  // A look at ten thousand files leaves little behind: without room to grow, the heap of months stays 10 MB smaller
  setFlagsFromString('--semi-space-growth-factor=1')
  // While a backup runs nobody else listens, and a command that nobody listens in is ended at once
  context.signal.addEventListener('abort', () => note(context, 'stopping'), { once: true })
  return watchHere(
    machine,
    {
      signal: context.signal,
      backUp: async (names) => {
        const { said, ...backed } = readOutcome(await runSelf(context, ['backup', ...names]))
        note(context, `${names.map(safe).join(', ')}: ${said}`)
        return backed
      },
      began: (watched, others) => {
        for (const { name } of others)
          note(context, `${safe(name)} is reached over a line and cannot be watched: a schedule saves it`)
        const names = watched.map(({ name }) => safe(name)).join(', ')
        note(context, `watching ${names || 'for wallets that are added'}`)
      },
      unread: (error) => note(context, safe(error.message)),
    },
    { ...realPorts, observe },
  )
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

function readOutcome({ exit, json }: Ended): Backed & { readonly said: string } {
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
