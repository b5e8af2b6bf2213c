/**
 * Debian's OpenSSH server (9.2) on a port of its own with users of its own, none of which this machine gets to know:
 * nss_wrapper shows them to the server alone. They are not root, so that permissions bind them.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { freed, freePort, listening } from './port.js'
import { run, which } from './run.js'

const WRAPPER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/libnss_wrapper.so`
const isRoot = process.getuid?.() === 0
/** Of no user of this machine. */
const UID = isRoot ? 58_231 : (process.getuid?.() ?? 0)

const program = () => which('sshd') ?? (existsSync('/usr/sbin/sshd') ? '/usr/sbin/sshd' : null)

export const sshd: Peer = {
  name: 'sshd',
  install: 'apt-get install openssh-server libnss-wrapper',
  available: async () => program() !== null && existsSync(WRAPPER),
}

/** `cairn` may do what OpenSSH can, `reader` may not write, `plain` has a server without extensions. */
const USERS = ['cairn', 'reader', 'plain'] as const

export interface Sshd {
  readonly port: number
  readonly password: string
  /** Private keys that let everyone in: as it is, and behind `passphrase`; and one that lets nobody in. */
  readonly keys: { readonly open: string; readonly sealed: string; readonly foreign: string }
  readonly passphrase: string
  /** As `ssh-keygen -l` shows it. */
  hostKey(): Promise<string>
  /** A new folder that belongs to the users. */
  folder(): string
  /** Ends the server and every connection with SIGKILL. */
  kill(): Promise<void>
  /** Starts it on the same port once more, with another host key when told so. */
  start(options?: { readonly hostKey: 'new' }): Promise<void>
  stop(): Promise<void>
}

export async function startSshd(): Promise<Sshd> {
  const dir = mkdtempSync(join(tmpdir(), 'cairn-sshd-'))
  chmodSync(dir, 0o755)
  const port = await freePort()
  const password = 'a stone on a stone'
  const passphrase = 'under another stone'
  const keys = { open: join(dir, 'open'), sealed: join(dir, 'sealed'), foreign: join(dir, 'foreign') }
  await Promise.all([keygen(keys.open), keygen(keys.sealed, passphrase), keygen(keys.foreign)])
  const config = await configure({ dir, port, password, keys: [keys.open, keys.sealed] })
  let child: ChildProcess | undefined
  const kill = async () => {
    for (const pid of child ? [child.pid ?? 0, ...descendants(child.pid ?? 0)] : []) killNow(pid)
    await ended(child)
    await freed(port)
  }
  const killAtExit = () => child && [child.pid ?? 0, ...descendants(child.pid ?? 0)].forEach(killNow)
  process.on('exit', killAtExit)
  const start: Sshd['start'] = async (options) => {
    if (options) rmSync(config.hostKey)
    if (!existsSync(config.hostKey)) await keygen(config.hostKey)
    child = spawn(program() ?? '', ['-D', '-e', '-f', config.path], { env: config.env, stdio: 'ignore' })
    await listening(port)
  }
  await start()
  return {
    port,
    password,
    keys,
    passphrase,
    hostKey: async () => (await run('ssh-keygen', ['-lf', config.hostKey])).split(' ')[1] ?? '',
    folder: () => ownedFolder(join(dir, 'data')),
    kill,
    start,
    stop: async () => {
      process.off('exit', killAtExit)
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

interface Settings {
  readonly dir: string
  readonly port: number
  readonly password: string
  readonly keys: readonly string[]
}

async function configure({ dir, port, password, keys }: Settings) {
  const [path, hostKey, authorized] = [join(dir, 'config'), join(dir, 'host'), join(dir, 'authorized')]
  writeFileSync(authorized, keys.map((key) => readFileSync(`${key}.pub`, 'utf8')).join(''))
  writeFileSync(path, settings({ port, hostKey, authorized }))
  const hash = await run('openssl', ['passwd', '-6', '-stdin'], { input: `${password}\n` })
  const names = ['passwd', 'group', 'shadow'].map((name) => join(dir, name))
  const [passwd = '', group = '', shadow = ''] = names
  writeFileSync(passwd, readFileSync('/etc/passwd'))
  writeFileSync(group, `${readFileSync('/etc/group', 'utf8')}stones:x:${UID}:\n`)
  for (const user of USERS) {
    appendFileSync(passwd, `${user}:x:${UID}:${UID}::${dir}:/bin/sh\n`)
    appendFileSync(shadow, `${user}:${hash}:20000:0:99999:7:::\n`, { mode: 0o600 })
  }
  mkdirSync(join(dir, 'data'), { mode: 0o755 })
  // where the part of the server that has no rights yet lives; Debian makes it when it starts the service
  if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const env = {
    LD_PRELOAD: WRAPPER,
    NSS_WRAPPER_PASSWD: passwd,
    NSS_WRAPPER_GROUP: group,
    NSS_WRAPPER_SHADOW: shadow,
  }
  return { path, hostKey, env }
}

interface Paths {
  readonly port: number
  readonly hostKey: string
  readonly authorized: string
}

const settings = ({ port, hostKey, authorized }: Paths) => `
ListenAddress 127.0.0.1
Port ${port}
HostKey ${hostKey}
AuthorizedKeysFile ${authorized}
StrictModes no
PasswordAuthentication yes
UsePAM no
PidFile none
MaxStartups 100
MaxAuthTries 20
Subsystem sftp internal-sftp
Match User reader
  ForceCommand internal-sftp -R
Match User plain
  ForceCommand internal-sftp -P posix-rename,fsync,statvfs,limits
`

async function keygen(path: string, passphrase = ''): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', path])
}

function ownedFolder(parent: string): string {
  const path = mkdtempSync(join(parent, 'store-'))
  chmodSync(path, 0o755)
  chownSync(path, UID, isRoot ? UID : (process.getgid?.() ?? 0))
  return path
}

function ended(child: ChildProcess | undefined): Promise<unknown> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', resolve))
}

/** sshd gives each connection a session of its own, which no signal to the group would reach. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const [, parent = ''] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? []
      return [{ pid: Number(name), parent: Number(parent) }]
    } catch {
      return [] // it ended meanwhile
    }
  })
  const children = parents.filter(({ parent }) => parent === pid)
  return children.flatMap((child) => [child.pid, ...descendants(child.pid)])
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {} // it is gone
}
