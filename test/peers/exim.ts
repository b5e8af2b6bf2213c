/** Debian's Exim (4.96) on a port of its own: takes mail for one address from who knows the password, into a file. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { freePort, listening } from './port.js'

const PROGRAM = '/usr/sbin/exim4'

export const exim: Peer = {
  name: 'exim4',
  install: 'apt-get install exim4-daemon-light, as root',
  // it changes to another user to write mail
  available: async () => existsSync(PROGRAM) && process.getuid?.() === 0,
}

export interface Exim {
  readonly port: number
  readonly user: string
  readonly password: string
  /** The one address that it takes mail for. */
  readonly address: string
  /** All mail so far, with its headers. */
  mail(): string
  stop(): Promise<void>
}

const USER = 'cairn'
const PASSWORD = 'ein-stein-größer-1'
const ADDRESS = 'keeper@example.org'

export async function startExim(): Promise<Exim> {
  const dir = mkdtempSync(join(tmpdir(), 'cairn-exim-'))
  chmodSync(dir, 0o755)
  for (const name of ['spool', 'box']) {
    mkdirSync(join(dir, name))
    chmodSync(join(dir, name), 0o777)
  }
  const port = await freePort()
  const config = join(dir, 'exim.conf')
  writeFileSync(config, settings(dir, port))
  const child: ChildProcess = spawn(PROGRAM, ['-C', config, '-bdf'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  await listening(port)
  const box = join(dir, 'box/mail')
  return {
    port,
    user: USER,
    password: PASSWORD,
    address: ADDRESS,
    mail: () => (existsSync(box) ? readFileSync(box, 'utf8') : ''),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      kill()
      await gone
      process.off('exit', kill)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** https://www.exim.org/exim-html-current/doc/html/spec_html/: mail is delivered before the sender is answered. */
const settings = (dir: string, port: number) => `
primary_hostname = localhost
spool_directory = ${dir}/spool
log_file_path = ${dir}/spool/%slog
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts =
auth_advertise_hosts = *
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny !authenticated = *
  accept recipients = ${ADDRESS}
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  file = ${dir}/box/mail
  user = Debian-exim
  group = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and {{eq{$auth2}{${USER}}}{eq{$auth3}{${PASSWORD}}}}}
  server_set_id = $auth2
`
