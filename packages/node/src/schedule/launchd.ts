/**
 * Jobs as agents of macOS: launchd.plist(5), launchctl(1). What was missed asleep runs once on waking, what was missed
 * while the machine was off runs at the next login (`RunAtLoad`); a job that still runs is not started again. launchd
 * has no jitter: the minute is drawn when the job is made.
 */
import { join } from 'node:path'
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { localError, readIfThere, writeLocal } from '../machine/state.js'
import type { Job, When } from './job.js'
import type { Installed, SchedulePorts, Scheduler } from './scheduler.js'
import { escapeXml, unescapeXml } from './xml.js'

export function launchd(ports: SchedulePorts): Scheduler {
  const folder = join(ports.home, 'Library', 'LaunchAgents')
  const pathOf = (id: string) => join(folder, `${labelOf(id)}.plist`)
  const domain = `gui/${ports.uid}`
  const launchctl = (...args: string[]) => ports.run(['launchctl', ...args])
  return {
    name: 'launchd',
    usable: async () => ports.platform === 'darwin' && (await launchctl('print', domain)).code === 0,
    render: (job) => [{ path: pathOf(job.id), text: renderPlist(job) }],
    install: async (job) => {
      await ports.disk.makeFolder(folder).catch((error) => localError(error, folder))
      await writeLocal(ports.disk, pathOf(job.id), utf8(renderPlist(job)))
      await launchctl('bootout', `${domain}/${labelOf(job.id)}`) // fails when there is none
      const { code } = await launchctl('bootstrap', domain, pathOf(job.id))
      if (code !== 0) fail('schedule-refused', { program: 'launchctl' })
    },
    read: async (id) => {
      const plist = await readIfThere(ports.disk, pathOf(id))
      const { code, output } = await launchctl('print', `${domain}/${labelOf(id)}`)
      if (code !== 0 && plist === undefined) return null
      return toInstalled({
        where: pathOf(id),
        plist: plist && text(plist),
        printed: code === 0 ? output : null,
      })
    },
    remove: async (id) => {
      const { code } = await launchctl('bootout', `${domain}/${labelOf(id)}`)
      const plist = await readIfThere(ports.disk, pathOf(id))
      if (plist) await ports.disk.remove(pathOf(id)).catch((error) => localError(error, pathOf(id)))
      return code === 0 || plist !== undefined
    },
  }
}

const labelOf = (id: string) => `cairn.backup.${id}`

export function renderPlist({ id, when, command, env }: Job): string {
  const interval = Object.entries(
    when.kind === 'hourly' ? { Minute: when.minute } : { Hour: when.hour, Minute: when.minute },
  )
  const row = (key: string, value: string) => `  <key>${key}</key>\n  ${value}`
  const dict = (entries: readonly string[]) =>
    `<dict>\n${entries.map((entry) => `    ${entry}`).join('\n')}\n  </dict>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${row('Label', stringOf(labelOf(id)))}
${row('ProgramArguments', `<array>\n${command.map((word) => `    ${stringOf(word)}`).join('\n')}\n  </array>`)}
${row('EnvironmentVariables', dict(Object.entries(env).map(([name, value]) => `<key>${escapeXml(name)}</key>${stringOf(value)}`)))}
${row('StartCalendarInterval', dict(interval.map(([key, n]) => `<key>${key}</key><integer>${n}</integer>`)))}
${row('RunAtLoad', '<true/>')}
${row('ProcessType', stringOf('Background'))}
${row('LowPriorityIO', '<true/>')}
${row('Nice', '<integer>19</integer>')}
</dict>
</plist>
`
}

const stringOf = (text: string) => `<string>${escapeXml(text)}</string>`

interface Found {
  readonly where: string
  readonly plist: string | undefined
  /** What launchd itself says; null when it has no such job. */
  readonly printed: string | null
}

function toInstalled({ where, plist = '', printed }: Found): Installed {
  const said = /^\s*arguments = \{\n([\s\S]*?)\n\s*\}/m.exec(printed ?? '')?.[1]
  const written = /<key>ProgramArguments<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(plist)?.[1]
  const exit = /^\s*last exit code = (\d+)/m.exec(printed ?? '')?.[1]
  return {
    where,
    when: parseInterval(plist),
    command:
      said?.split('\n').map((line) => line.trim()) ??
      (written === undefined
        ? null
        : [...written.matchAll(/<string>(.*?)<\/string>/gs)].map(([, word = '']) => unescapeXml(word))),
    active: printed !== null,
    next: null,
    last: exit === undefined ? null : { time: null, exit: Number(exit) },
  }
}

function parseInterval(plist: string): When | null {
  const interval = /<key>StartCalendarInterval<\/key>\s*<dict>([\s\S]*?)<\/dict>/.exec(plist)?.[1] ?? ''
  const numberOf = (key: string) =>
    new RegExp(`<key>${key}</key><integer>(\\d+)</integer>`).exec(interval)?.[1]
  const [hour, minute] = [numberOf('Hour'), numberOf('Minute')]
  if (minute === undefined) return null
  return hour === undefined
    ? { kind: 'hourly', minute: Number(minute) }
    : { kind: 'daily', hour: Number(hour), minute: Number(minute) }
}
