/** A desktop that shows notices: a message bus of its own, Xvfb for a screen, and dunst (1.9) from Debian. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from './peer.js'
import { which } from './run.js'

const PROGRAMS = ['dbus-daemon', 'Xvfb', 'dunst', 'dunstctl', 'notify-send']

export const desktop: Peer = {
  name: 'a desktop with notices',
  install: 'apt-get install dbus xvfb dunst libnotify-bin',
  available: async () => PROGRAMS.every((program) => which(program)),
}

export interface Notice {
  readonly app: string
  readonly title: string
  readonly body: string
}

export interface Desktop {
  /** Address of its bus. */
  readonly bus: string
  /** All notices that it has shown, oldest first. */
  notices(): readonly Notice[]
  stop(): Promise<void>
}

export async function startDesktop(): Promise<Desktop> {
  const children: ChildProcess[] = []
  const start = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) => {
    const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'ignore', 'pipe'] })
    children.push(child)
    return child
  }
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.on('exit', killAll)
  const bus = await firstLine(start('dbus-daemon', ['--session', '--nofork', '--print-address']).stdout)
  const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24', '-nolisten', 'tcp'])
  const display = `:${await firstLine(screen.stdio[3] as Readable)}`
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus, DISPLAY: display }
  start('dunst', [], env)
  const control = (...args: string[]) =>
    execFileSync('dunstctl', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  await answering(() => control('count'))
  return {
    bus,
    notices: () => {
      control('close-all') // what was closed is in its history
      return parseHistory(control('history'))
    },
    stop: async () => {
      process.off('exit', killAll)
      const gone = children.map((child) => once(child, 'exit'))
      killAll()
      await Promise.all(gone)
    },
  }
}

async function firstLine(stream: Readable | null): Promise<string> {
  let said = ''
  for await (const piece of stream ?? []) {
    said += piece
    if (said.includes('\n')) break
  }
  return said.trim()
}

async function answering(ask: () => unknown): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    try {
      ask()
      return
    } catch {
      await sleep(50)
    }
  }
  throw new Error('dunst did not answer')
}

type Field = { readonly data: string | number }

function parseHistory(json: string): readonly Notice[] {
  const { data } = JSON.parse(json) as { data: readonly (readonly Record<string, Field>[])[] }
  const text = (field: Field | undefined) => String(field?.data ?? '')
  return (data[0] ?? [])
    .map(({ appname, summary, body }) => ({ app: text(appname), title: text(summary), body: text(body) }))
    .reverse()
}
