/** Runs the built `cairn` as a person or a script would: another process, its own home, no terminal. */
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll } from 'vitest'

export const BIN = fileURLToPath(new URL('../bin/cairn.js', import.meta.url))

export interface Ran {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  /** Standard input; empty unless given. */
  readonly stdin?: string | Uint8Array
  /** `CAIRN_HOME`: another value is another machine. */
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Runs as this user and group. */
  readonly uid?: number
}

/** The environment of a run: nothing of ours but PATH. */
export function environment({ home, env }: RunOptions): Record<string, string> {
  const path = process.env.PATH ?? ''
  return {
    PATH: path,
    HOME: home ?? '/nonexistent',
    CAIRN_HOME: home ?? '/nonexistent',
    LANG: 'C.UTF-8',
    ...env,
  }
}

export function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  // A session of its own has no controlling terminal: a prompt by mistake fails instead of waiting.
  const child = spawn(process.execPath, [BIN, ...args], {
    env: environment(options),
    cwd: options.cwd,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    detached: true,
  })
  return new Promise((resolve, reject) => {
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) => {
      resolve({ exit, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() })
    })
    child.stdin.on('error', () => {}) // it may end before it has read everything
    child.stdin.end(options.stdin ?? '')
  })
}

/** The one document that `--json` prints; fails when there is anything else. */
export async function runJson(
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ exit: number | null; json: unknown }> {
  const { exit, out } = await run([...args, '--json'], options)
  return { exit, json: JSON.parse(out) }
}

/** Call in a suite that runs the command: it must be what its source says. */
export function useBuilt(): void {
  beforeAll(() => {
    const of = (path: string) =>
      statSync(new URL(`../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0
    const compiled = Math.max(...['cli', 'core', 'node'].map((name) => of(`../${name}/tsconfig.tsbuildinfo`)))
    if (of('bundle/main.js') <= compiled)
      throw new Error('the command is older than its source: npm run build')
  })
}

/** Call in a suite that runs the command: folders that are removed after each test. */
export function useFolders(): () => Promise<string> {
  const made: string[] = []
  useBuilt()
  afterEach(async () => {
    await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
  })
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cairn-cli-'))
    made.push(folder)
    return folder
  }
}
