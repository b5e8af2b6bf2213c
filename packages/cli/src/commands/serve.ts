/** `cairn serve`: all that runs by itself in one process, until it is stopped. */
import { realPorts as ports } from '@cairn/node/real.js'
import { serveHealth } from '@cairn/node/schedule/health.js'
import { readStanding } from '@cairn/node/schedule/standing.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { count } from '../output.js'
import { runSelf } from '../self.js'
import { note, watchWallets } from '../watching.js'

/** Between looks at what is due. */
const LOOK_MS = 600_000

interface Options {
  readonly port: number
}

export async function run(context: Context, { port }: Options): Promise<Outcome> {
  const machine = await openHere(context)
  const health = await serveHealth({ port, status: () => readStanding(machine, ports), now: ports.now })
  note(context, `http://127.0.0.1:${health.port}/healthz and /metrics`)
  try {
    const [saved] = await Promise.all([watchWallets(context, machine), keepUp(context)])
    return { json: { saved }, text: `Stopped. ${count(saved, 'snapshot')} saved.` }
  } finally {
    await health.close()
  }
}

/** What is due, after which what is wrong is told, again and again; each time a process of its own. */
async function keepUp(context: Context): Promise<void> {
  const { signal } = context
  while (!signal.aborted) {
    const { exit, json } = await runSelf(context, ['backup', '--due'])
    const due = (json as { readonly due?: readonly unknown[] } | null)?.due ?? []
    if (exit !== 0) note(context, `what is due is not all saved (exit code ${exit}): cairn status`)
    else if (due.length > 0) note(context, 'what was due is saved')
    await ports.wait(LOOK_MS, signal)
  }
}
