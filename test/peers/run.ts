/**
 * Runs a program of others to its end and gives back what it wrote.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Away from the terminal, so that a password prompt reads standard input instead. */
  readonly detached?: true
}

export interface Outcome {
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

/** Resolves with whatever exit code it had; rejects only when the program cannot be started. */
export function outcome(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { input = '', env, cwd, detached = false } = options
    const child = spawn(program, args, { cwd, detached, env: { ...process.env, ...env } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: `${Buffer.concat(stderr)}` }),
    )
    child.stdin.on('error', () => {}) // it may end without reading what we send
    child.stdin.end(input)
  })
}

/** Standard output as bytes; rejects with what the program said when it fails. */
export async function runBytes(
  program: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Buffer> {
  const { code, stdout, stderr } = await outcome(program, args, options)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\nended with ${code}: ${stderr}${stdout}`)
  return stdout
}

/** Standard output as text without its last newline. */
export async function run(program: string, args: readonly string[], options?: RunOptions): Promise<string> {
  return (await runBytes(program, args, options)).toString().replace(/\n$/, '')
}

/** The path of a program in PATH, or null. */
export function which(program: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
  return null
}
