/** The `rclone` program (Debian's 1.60), with a configuration of its own. */
import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { outcome, run, which } from './run.js'

export const rclone: Peer = {
  name: 'rclone',
  install: 'apt-get install rclone',
  available: async () => which('rclone') !== null,
}

export interface Remotes {
  /** A folder that is empty, made anew by each call; others may go through it. */
  readonly folder: () => string
  readonly config: string
  /** More of the configuration. */
  readonly add: (lines: readonly string[]) => void
  readonly remove: () => void
}

/** How rclone writes passwords; it is no encryption. */
export const obscured = (password: string) => run('rclone', ['obscure', '-'], { input: password })

/** The remotes `disk`, this computer's folders, and `safe:`, encrypted in the folder `sealed` of this one. */
export async function remotes(): Promise<Remotes> {
  const root = mkdtempSync(join(tmpdir(), 'cairn-rclone-'))
  chmodSync(root, 0o755)
  const config = join(root, 'rclone.conf')
  // the empty password, as rclone writes it: of another one each process would derive a key by scrypt
  const password = await obscured('')
  const crypt = ['[safe]', 'type = crypt', `remote = ${join(root, 'sealed')}`, `password = ${password}`]
  const add = (lines: readonly string[]) => appendFileSync(config, `${lines.join('\n')}\n`)
  add(['[disk]', 'type = local', ...crypt])
  let count = 0
  const folder = () => {
    const path = join(root, `place ${++count}`)
    mkdirSync(path)
    return path
  }
  return { folder, config, add, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** A WebDAV server of rclone, for user `u` with password `p`, over an empty folder. */
export async function webdavServer(folder: string): Promise<{ url: string; stop: () => void }> {
  const args = ['serve', 'webdav', '--addr', '127.0.0.1:0', '--user', 'u', '--pass', 'p', folder]
  const server = spawn('rclone', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (piece) => {
      said += piece
      const [at] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (at) resolve(at)
    })
    server.on('close', () => reject(new Error(said)))
  })
  return { url, stop: () => server.kill('SIGKILL') }
}

/** What runs a program as a user whom permissions bind, when this one is root. */
export const unprivileged: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []

const overFullDisk = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'

/** What runs a program that finds a disk of 64 KiB in this folder; empty where the system allows no such thing. */
export async function onFullDisk(folder: string): Promise<readonly string[]> {
  const command = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', overFullDisk, folder]
  const [program = '', ...args] = command
  const { code } = await outcome(program, [...args, 'true']).catch(() => ({ code: null }))
  return code === 0 ? command : []
}
