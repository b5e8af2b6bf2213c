/** The `cairn` command: one run from the command line to the exit code. */
import { getEventListeners } from 'node:events'
import { CommanderError } from 'commander'
import { refuseSecrets } from './arguments.js'
import { leaveDrives, leaveLines } from './leave.js'
import { misuse } from './misuse.js'
import { tell } from './problem.js'
import { makeProgram } from './program.js'

/** How long a command that tidies up after Ctrl-C may take. What is on disk is consistent at any time. */
const GRACE_MS = 10_000

/** Exit codes of a shell: 128 and the number of the signal. */
const STOPPED = { SIGINT: 130, SIGTERM: 143 } as const

async function main(argv: readonly string[]): Promise<void> {
  const signal = interruption()
  const program = makeProgram(signal)
  const json = argv.includes('--json')
  try {
    refuseSecrets(argv)
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    const wrong = error instanceof CommanderError ? misuse(error, program, argv) : error
    if (signal.aborted) process.exitCode = signal.reason
    else if (wrong !== null) process.exitCode = tell(wrong, { json })
  }
  await leaveDrives()
  leaveLines()
}

/**
 * A signal that Ctrl-C and SIGTERM abort, its reason the exit code. The process ends at once where nobody listens to
 * it, and at the second Ctrl-C.
 */
function interruption(): AbortSignal {
  const controller = new AbortController()
  const { signal } = controller
  for (const [name, code] of Object.entries(STOPPED)) {
    const stop = () => void leaveDrives().then(() => process.exit(code))
    process.once(name, () => {
      if (getEventListeners(signal, 'abort').length === 0) stop()
      process.once(name, stop)
      setTimeout(stop, GRACE_MS).unref()
      controller.abort(code)
    })
  }
  return signal
}

/** A reader that has seen enough (`cairn snapshots | head -1`) is no error. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
  }
}

tolerateClosedPipes()
process.on('uncaughtException', (error) => {
  process.exit(tell(error, { json: process.argv.includes('--json') }))
})
await main(process.argv.slice(2))
