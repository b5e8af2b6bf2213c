/** `cairn serve`: all that runs by itself in one process, until it is stopped. */
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { serveHealth } from '@cairn/node/schedule/health.js'
import { readStatus } from '@cairn/node/vault/status.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { count } from '../output.js'
import { runSelf } from '../self.js'
import { note, watchHere } from '../watching.js'

/** Between looks at what is due. */
const LOOK_MS = 600_000

interface Options {
  readonly port: number
}

export async function run(context: Context, { port }: Options): Promise<Outcome> {
  const machine = await openHere(context)
  const health = await serveHealth({ port, status: () => readStatus(machine, ports), now: ports.now })
  note(context, `http://127.0.0.1:${health.port}/healthz and /metrics`)
  try {
    const [saved] = await Promise.all([watchHere(context, machine), keepUp(context, machine)])
    return { json: { saved }, text: `Stopped. ${count(saved, 'snapshot')} saved.` }
  } finally {
    await health.close()
  }
}

/** What is due, and then what is wrong, again and again. */
async function keepUp(context: Context, machine: Machine): Promise<void> {
  const { signal } = context
  while (!signal.aborted) {
    const { wallets } = await readStatus(machine, ports)
    if (wallets.some(({ due }) => due.some(({ what }) => what === 'backup'))) {
      const { exit } = await runSelf(context, ['backup'])
      note(
        context,
        exit === 0 ? 'what was due is saved' : `what was due is not all saved (exit code ${exit})`,
      )
    }
    if (!signal.aborted) await runSelf(context, ['alarm', 'tell'])
    await ports.wait(LOOK_MS, signal)
  }
}
