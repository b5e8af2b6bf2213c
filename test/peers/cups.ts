/**
 * A CUPS of its own (Debian's cupsd, 2.4) on a socket in a temporary folder, with two printers: `PDF` prints into files,
 * and `Office` is on a network and takes jobs that it never prints. As root `PDF` is cups-pdf. That program refuses to
 * run as anybody else, so without root a backend of our own takes the job as it comes, which is a PDF too.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from './peer.js'
import { outcome, run } from './run.js'

const CUPSD = '/usr/sbin/cupsd'
const SERVER_BIN = '/usr/lib/cups'
const CUPS_PDF = '/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd'
const isRoot = process.getuid?.() === 0
/** CP_CONFIG_PATH of cups-pdf, which `cups-pdf:/NAME` adds `cups-pdf-NAME.conf` to. */
const CONFIGURATIONS = '/etc/cups'
const PREFIX = 'cups-pdf-'
const MARK = 'cairn-cups-'

export const cups: Peer = {
  name: 'cups with cups-pdf',
  install: 'apt-get install cups printer-driver-cups-pdf',
  available: async () => existsSync(CUPSD) && (!isRoot || existsSync(CUPS_PDF)),
}

export interface Cups {
  /** What programs of CUPS find it by. */
  readonly env: { readonly CUPS_SERVER: string }
  /** Its configuration, `cupsd.conf`. */
  readonly config: string
  /** What `PDF` printed so far, in this order. */
  printed(): readonly Uint8Array[]
  /** Names of the files that it keeps of jobs. */
  spool(): readonly string[]
  /** What it logged. */
  log(): string
  stop(): Promise<void>
}

export async function startCups(): Promise<Cups> {
  if (isRoot) sweep()
  const dir = mkdtempSync(join(tmpdir(), `${MARK}${process.pid}-`))
  chmodSync(dir, 0o755)
  for (const folder of ['conf/ppd', 'spool/tmp', 'state/certs', 'cache', 'log', 'out', 'bin/backend'])
    mkdirSync(join(dir, folder), { recursive: true })
  const files = writeConfiguration(dir)
  const cupsPdf = join(CONFIGURATIONS, `${PREFIX}${basename(dir)}.conf`)
  if (isRoot)
    writeFileSync(cupsPdf, `Out ${dir}/out\nAnonDirName ${dir}/out\nSpool ${dir}/pdf\nLog ${dir}/log\n`)
  const child = spawn(CUPSD, ['-f', '-c', files.config, '-s', files.files], {
    stdio: 'ignore',
    detached: true,
  })
  const env = { CUPS_SERVER: join(dir, 'cups.sock') }
  const kill = () => killGroup(child)
  process.on('exit', kill)
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && kill()) await gone
    process.off('exit', kill)
    rmSync(cupsPdf, { force: true })
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    await answering(env, child)
    await addPrinters(dir, env)
  } catch (error) {
    await stop()
    throw error
  }
  const inFolder = (folder: string) => readdirSync(join(dir, folder)).filter((name) => name !== 'tmp')
  return {
    env,
    config: files.config,
    printed: () =>
      inFolder('out')
        .filter((name) => name.endsWith('.pdf'))
        .map((name) => join(dir, 'out', name))
        .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
        .map((path) => readFileSync(path)),
    spool: () => inFolder('spool'),
    log: () => readFileSync(join(dir, 'log', 'error'), 'latin1'),
    stop,
  }
}

/**
 * cups-pdf looks for its configuration in one folder only, which is not ours. What runs that were killed left there and
 * among temporary files goes; those that go on are known by the number of their process.
 */
function sweep(): void {
  for (const [folder, start] of [
    [CONFIGURATIONS, `${PREFIX}${MARK}`],
    [tmpdir(), MARK],
  ] as const)
    for (const name of readdirSync(folder)) {
      const pid = name.startsWith(start) ? /^(\d+)-/.exec(name.slice(start.length))?.[1] : undefined
      if (pid !== undefined && !isRunning(Number(pid)))
        rmSync(join(folder, name), { recursive: true, force: true })
    }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function killGroup(child: ChildProcess): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')
  } catch {
    return false // it is gone
  }
}

function writeConfiguration(dir: string) {
  const [config, files] = [join(dir, 'conf', 'cupsd.conf'), join(dir, 'conf', 'cups-files.conf')]
  writeFileSync(
    config,
    `LogLevel debug2
Listen ${dir}/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`,
  )
  // a user of its own for filters: nobody of this machine runs them without root
  const user = isRoot
    ? 'User lp\nGroup lp\nSystemGroup root'
    : `User ${userInfo().username}\nSystemGroup users`
  writeFileSync(
    files,
    `ServerRoot ${dir}/conf
ServerBin ${serverBin(dir)}
RequestRoot ${dir}/spool
TempDir ${dir}/spool/tmp
StateDir ${dir}/state
CacheDir ${dir}/cache
AccessLog ${dir}/log/access
ErrorLog ${dir}/log/error
PageLog ${dir}/log/page
Sandboxing relaxed
${user}
`,
  )
  return { config, files }
}

/** Without root, the programs of CUPS and a backend that keeps what it is sent. */
function serverBin(dir: string): string {
  if (isRoot) return SERVER_BIN
  for (const folder of readdirSync(SERVER_BIN).filter((name) => name !== 'backend'))
    symlinkSync(join(SERVER_BIN, folder), join(dir, 'bin', folder))
  const backend = join(dir, 'bin', 'backend', 'capture')
  writeFileSync(
    backend,
    `#!/bin/sh\n[ $# = 0 ] && exit 0\ncat "\${6:--}" > "${dir}/out/$1.part" && mv "${dir}/out/$1.part" "${dir}/out/$1.pdf"\n`,
  )
  chmodSync(backend, 0o700)
  symlinkSync(join(SERVER_BIN, 'backend', 'socket'), join(dir, 'bin', 'backend', 'socket'))
  return join(dir, 'bin')
}

async function answering(env: Cups['env'], child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const { stdout } = await outcome('lpstat', ['-r'], { env })
    if (/is running/.test(stdout.toString())) return
    await sleep(20)
  }
  throw new Error(`cupsd ended with ${child.exitCode}`)
}

async function addPrinters(dir: string, env: Cups['env']): Promise<void> {
  const pdf = isRoot ? ['-v', `cups-pdf:/${basename(dir)}`, '-P', CUPS_PDF] : ['-v', 'capture:/', '-m', 'raw']
  await run('lpadmin', ['-p', 'PDF', '-E', ...pdf, '-o', 'printer-is-shared=false'], { env })
  // RFC 5737: an address of documentation, where nobody answers
  const office = ['-v', 'socket://192.0.2.1:9100', '-m', 'raw', '-o', 'printer-is-shared=true']
  await run('lpadmin', ['-p', 'Office', '-E', ...office], { env })
  await run('lpadmin', ['-p', 'Off', '-v', 'usb://Maker/Model', '-m', 'raw'], { env })
}
