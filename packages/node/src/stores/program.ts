/**
 * A program of others, run to its end with bytes in and out. It never outlives this process: what is running is
 * stopped when the process exits, and one that cannot be told so (SIGKILL) finds its input ended.
 */
import { type ChildProcess, spawn } from 'node:child_process'

/** The program and what it is always told first. */
export type Command = readonly [program: string, ...args: string[]]

export interface Run {
  readonly command: Command
  readonly args: readonly string[]
  readonly input: Uint8Array
  /** More than this on standard output is too much: the program is stopped. */
  readonly limitBytes: number
}

export interface Ended {
  /** Exit code, or what kept it from having one. */
  readonly code: number | 'stopped' | 'too-much'
  readonly output: Uint8Array
  /** The end of what it wrote to standard error. For this program to read, never for a person. */
  readonly said: string
}

const SAID_BYTES = 16_384

/** Rejects only when the program cannot be started, with the error of the system. */
export function runToEnd({ command: [program, ...first], args, input, limitBytes }: Run): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], { windowsHide: true })
    const output: Uint8Array[] = []
    let bytes = 0
    let said = Buffer.alloc(0)
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes <= limitBytes) return output.push(piece)
      child.kill('SIGKILL')
      return child.stdout.destroy() // what it started writes on otherwise
    })
    child.stderr.on('data', (piece: Buffer) => {
      said = Buffer.concat([said, piece]).subarray(-SAID_BYTES)
    })
    child.stdin.on('error', () => {}) // it may end without reading what it is sent
    child.on('error', reject)
    child.on('close', (exit) => {
      const code = bytes > limitBytes ? 'too-much' : (exit ?? 'stopped')
      resolve({ code, output: Buffer.concat(output), said: said.toString() })
    })
    stopAtExit(child)
    child.stdin.end(input)
  })
}

const running = new Set<ChildProcess>()

function stopAll(): void {
  for (const child of running) child.kill()
}

/** Stops it when this process exits. */
export function stopAtExit(child: ChildProcess): void {
  if (running.size === 0) process.on('exit', stopAll)
  running.add(child)
  const over = () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', stopAll)
  }
  child.once('error', over).once('close', over)
}
