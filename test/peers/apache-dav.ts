/**
 * Debian's Apache (2.4) with mod_dav on a port of its own. The same folders are served in four ways: `open` asks for
 * nothing, `basic` and `digest` for a password, `fixed` lets nobody write.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Peer } from './peer.js'
import { freed, freePort, listening } from './port.js'
import { which } from './run.js'

const MODULES = '/usr/lib/apache2/modules'
const isRoot = process.getuid?.() === 0
/** Of no user of this machine. */
const UID = isRoot ? 58_232 : (process.getuid?.() ?? 0)
const GID = isRoot ? UID : (process.getgid?.() ?? 0)

const program = () => which('apache2') ?? (existsSync('/usr/sbin/apache2') ? '/usr/sbin/apache2' : null)

export const apacheDav: Peer = {
  name: 'apache2',
  install: 'apt-get install apache2',
  available: async () => program() !== null && existsSync(join(MODULES, 'mod_dav_fs.so')),
}

export type Way = 'open' | 'basic' | 'digest' | 'fixed' | 'closed'

export interface ApacheDav {
  readonly port: number
  readonly user: string
  readonly password: string
  /** A new folder that the server may write to. */
  folder(): string
  /** URL of such a folder. */
  url(folder: string, way: Way): string
  /** Ends the server and every connection with SIGKILL. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const USER = 'cairn'
const PASSWORD = 'ein Stein, größer: 1'

export async function startApacheDav(): Promise<ApacheDav> {
  const dir = mkdtempSync(join(tmpdir(), 'cairn-dav-'))
  chmodSync(dir, 0o755)
  const port = await freePort()
  const data = join(dir, 'data')
  for (const path of [data, join(dir, 'locks')]) own(path)
  const config = join(dir, 'httpd.conf')
  writeFileSync(config, settings(dir, port))
  const [sha1, md5] = [
    createHash('sha1').update(PASSWORD).digest('base64'),
    createHash('md5').update(`${USER}:stones:${PASSWORD}`).digest('hex'),
  ]
  writeFileSync(join(dir, 'basic'), `${USER}:{SHA}${sha1}\n`)
  writeFileSync(join(dir, 'digest'), `${USER}:stones:${md5}\n`)
  let child: ChildProcess | undefined
  const killNow = () => {
    try {
      if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {} // it is gone
  }
  process.on('exit', killNow)
  const kill = async () => {
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    killNow()
    await gone
    await freed(port) // its workers may end after it
  }
  const start = async () => {
    const args = ['-d', dir, '-f', config, '-D', 'FOREGROUND']
    // a group of its own, which its workers are in
    child = spawn(program() ?? '', args, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] })
    await listening(port)
  }
  await start()
  return {
    port,
    user: USER,
    password: PASSWORD,
    folder: () => {
      const path = mkdtempSync(join(data, 'store-'))
      chownSync(path, UID, GID)
      return path
    },
    url: (folder, way) => `http://127.0.0.1:${port}/${way}/${basename(folder)}`,
    kill,
    start,
    stop: async () => {
      process.off('exit', killNow)
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function own(path: string): void {
  mkdirSync(path, { mode: 0o755 })
  chownSync(path, UID, GID)
}

const settings = (dir: string, port: number) => `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${dir}/pid
ErrorLog ${dir}/errors
DocumentRoot ${dir}/data
DavLockDB ${dir}/locks/db
Mutex file:${dir}/locks
DefaultRuntimeDir ${dir}
${[
  'mpm_event',
  'alias',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'auth_digest',
  'dav',
  'dav_fs',
]
  .map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
  .join('\n')}
${isRoot ? `User #${UID}\nGroup #${GID}` : ''}
StartServers 1
AllowEncodedSlashes NoDecode
<Directory />
  Require all denied
</Directory>
<Directory ${dir}/data>
  Require all granted
</Directory>
${['open', 'basic', 'digest', 'fixed', 'closed'].map((way) => `Alias /${way} ${dir}/data\n<Location /${way}>\n  Dav On\n</Location>`).join('\n')}
<Location /basic>
  AuthType Basic
  AuthName stones
  AuthUserFile ${dir}/basic
  Require valid-user
</Location>
<Location /digest>
  AuthType Digest
  AuthName stones
  AuthDigestProvider file
  AuthUserFile ${dir}/digest
  Require valid-user
</Location>
<Location /closed>
  Require all denied
</Location>
<Location /fixed>
  <LimitExcept GET PROPFIND>
    Require all denied
  </LimitExcept>
</Location>
`
