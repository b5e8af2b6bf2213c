/**
 * Jobs of the Windows Task Scheduler, handed over as XML by schtasks: Task Scheduler Schema of Microsoft
 * (https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema). `StartWhenAvailable` runs once what
 * was missed; a task that still runs is not started again.
 */
import { join } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { localError, writeLocal } from '../machine/state.js'
import { JITTER_MINUTES, type Job, TITLE, type When } from './job.js'
import type { Installed, SchedulePorts, Scheduler } from './scheduler.js'
import { escapeXml, unescapeXml } from './xml.js'

export function windows(ports: SchedulePorts): Scheduler {
  const schtasks = (...args: string[]) => ports.run(['schtasks', ...args])
  const query = async (id: string) => {
    const { code, output } = await schtasks('/Query', '/TN', nameOf(id), '/XML')
    return code === 0 ? output : null
  }
  return {
    name: 'windows',
    usable: async () => ports.platform === 'win32' && (await schtasks('/Query', '/?')).code === 0,
    render: (job) => [{ path: nameOf(job.id), text: renderTask(job) }],
    install: async (job) => {
      const path = join(ports.env.TEMP ?? ports.home, `cairn-${job.id}.xml`)
      await writeLocal(ports.disk, path, Buffer.from(`\ufeff${renderTask(job)}`, 'utf16le'))
      const { code } = await schtasks('/Create', '/TN', nameOf(job.id), '/XML', path, '/F')
      await ports.disk.remove(path).catch((error) => localError(error, path))
      if (code !== 0) fail('schedule-refused', { program: 'schtasks' })
    },
    read: async (id) => {
      const xml = await query(id)
      return xml === null ? null : parseTask(xml, nameOf(id))
    },
    remove: async (id) => {
      if ((await query(id)) === null) return false
      const { code } = await schtasks('/Delete', '/TN', nameOf(id), '/F')
      return code === 0 || fail('schedule-refused', { program: 'schtasks' })
    },
  }
}

const nameOf = (id: string) => `\\Cairn\\backup-${id}`

export function renderTask({ when, command, env }: Job): string {
  const [program, args] = wrapped(command, env)
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escapeXml(TITLE)}</Description>
  </RegistrationInfo>
  <Triggers>
    ${renderTrigger(when)}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>9</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(program)}</Command>
      <Arguments>${escapeXml(args)}</Arguments>
    </Exec>
  </Actions>
</Task>
`
}

/** The day is long past and of no meaning but for the time in it; local time, as it has no zone. */
function renderTrigger(when: When): string {
  const hour = when.kind === 'daily' ? when.hour : 0
  const start = `2026-01-01T${twoDigits(hour)}:${twoDigits(when.minute)}:00`
  const repetition =
    when.kind === 'daily' ? '' : '<Repetition><Interval>PT1H</Interval><Duration>P1D</Duration></Repetition>'
  return `<CalendarTrigger>
      ${repetition}<StartBoundary>${start}</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT${JITTER_MINUTES}M</RandomDelay>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>`
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

/** A task has no variables of its own: the shell of Windows sets them, and shows no window that stays. */
function wrapped(command: readonly string[], env: Job['env']): readonly [string, string] {
  const words = [...command, ...Object.values(env)]
  if (words.some((word) => /["%\r\n]/.test(word))) return fail('schedule-path')
  const variables = Object.entries(env).map(([name, value]) => `set "${name}=${value}" && `)
  return ['cmd.exe', `/d /s /c "${variables.join('')}${command.map((word) => `"${word}"`).join(' ')}"`]
}

function parseTask(xml: string, where: string): Installed {
  const of = (name: string) => unescapeXml(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '')
  const [, hour, minute] = /T(\d\d):(\d\d)/.exec(of('StartBoundary')) ?? []
  const settings = /<Settings>([\s\S]*?)<\/Settings>/.exec(xml)?.[1] ?? ''
  const line = /(?:^| && |\/c ")((?:"[^"]*" ?)+)"$/.exec(of('Arguments'))?.[1]
  return {
    where,
    when: whenOf({ hour, minute, isRepeated: xml.includes('<Interval>PT1H</Interval>') }),
    command: line === undefined ? null : [...line.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word),
    active: !settings.includes('<Enabled>false</Enabled>'),
    next: null,
    last: null,
  }
}

interface Boundary {
  readonly hour: string | undefined
  readonly minute: string | undefined
  readonly isRepeated: boolean
}

function whenOf({ hour, minute, isRepeated }: Boundary): When | null {
  if (hour === undefined || minute === undefined) return null
  return isRepeated
    ? { kind: 'hourly', minute: Number(minute) }
    : { kind: 'daily', hour: Number(hour), minute: Number(minute) }
}
