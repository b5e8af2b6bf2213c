/**
 * Jobs as a line in the person's crontab: crontab(5). cron forgets what it missed, so that the job comes by every hour
 * and finds out by itself what is due. One line a vault, known again by the comment at its end; every other line stays
 * as it is.
 */
import { fail } from '@cairn/core/errors.js'
import type { Job, When } from './job.js'
import type { Installed, SchedulePorts, Scheduler } from './scheduler.js'

export function cron(ports: SchedulePorts): Scheduler {
  const read = () => readTable(ports)
  const write = async (lines: readonly string[]) => {
    const { code } = await ports.run(['crontab', '-'], lines.map((line) => `${line}\n`).join(''))
    if (code !== 0) fail('schedule-refused', { program: 'crontab' })
  }
  return {
    name: 'cron',
    usable: async () => (await ports.run(['crontab', '-l'])).code !== 'absent',
    render: (job) => [{ path: 'crontab', text: `${renderLine(job)}\n` }],
    install: async (job) => write([...others(await read(), job.id), renderLine(job)]),
    read: async (id) => {
      const line = (await read()).find((each) => each.endsWith(markOf(id)))
      return line === undefined ? null : { ...parseLine(line), active: await isRunning(ports) }
    },
    remove: async (id) => {
      const lines = await read()
      const rest = others(lines, id)
      if (rest.length === lines.length) return false
      await write(rest)
      return true
    },
  }
}

/** Debian's cron refuses a command that is longer. */
const MAX_COMMAND_CHARACTERS = 998

const markOf = (id: string) => ` # cairn-${id}`

function others(lines: readonly string[], id: string): readonly string[] {
  return lines.filter((line) => !line.endsWith(markOf(id)))
}

/** "No crontab" is the only failure that means an empty table: taking another for it would write over the lines of others. */
async function readTable({ run }: SchedulePorts): Promise<readonly string[]> {
  const { code, output, said } = await run(['crontab', '-l'])
  if (code === 0) return output === '' ? [] : output.replace(/\n$/, '').split('\n')
  return /no crontab for/i.test(said) ? [] : fail('schedule-refused', { program: 'crontab' })
}

/**
 * The shell sets the priority of its disk accesses where it can, and becomes the command with the lowest priority.
 * Errors go where cron sends what a job writes; the rest is of no use to anybody.
 */
export function renderLine({ id, when, command, env }: Job): string {
  const words = [...command, ...Object.entries(env).flat()]
  if (words.some((word) => /[\n\r\0]/.test(word))) return fail('schedule-path')
  const time = when.kind === 'hourly' ? `${when.minute} *` : `${when.minute} ${when.hour}`
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellQuote(value)}`)
  const run = [...variables, 'nice', '-n', '19', ...command.map(shellQuote)].join(' ')
  const line = `ionice -c 3 -p $$ >/dev/null 2>&1; ${run} >/dev/null${markOf(id)}`
  if (line.length > MAX_COMMAND_CHARACTERS) return fail('schedule-path')
  // crontab(5): "Percent-signs (%) in the command, unless escaped with backslash (\), will be changed into newline"
  return `${time} * * * ${line.replaceAll('%', '\\%')}`
}

function shellQuote(word: string): string {
  return /^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function parseLine(line: string): Omit<Installed, 'active'> {
  const [minute, hour] = line.split(' ')
  const run = / nice -n 19 (.*) >\/dev\/null # cairn-\w+$/.exec(line)?.[1]
  return {
    where: 'crontab',
    when: parseWhen(minute, hour),
    command: run === undefined ? null : shellWords(run.replaceAll('\\%', '%')),
    next: null,
    last: null,
  }
}

function parseWhen(minute = '', hour = ''): When | null {
  if (!/^\d{1,2}$/.test(minute) || !/^(?:\*|\d{1,2})$/.test(hour)) return null
  return hour === '*'
    ? { kind: 'hourly', minute: Number(minute) }
    : { kind: 'daily', hour: Number(hour), minute: Number(minute) }
}

/** Of what `shellQuote` wrote. */
function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\(')/g,
      (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
    ),
  )
}

/** Null where nobody can tell: macOS starts cron when there is a table. */
async function isRunning({ run, platform }: SchedulePorts): Promise<boolean | null> {
  if (platform !== 'linux') return null
  const { code } = await run(['pgrep', '-x', 'cron|crond'])
  return code === 'absent' ? null : code === 0
}
