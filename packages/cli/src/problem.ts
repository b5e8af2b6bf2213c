/**
 * How an error is told: `cairn: what is wrong`, `hint: what to do next`, and the exit code of its kind.
 * An error outside the catalogue is a bug of ours. Its message may quote a secret, so it is never shown,
 * not even for debugging; with CAIRN_DEBUG=1 the places in the code are.
 */
import { EXIT_CODES, isCairnError } from '@cairn/core/errors.js'
import { safe } from './output.js'
import { Interrupted } from './terminal.js'

export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly exit: number
  readonly frames: readonly string[]
}

export function describe(error: unknown): Problem | null {
  if (error instanceof Interrupted) return null
  if (isCairnError(error)) {
    const { code, message, hint, kind } = error
    return { code, message, hint, exit: EXIT_CODES[kind], frames: [] }
  }
  return {
    code: 'bug',
    message: 'something went wrong that Cairn did not foresee: this is a bug',
    hint: 'run it again with CAIRN_DEBUG=1 and report what it prints; SECURITY.md says where. Never send a secret',
    exit: 1,
    frames: error instanceof Error ? frames(error) : [],
  }
}

/** `at place (file:line)` lines only: the first lines of a stack are the message, whatever it holds. */
function frames(error: Error): readonly string[] {
  const stack = error.stack ?? ''
  const at = stack.indexOf(error.message)
  if (at < 0) return []
  return stack
    .slice(at + error.message.length)
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
}

/** Prints the problem and returns the exit code. */
export function tell(error: unknown, options: { readonly json: boolean }): number {
  const problem = describe(error)
  if (problem === null) {
    if (process.stderr.isTTY) process.stderr.write('\n')
    return 130
  }
  const { code, message, hint } = problem
  if (options.json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } })}\n`)
  else process.stderr.write(`cairn: ${safe(message)}\nhint: ${safe(hint)}\n`)
  if (process.env.CAIRN_DEBUG === '1' && problem.frames.length > 0) {
    process.stderr.write(`${problem.frames.map(safe).join('\n')}\n`)
  }
  return problem.exit
}
