/**
 * Runs this same command as another process. What runs for months keeps its memory small that way, a fault in one
 * backup ends that backup only, and the lock between backups is the same as everywhere.
 */
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import type { Context } from './context.js'

export interface Ended {
  readonly exit: number | null
  /** Its document; null when it printed none. */
  readonly json: unknown
}

const LIMIT_BYTES = 16 * 2 ** 20

/** Never asks anybody; goes on to its end when this process is told to stop. */
export function runSelf(context: Context, args: readonly string[]): Promise<Ended> {
  const vault = context.vault === null ? [] : ['--vault', context.vault]
  const bin = process.argv[1] ?? ''
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args, '--json', '--no-input', '--quiet', ...vault], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // Ctrl-C reaches every process of a terminal: this one ends when its backup has
      detached: true,
      windowsHide: true,
    })
    beGentle(child.pid)
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (out.length < LIMIT_BYTES) out += piece
    })
    child.on('error', () => resolve({ exit: null, json: null })) // no process now: it is tried again
    child.on('close', (exit) => resolve({ exit, json: parse(out) }))
  })
}

function beGentle(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {} // it runs at the usual priority then, or is over already
}

function parse(out: string): unknown {
  try {
    return JSON.parse(out)
  } catch {
    return null
  }
}
