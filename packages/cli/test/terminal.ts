/** Runs the built `cairn` on a pseudo-terminal, made by `script` of util-linux, and types into it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach } from 'vitest'
import { BIN, environment, type Ran, type RunOptions } from './run.js'

export interface Sitting {
  /** Resolves when the screen showed this since the last call. */
  shows(text: string): Promise<void>
  /** The same; returns what the screen showed before it. */
  showing(text: string): Promise<string>
  types(keys: string): void
  /** What reached the screen, when the command has ended. */
  ends(): Promise<Sat>
}

export interface Sat extends Pick<Ran, 'exit'> {
  /** What stays to be seen. */
  readonly screen: string
  /** What was on the alternate screen. */
  readonly alternate: string
  /** The alternate screen was left as often as it was entered. */
  readonly left: boolean
}

const ENTER = '\u001b[?1049h'
const LEAVE = '\u001b[?1049l'

function sat(exit: number | null, all: string): Sat {
  const [first = '', ...visits] = all.split(ENTER)
  const parts = visits.map((visit) => visit.split(LEAVE))
  return {
    exit,
    screen: first + parts.map(([, ...after]) => after.join('')).join(''),
    alternate: parts.map(([shown]) => shown).join(''),
    left: parts.every((part) => part.length === 2),
  }
}

const sitting = new Set<ChildProcess>()

/** Call in a suite: a command that a failed test left waiting loses its terminal. */
export function useTerminal(): void {
  afterEach(() => {
    for (const child of sitting) child.kill('SIGTERM')
  })
}

export interface SitOptions extends RunOptions {
  /** Shell text after the command, such as `< FILE` or `> FILE`. */
  readonly redirect?: string
}

export function sit(args: readonly string[], options: SitOptions = {}): Sitting {
  const quoted = [process.execPath, BIN, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`)
  // The size of a new pseudo-terminal is 0 by 0.
  const command = `stty rows 40 columns 100; exec ${quoted.join(' ')} ${options.redirect ?? ''}`
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: { ...environment(options), TERM: 'xterm-256color', SHELL: '/bin/sh' },
    cwd: options.cwd,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  sitting.add(child)
  let screen = ''
  let seen = 0
  // a chunk may end within a character
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk
  })
  let isOver = false
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (exit) => {
      isOver = true
      sitting.delete(child)
      resolve(exit)
    })
  })
  const showing = async (text: string) => {
    const from = seen
    while (!screen.includes(text, from)) {
      if (isOver) throw new Error(`it ended and showed only: ${screen.slice(from)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const at = screen.indexOf(text, from)
    seen = at + text.length
    return screen.slice(from, at)
  }
  return {
    showing,
    shows: async (text) => {
      await showing(text)
    },
    types: (keys) => {
      child.stdin?.write(keys)
    },
    ends: async () => sat(await ended, screen),
  }
}
