/**
 * Jobs as timers of the person's own systemd: systemd.timer(5), systemd.service(5), systemd.exec(5). `Persistent=` runs
 * once what was missed while the machine was off or asleep; a service that still runs is not started a second time.
 * Timers of a person run while they are logged in, and at all times after `loginctl enable-linger`.
 */
import { join } from 'node:path'
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { localError, readIfThere, writeLocal } from '../machine/state.js'
import { JITTER_MINUTES, type Job, TITLE, type When } from './job.js'
import type { Installed, Rendered, SchedulePorts, Scheduler } from './scheduler.js'

export function systemd(ports: SchedulePorts): Scheduler {
  const folder = unitFolder(ports)
  const systemctl = (...args: string[]) => ports.run(['systemctl', '--user', ...args])
  const must = async (...args: string[]) => {
    const { code } = await systemctl(...args)
    if (code !== 0) fail('schedule-refused', { program: 'systemctl --user' })
  }
  return {
    name: 'systemd',
    usable: async () => (await systemctl('show-environment')).code === 0,
    render: (job) => renderUnits(job, folder),
    install: async (job) => {
      await ports.disk.makeFolder(folder).catch((error) => localError(error, folder))
      for (const { path, text } of renderUnits(job, folder)) await writeLocal(ports.disk, path, utf8(text))
      await must('daemon-reload')
      await must('enable', timerName(job.id))
      // not `start`: a timer that runs already would keep its old time
      await must('restart', timerName(job.id))
    },
    read: async (id) => readUnits(id, { ports, folder, systemctl }),
    remove: async (id) => {
      const paths = [timerName(id), serviceName(id)].map((name) => join(folder, name))
      const there = await Promise.all(paths.map((path) => readIfThere(ports.disk, path)))
      if (there.every((bytes) => bytes === undefined)) return false
      await must('disable', '--now', timerName(id))
      for (const path of paths) await ports.disk.remove(path).catch((error) => localError(error, path))
      await must('daemon-reload')
      return true
    },
  }
}

function unitFolder({ env, home }: SchedulePorts): string {
  const config = env.XDG_CONFIG_HOME
  return join(config?.startsWith('/') ? config : join(home, '.config'), 'systemd', 'user')
}

const timerName = (id: string) => `cairn-${id}.timer`
const serviceName = (id: string) => `cairn-${id}.service`

/** The service, then its timer. */
export function renderUnits(job: Job, folder: string): readonly Rendered[] {
  return [
    { path: join(folder, serviceName(job.id)), text: renderService(job) },
    { path: join(folder, timerName(job.id)), text: renderTimer(job) },
  ]
}

function renderService({ command, env }: Job): string {
  return lines(
    '[Unit]',
    `Description=${TITLE}`,
    '',
    '[Service]',
    'Type=oneshot',
    ...Object.entries(env).map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`),
    `ExecStart=${command.map((word) => quote(word).replaceAll('$', '$$$$')).join(' ')}`,
    'Nice=19',
    'CPUSchedulingPolicy=batch',
    'IOSchedulingClass=idle',
    'UMask=0077',
  )
}

function renderTimer({ when }: Job): string {
  return lines(
    '[Unit]',
    `Description=${TITLE}`,
    '',
    '[Timer]',
    `OnCalendar=${onCalendar(when)}`,
    `RandomizedDelaySec=${JITTER_MINUTES}min`,
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
  )
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`
}

/** systemd.time(7), "Calendar events". */
export function onCalendar(when: When): string {
  const minute = twoDigits(when.minute)
  return when.kind === 'hourly' ? `*-*-* *:${minute}:00` : `*-*-* ${twoDigits(when.hour)}:${minute}:00`
}

function parseOnCalendar(expression: string): When | null {
  const [, hour, minute = ''] = /^\*-\*-\* (\*|\d\d):(\d\d):00$/.exec(expression) ?? []
  if (hour === undefined) return null
  return hour === '*'
    ? { kind: 'hourly', minute: Number(minute) }
    : { kind: 'daily', hour: Number(hour), minute: Number(minute) }
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

/** systemd.syntax(7), "Quoting"; `%` begins a specifier (systemd.unit(5)). */
function quote(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('\n', '\\n')}"`
}

/** Of a line that `renderService` wrote. */
function parseWords(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) =>
    word
      .replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
      .replaceAll('%%', '%')
      .replaceAll('$$', '$'),
  )
}

interface Reading {
  readonly ports: SchedulePorts
  readonly folder: string
  readonly systemctl: (...args: string[]) => ReturnType<SchedulePorts['run']>
}

async function readUnits(id: string, { ports, folder, systemctl }: Reading): Promise<Installed | null> {
  const timer = await showUnit(systemctl, timerName(id), [
    'LoadState',
    'ActiveState',
    'UnitFileState',
    'FragmentPath',
  ])
  const times = await showUnit(systemctl, timerName(id), [
    'NextElapseUSecRealtime',
    'LastTriggerUSec',
    'TimersCalendar',
  ])
  const service = await showUnit(systemctl, serviceName(id), [
    'ExecMainStatus',
    'ExecMainExitTimestamp',
    'FragmentPath',
  ])
  if (timer.get('LoadState') !== 'loaded') return null
  const where = timer.get('FragmentPath') || join(folder, timerName(id))
  const unit = service.get('FragmentPath')
  const bytes = unit ? await readIfThere(ports.disk, unit) : undefined
  const start = bytes ? /^ExecStart=(.*)$/m.exec(text(bytes))?.[1] : undefined
  const calendar = /OnCalendar=(.*?) ;/.exec(times.get('TimersCalendar') ?? '')?.[1]
  const ended = parseTime(service.get('ExecMainExitTimestamp'))
  return {
    where,
    when: calendar === undefined ? null : parseOnCalendar(calendar),
    command: start === undefined ? null : parseWords(start),
    active: timer.get('ActiveState') === 'active' && timer.get('UnitFileState') === 'enabled',
    next: parseTime(times.get('NextElapseUSecRealtime')),
    last: ended ? { time: ended, exit: Number(service.get('ExecMainStatus')) } : null,
  }
}

async function showUnit(
  systemctl: Reading['systemctl'],
  unit: string,
  properties: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { code, output } = await systemctl('show', unit, ...properties.map((name) => `--property=${name}`))
  if (code !== 0) return fail('schedule-refused', { program: 'systemctl --user' })
  return new Map(
    output.split('\n').map((line): [string, string] => {
      const end = line.indexOf('=')
      return [line.slice(0, end), line.slice(end + 1)]
    }),
  )
}

/** `Thu 2026-11-26 02:17:00 CET`, in the zone of this machine; null for `n/a` and for nothing. */
function parseTime(said: string | undefined): Date | null {
  const parts = /(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)/
    .exec(said ?? '')
    ?.slice(1)
    .map(Number)
  if (!parts) return null
  const [year = 0, month = 1, day, hour, minute, second] = parts
  return new Date(year, month - 1, day, hour, minute, second)
}
