/**
 * Printing through CUPS, by its own programs (lp(1), lpstat(1), lpoptions(1)). The page goes to `lp` by standard input,
 * so that no file of it is made here. What CUPS and the printer keep of it is another matter: `lookAt` says beforehand
 * what can be known of that. Not here: asking the person, and what is drawn.
 */
import { readFile } from 'node:fs/promises'
import { fail } from '@cairn/core/errors.js'
import { type Ended, runToEnd } from '../stores/program.js'

/** Where a page goes, as far as the device says: `file` is a queue that prints into a file. */
export type Reach = 'cable' | 'network' | 'internet' | 'file' | 'unknown'

export interface Printer {
  readonly name: string
  /** Scheme and host of its device, without what may be a password. */
  readonly device: string
  readonly reach: Reach
  readonly model: string
  /** Other computers can print on it through this one, and its queue is seen on the network. */
  readonly isShared: boolean
  /** Its driver knows of a disk or of kept jobs in it. */
  readonly hasDisk: boolean
}

/** How long CUPS keeps the data of jobs that ended: the directive PreserveJobFiles of cupsd.conf(5). */
export type Kept = 'not' | 'a while' | 'always' | 'unknown'

/** Runs a program of CUPS with these bytes as its input. */
export type RunCups = (program: string, args: readonly string[], input?: Uint8Array) => Promise<Ended>

const LIMIT_BYTES = 4 * 1024 * 1024

/** @throws CairnError `cups-absent` when the program is not there */
export const runCups: RunCups = async (program, args, input = new Uint8Array()) => {
  const command = ['env', 'LC_ALL=C', program] as const
  const ended = await runToEnd({ command, args, input, limitBytes: LIMIT_BYTES }).catch(() => null)
  // POSIX env(1): 127 when the program is not found
  if (ended === null || ended.code === 127)
    return fail('cups-absent', { reason: `${program} is not installed` })
  return ended
}

/**
 * The printer of this name, or the default one.
 * @throws CairnError `cups-absent`, `printer-absent`, `printer-busy`
 */
export async function lookAt(name: string | undefined, run: RunCups = runCups): Promise<Printer> {
  const devices = await devicesBy(run)
  const known = devices.size === 0 ? 'no printer' : [...devices.keys()].join(', ')
  const wanted = name ?? (await defaultName(run))
  if (wanted === undefined) return fail('printer-absent', { asked: 'no printer is the default one', known })
  const device = devices.get(wanted)
  if (device === undefined) return fail('printer-absent', { asked: `there is no printer ${wanted}`, known })
  const options = textOf(await run('lpoptions', ['-p', wanted]))
  requireReady(wanted, options)
  const drivers = textOf(await run('lpoptions', ['-p', wanted, '-l']))
  return {
    name: wanted,
    device: withoutSecrets(device),
    reach: reachOf(device),
    model: attribute(options, 'printer-make-and-model') ?? '',
    isShared: attribute(options, 'printer-is-shared') === 'true',
    hasDisk: drivers.split('\n').some(isDisk),
  }
}

export interface PrintJob {
  readonly content: Uint8Array
  /** Seen in the queue, the log and often on the network: no secret, no name of a wallet. */
  readonly title: string
  readonly paper: 'a4' | 'letter' | 'card'
}

/** Size as drawn, on one side: a code that is scaled is no longer what was proven. */
const AS_DRAWN = ['-o', 'print-scaling=none', '-o', 'sides=one-sided', '-o', 'number-up=1']
const MEDIA = { a4: ['-o', 'media=A4'], letter: ['-o', 'media=Letter'], card: [] } as const

/** Hands the page over; gives the id of the job. @throws CairnError `print-failed`, `cups-absent` */
export async function print(
  { name }: Pick<Printer, 'name'>,
  { content, title, paper }: PrintJob,
  run: RunCups = runCups,
): Promise<string> {
  const ended = await run('lp', ['-d', name, '-t', title, ...AS_DRAWN, ...MEDIA[paper]], content)
  const job = /^request id is (\S+)/m.exec(textOf(ended))?.[1]
  return ended.code === 0 && job !== undefined ? job : fail('print-failed', { printer: name })
}

/** Whether the job is in the queue still: waiting, or on its way to the printer. */
export async function isPending(job: string, run: RunCups = runCups): Promise<boolean> {
  const listed = textOf(await run('lpstat', ['-W', 'not-completed', '-o']))
  return listed.split('\n').some((line) => line.split(/\s/)[0] === job)
}

/** What a person runs to remove what CUPS kept of the jobs of a printer; as administrator, as a rule. */
export function clearing({ name }: Pick<Printer, 'name'>): string {
  return `cancel -a -x ${name}`
}

/**
 * What the configuration of CUPS says of the data of jobs. It may not be readable, or CUPS run on another computer.
 * cupsd.conf(5): "PreserveJobFiles Yes | No | seconds … The default is 86400 (preserve 1 day)".
 */
export async function keptBy(config = '/etc/cups/cupsd.conf'): Promise<Kept> {
  const text = await readFile(config, 'utf8').catch(() => null)
  if (text === null) return 'unknown'
  const directive = (name: string) =>
    new RegExp(`^\\s*${name}\\s+(\\S+)`, 'im').exec(text)?.[1]?.toLowerCase()
  if (isNo(directive('PreserveJobHistory'))) return 'not'
  const files = directive('PreserveJobFiles')
  if (isNo(files)) return 'not'
  return files !== undefined && ['yes', 'on', 'true'].includes(files) ? 'always' : 'a while'
}

function isNo(value: string | undefined): boolean {
  return value !== undefined && ['no', 'off', 'false', '0'].includes(value)
}

function textOf({ output }: Ended): string {
  return Buffer.from(output).toString('utf8')
}

/** `device for NAME: URI`, a line each. */
async function devicesBy(run: RunCups): Promise<ReadonlyMap<string, string>> {
  const ended = await run('lpstat', ['-v'])
  const lines = textOf(ended).matchAll(/^device for (\S+): (\S+)$/gm)
  const devices = new Map(Array.from(lines, ([, name = '', uri = '']) => [name, uri] as const))
  if (devices.size === 0 && /scheduler|connect|refused/i.test(ended.said))
    fail('cups-absent', { reason: 'CUPS does not answer' })
  return devices
}

async function defaultName(run: RunCups): Promise<string | undefined> {
  return /^system default destination: (\S+)/m.exec(textOf(await run('lpstat', ['-d'])))?.[1]
}

/** RFC 8011, section 5.4.12: 3 is idle, 4 processing, 5 stopped. */
function requireReady(printer: string, options: string): void {
  if (attribute(options, 'printer-is-accepting-jobs') === 'false')
    fail('printer-busy', { printer, reason: 'it takes no jobs' })
  if (attribute(options, 'printer-state') === '5') fail('printer-busy', { printer, reason: 'it is stopped' })
}

/** `name=value` or `name='a value'` among others. */
function attribute(options: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`(?:^|\\s)${name}=(?:'([^']*)'|(\\S*))`).exec(options) ?? []
  return quoted ?? bare
}

const CABLE = ['usb', 'parallel', 'serial', 'scsi', 'hal', 'ipp-usb', 'canon', 'epson']
const NETWORK = [
  'ipp',
  'ipps',
  'http',
  'https',
  'socket',
  'lpd',
  'smb',
  'dnssd',
  'implicitclass',
  'beh',
  'snmp',
]
const FILE = ['file', 'cups-pdf', 'pdf', 'tee', 'capture']

function reachOf(uri: string): Reach {
  const [, scheme = '', rest = ''] = /^([a-z0-9+.-]+):(.*)$/i.exec(uri) ?? []
  if (scheme === 'hp' || scheme === 'hpfax')
    return rest.startsWith('/usb') || rest.startsWith('/par') ? 'cable' : 'network'
  if (CABLE.includes(scheme)) return 'cable'
  if (FILE.includes(scheme)) return 'file'
  if (/cloud|gcp/i.test(scheme)) return 'internet'
  if (!NETWORK.includes(scheme)) return 'unknown'
  return isFarAway(hostOf(uri)) ? 'internet' : isThisComputer(hostOf(uri)) ? 'cable' : 'network'
}

/** A name with a public ending, as those of the services of makers; not .local, an address, or a name of the house. */
function isFarAway(host: string): boolean {
  if (/[\s%]/.test(host) || /^[\d.]+$/.test(host) || host.includes(':')) return false
  return host.includes('.') && !/\.(local|lan|home|internal|intranet|box|arpa|localdomain)\.?$/i.test(host)
}

/** `ipp-usb` shows a printer on a cable as one on this address. */
function isThisComputer(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
}

/** dnssd names a printer and a service, `Printer._ipp._tcp.local`, where others have a host. */
function hostOf(uri: string): string {
  const [, authority = ''] = /^[a-z0-9+.-]+:\/\/([^/?#]*)/i.exec(uri) ?? []
  return authority.replace(/^.*@/, '').replace(/:\d+$/, '')
}

function withoutSecrets(uri: string): string {
  const [, scheme = ''] = /^([a-z0-9+.-]+):/i.exec(uri) ?? []
  const host = hostOf(uri)
  return host === '' ? scheme : `${scheme}://${host}`
}

/** `Option/Text: choice *chosen`: of a driver that names a disk, or jobs that the printer keeps. */
function isDisk(line: string): boolean {
  const [option = '', choices = ''] = line.split(/:(.*)/)
  if (!/hard ?dis[ck]|hdd|\bdisk\b|job ?(storage|retention)|mailbox/i.test(option)) return false
  return !/\*(none|false|notinstalled|not_installed|off|no)\b/i.test(choices)
}
