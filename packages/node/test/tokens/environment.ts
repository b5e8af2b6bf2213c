/** For tests of programs that the environment tells where their data is, and of who can see what they are told. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { which } from '../../../../test/peers/run.js'

/** Runs `work` while variables have these values. */
export async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  try {
    return await work()
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}

/** What every user of the computer could see of these programs while `work` ran: arguments and environment. */
export async function seenOf(programs: readonly string[], work: () => Promise<unknown>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-seen-'))
  const log = join(folder, 'log')
  try {
    for (const program of programs) {
      const script = `#!/bin/sh\n{ echo "$0 $*"; env; } >> '${log}'\nexec '${which(program)}' "$@"\n`
      writeFileSync(join(folder, program), script)
      chmodSync(join(folder, program), 0o755)
    }
    await withEnvironment({ PATH: `${folder}${delimiter}${process.env.PATH}` }, work)
    return readFileSync(log, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
