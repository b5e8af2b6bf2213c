/**
 * `cairn schedule status`: what the system really has, asked of the system itself. What was once written is of no
 * interest when a timer was stopped since, or the program that it runs moved away.
 */
import { access } from 'node:fs/promises'
import { EXIT_CODES } from '@cairn/core/errors.js'
import { openDevice } from '@cairn/node/machine/device.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { nextRuns } from '@cairn/node/schedule/job.js'
import { realSchedulePorts } from '@cairn/node/schedule/real.js'
import { type Has, readJobs } from '@cairn/node/schedule/schedulers.js'
import type { Context } from '../../context.js'
import { jobId, sayWhen } from '../../job.js'
import type { Outcome } from '../../outcome.js'
import { ago, bad, columns, good, moment, safe, warn } from '../../output.js'

type Problem = 'inactive' | 'changed' | 'program-gone' | 'failed'

interface Looked extends Omit<Has, 'next'> {
  readonly next: Date | null
  readonly problems: readonly Problem[]
}

export async function run(context: Context): Promise<Outcome> {
  const device = await openDevice({ home: context.home, vault: context.vault ?? undefined }, ports.disk)
  const jobs: Looked[] = []
  for (const has of await readJobs(realSchedulePorts(), jobId(device))) jobs.push(await look(has))
  const isWell = jobs.every(({ problems }) => problems.length === 0)
  return {
    json: { installed: jobs.length > 0, jobs },
    text: jobs.length === 0 ? 'No system runs anything of this vault.' : jobs.map(say).join('\n\n'),
    next: jobs.length === 0 || !isWell ? ['Next: cairn schedule install'] : [],
    exit: jobs.length === 0 ? EXIT_CODES.absent : isWell ? 0 : EXIT_CODES.attention,
  }
}

async function look(has: Has): Promise<Looked> {
  const { when, command, active, last } = has
  const problems: Problem[] = []
  if (active === false) problems.push('inactive')
  if (when === null || command === null) problems.push('changed')
  if (command && !(await areThere(command.slice(0, 2)))) problems.push('program-gone')
  if (last?.exit) problems.push('failed')
  const expected = when && active !== false ? (nextRuns(when, ports.now(), 1)[0] ?? null) : null
  return { ...has, next: has.next ?? expected, problems }
}

async function areThere(paths: readonly string[]): Promise<boolean> {
  const looked = paths.map((path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(looked)).every(Boolean)
}

const PROBLEMS: Readonly<Record<Problem, string>> = {
  inactive: 'the system does not run it',
  changed: 'it is not as Cairn installed it',
  'program-gone': 'the program that it runs is not there any more',
  failed: 'its last run ended with an error',
}

function say({ with: system, where, when, next, last, problems }: Looked): string {
  const rows = [
    ['system', system],
    ['kept in', safe(where)],
    ['runs', when ? sayWhen(when) : warn('unknown')],
    ['next', next ? moment(next) : 'the system does not tell'],
    ['last', last ? sayLast(last) : 'the system does not tell'],
    [
      'state',
      problems.length === 0 ? good('well') : bad(problems.map((problem) => PROBLEMS[problem]).join('; ')),
    ],
  ]
  return columns(rows)
}

function sayLast({ time, exit }: NonNullable<Has['last']>): string {
  return [time ? ago(time, ports.now()) : '', exit === null ? '' : `exit code ${exit}`]
    .filter(Boolean)
    .join(', ')
}
