/**
 * A Secret Service as a Linux desktop has one: Debian's gnome-keyring (42) on a session bus of its own, with its
 * keychain unlocked as a login does it. There is nobody whom it could ask for a password.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from './peer.js'
import { outcome, run, which } from './run.js'

const PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send', 'secret-tool']

export const secretService: Peer = {
  name: 'gnome-keyring',
  install: 'apt-get install gnome-keyring dbus libsecret-tools',
  available: async () => PROGRAMS.every((program) => which(program) !== null),
}

export interface SecretService {
  /** For programs that shall see it. */
  readonly env: Readonly<Record<string, string>>
  /** The secrets in it, as `secret-tool` lists them, secrets included. */
  shown(): Promise<string>
  /** Forgets everything that Cairn keeps there. */
  forget(): Promise<void>
  lock(): Promise<void>
  stop(): Promise<void>
}

const COLLECTION = '/org/freedesktop/secrets/collection/login'

export async function startSecretService(): Promise<SecretService> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-keyring-'))
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o700 })
  const base = { HOME: home, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: home, DISPLAY: '', WAYLAND_DISPLAY: '' }
  const bus = spawn(
    'dbus-daemon',
    ['--session', '--nofork', '--print-address=1', `--address=unix:path=${folder}/bus`],
    {
      env: { ...process.env, ...base },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  await firstOutput(bus)
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus` }
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keyring.stdin.end('password of the login')
  const killAtExit = () => {
    for (const child of [keyring, bus]) child.kill('SIGKILL')
  }
  process.on('exit', killAtExit)
  await answers(env)
  return {
    env,
    shown: async () =>
      (
        await outcome('secret-tool', ['search', '--all', '--unlock', 'service', 'cairn'], { env })
      ).stdout.toString(),
    forget: async () => void (await run('secret-tool', ['clear', 'service', 'cairn'], { env })),
    lock: async () => {
      const call = [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.secrets',
        '/org/freedesktop/secrets',
      ]
      await run(
        'dbus-send',
        [...call, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${COLLECTION}`],
        { env },
      )
    },
    stop: async () => {
      process.off('exit', killAtExit)
      await Promise.all([keyring, bus].map(ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Until the collection of the login is there. Nobody is asked before it has the name: a call to a name that nobody has
 * makes the bus start another gnome-keyring, which takes the name and is locked.
 */
async function answers(env: Readonly<Record<string, string>>): Promise<void> {
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const isOwned = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets']
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', COLLECTION]
  const get = [
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ]
  for (let tries = 0; tries < 5_000; tries++) {
    const owned = (await outcome('dbus-send', [...bus, ...isOwned], { env })).stdout.includes('true')
    if (owned && (await outcome('dbus-send', [...call, ...get], { env })).stdout.includes('false')) return
    await sleep(20)
  }
  throw new Error('gnome-keyring does not answer')
}

function firstOutput(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('error', reject).once('exit', () => reject(new Error('it ended at once')))
  })
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
}
