/**
 * What this run could not test, told by name: a suite that is left out in silence looks like one that passed.
 * Workers append a line each to one file, `test/setup.ts` prints it at the end of the run.
 */
import { appendFileSync } from 'node:fs'

/** The variable that names the list; set before workers start, so that all of them write to one. */
export const leftOutFile = 'CAIRN_LEFT_OUT'

/** Records what is not tested in this run and why. In CI it throws instead, unless it may be absent there too. */
export function leaveOut(what: string, options: { because: string; evenInCi?: true }): void {
  const line = `${what}: ${options.because}`
  if (process.env.CI === 'true' && !options.evenInCi) throw new Error(`must be tested in CI: ${line}`)
  const file = process.env[leftOutFile]
  if (file) appendFileSync(file, `${line}\n`)
  else console.warn(`left out: ${line}`)
}
